"""What a world says of X: who reported what, what X said and did, and by what of it X's record is withheld.

Each two lives of a family make a pair: they begin alike, and in both nobody but X may see X's record when it is looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from app.core.database import Base
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.estimate import Condition, gate
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.credibility.queries.shown import today_of
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.services.deciding import Decide, decide
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.credibility.store import put_part
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.services.reporting import GiveReport, give_report
from app.plugins.referrals.store_reports import add_report
from tests.support.secret_house import (
    AGES,
    FIRST_COUNT,
    MIDWEEK,
    SECOND_COUNT,
    SecretHouse,
    first_day,
)
from tests.support.secret_slips import BEGINS, Slip

COLLEAGUES: Final = 7
OLD, OLDER, LATE, LATEST = (number * COLLEAGUES for number in range(len(AGES)))
"""Where in `Cast.to_x` the slips of each age begin."""
RETURNED: Final = 2
"""So many of the colleagues had a referral of X shortly before: their late reports return a favour."""
SPOKEN_ON: Final = 2
"""Which of `Cast.by_x` X reports on; nobody reports on X's lead there, since both words together open earlier than one."""
ENOUGH: Final = 5
NEVER: Final = 1e12
"""A half-life in which nothing fades."""
EVIDENCE: Final[Any] = Base.metadata.tables["credibility_evidence"]
APPEAL: Final[Any] = Base.metadata.tables["credibility_appeal"]
DECIDER: Final[Any] = Base.metadata.tables["credibility_decider"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One colleague's report on X: on which slip, what, and what it was corrected to, in which week it was given."""

    slip: int
    answer: str
    corrected: str = ""
    is_late: bool = False
    """Given in the second week, by the page's own service."""
    is_confirmed: bool = False
    """As if the customer had confirmed it: a new voice counts whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Everything secret about X in one world. `deeds` are done in the middle of the third week, by the services."""

    why: str
    handled: tuple[Said, ...] = ()
    leads: tuple[Said, ...] = ()
    says: str = "yes"
    deeds: tuple[str, ...] = ()
    attended: int | None = None
    given: int | None = None
    taken_back: tuple[int, ...] = ()
    """Slips to X that were withdrawn, by their place in `Cast.to_x`."""

    @property
    def is_loose(self) -> bool:
        """Whether it differs in what some may see anyway (attendance, slips): compared is credibility alone."""
        return self.attended is not None or self.given is not None or bool(self.taken_back)

    @property
    def may_have_surfaced(self) -> bool:
        """Whether others may have seen X's record before the deed that took it away."""
        return bool(self.deeds) and len(self.handled) >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Worlds that begin alike: X joined so many days before, and says of one colleague what they say in all of them.

    Each two of the lives are a pair that differs in nothing but what is secret about X.
    """

    lives: tuple[Life, ...]
    joined_days: int
    x_says: str
    x_says_late: str


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What a world came to: why X is withheld, and who knows more than others by right."""

    unmet: frozenset[str]
    is_surfaced: bool
    knowing: frozenset[str]
    """Who wrote a report on X, or was asked to decide on one, by the names under which they look."""
    evidence: Sequence[str]
    """One counted report of each kind."""
    appeals: Sequence[str]


def live(house: SecretHouse, family: Family, life: Life, *, all_jobs: bool = False) -> Lived:
    """Live the weeks up to the middle of the third."""
    house.begin()
    _first_week(house, family, life)
    _count_at(house, FIRST_COUNT, all_jobs=all_jobs)
    house.world.clock.advance(timedelta(days=2))
    _second_week(house, family, life)
    _count_at(house, SECOND_COUNT, all_jobs=all_jobs)
    if any(said.is_confirmed for said in life.handled):
        _confirm(house, life)
    house.world.clock.move_to(MIDWEEK)
    for slip in house.origin.cast.spare[:2]:
        _say(house, slip, Report.HANDLING, "no")
    for deed in life.deeds:
        DEEDS[deed](house)
    return _lived(house)


def _first_week(house: SecretHouse, family: Family, life: Life) -> None:
    """Let be there what was said long ago, and counted on the first Monday."""
    cast, group = house.origin.cast, house.group
    with house.doing() as work:
        first_day(work, group, cast.x, (MIDWEEK - timedelta(days=family.joined_days)).date())
        _vary_what_is_no_secret(work, house, life)
        for said in life.handled:
            if not said.is_late:
                _report(work, house, cast.to_x[said.slip], Report.HANDLING, said.answer)
        for said in life.leads:
            _report(work, house, cast.by_x[said.slip], Report.LEAD, said.answer)
        if family.x_says:
            _report(work, house, cast.by_x[SPOKEN_ON], Report.HANDLING, family.x_says)
        if life.says:
            put_part(work.session, group.id, cast.x.id, life.says, BEGINS)
        work.commit()


def _second_week(house: SecretHouse, family: Family, life: Life) -> None:
    """Let some report on their pages, or put right what they said."""
    cast = house.origin.cast
    _say(house, cast.spare[2], Report.HANDLING, "yes")
    if family.x_says_late:
        _say(house, cast.by_x[SPOKEN_ON], Report.HANDLING, family.x_says_late)
    for said in life.handled:
        if said.is_late or said.corrected:
            _say(house, cast.to_x[said.slip], Report.HANDLING, said.corrected or said.answer)


def _vary_what_is_no_secret(work: UnitOfWork, house: SecretHouse, life: Life) -> None:
    cast, group = house.origin.cast, house.group
    slip = Base.metadata.tables["referrals_slip"]
    mark = Base.metadata.tables["attendance_mark"]
    if life.attended is not None:
        theirs = (mark.c.group_id == group.id, mark.c.member_id == cast.x.id, mark.c.status.is_not(None))
        meetings = work.session.scalars(select(mark.c.meeting_id).where(*theirs).order_by(mark.c.meeting_id))
        missed = list(meetings)[life.attended :]
        absent = update(mark).where(*theirs, mark.c.meeting_id.in_(missed)).values(status="A")
        work.session.execute(absent)
    withdrawn = [cast.to_x[number].id for number in life.taken_back]
    if life.given is not None:
        of_x = select(slip.c.id).where(slip.c.group_id == group.id, slip.c.giver_member_id == cast.x.id)
        others = of_x.where(slip.c.id != cast.by_x[SPOKEN_ON].id).order_by(slip.c.id)
        withdrawn += list(work.session.scalars(others))[life.given :]
    work.session.execute(
        update(slip).where(slip.c.group_id == group.id, slip.c.id.in_(withdrawn)).values(state="withdrawn")
    )


def _report(work: UnitOfWork, house: SecretHouse, slip: Slip, report: Report, answer: str) -> None:
    by = slip.giver if report is Report.HANDLING else slip.receiver
    add_report(
        work.session,
        house.group.id,
        slip.id,
        report=report,
        number=1,
        answer=answer,
        by=by.id,
        at=slip.closed_at + timedelta(hours=1),
    )


def _say(house: SecretHouse, slip: Slip, report: Report, answer: str) -> None:
    """Let the side say it now, as on the page."""
    by = slip.giver if report is Report.HANDLING else slip.receiver
    with house.doing(by) as work:
        command = GiveReport(group_id=house.group.id, slip=slip.public_id, member=by.id, answer=answer)
        give_report(work, command)


def _count_at(house: SecretHouse, at: datetime, *, all_jobs: bool) -> None:
    house.world.clock.move_to(at)
    house.run_jobs(all_of_them=all_jobs)


def _confirm(house: SecretHouse, life: Life) -> None:
    """Lift the new voices among the confirmed reports, at their place, as a customer's word does."""
    cast, group = house.origin.cast, house.group
    slips = [cast.to_x[said.slip].id for said in life.handled if said.is_confirmed]
    with house.doing() as work:
        work.session.execute(
            update(EVIDENCE)
            .where(EVIDENCE.c.group_id == group.id, EVIDENCE.c.slip_id.in_(slips), EVIDENCE.c.voice == "new")
            .values(weight=EVIDENCE.c.weight * 2, voice="confirmed")
        )
        constants = constants_in_force(work.session, group.id)
        fold_again(work, group, (Facet.HANDLING, cast.x.id), constants)
        work.commit()


def _says(word: str) -> Callable[[SecretHouse], None]:
    def say(house: SecretHouse) -> None:
        x = house.origin.cast.x
        with house.doing(x) as work:
            say_part(work, house.group, x.id, word)

    return say


def _disagrees(facet: Facet) -> Callable[[SecretHouse], None]:
    """Let X disagree with the first published report of that kind with which they can."""

    def disagree(house: SecretHouse) -> None:
        x, group = house.origin.cast.x, house.group
        with house.doing(x) as work:
            rows = secret.evidence_about(work.session, group.id, (facet, x.id))
            asked = set(
                work.session.scalars(select(APPEAL.c.evidence_id).where(APPEAL.c.group_id == group.id))
            )
            open_to_it = [row for row in rows if row.published_on is not None and row.id not in asked]
            if open_to_it:
                report, why = open_to_it[0].public_id, "I called at once."
                file_appeal(work, FileAppeal(group=group, member=x.id, report=report, reason=why))

    return disagree


def _decided(word: str) -> Callable[[SecretHouse], None]:
    def both_say(house: SecretHouse) -> None:
        group, x = house.group, house.origin.cast.x
        with house.doing() as work:
            appeals = select(APPEAL.c.id, APPEAL.c.public_id).where(
                APPEAL.c.group_id == group.id, APPEAL.c.about_member_id == x.id, APPEAL.c.state == "open"
            )
            first = work.session.execute(appeals.order_by(APPEAL.c.id)).first()
            if first is None:
                return
            asked = select(DECIDER.c.member_id).where(
                DECIDER.c.group_id == group.id, DECIDER.c.appeal_id == first.id
            )
            members = list(work.session.scalars(asked))
        for member in members:
            with house.doing() as work:
                decide(
                    work,
                    Decide(
                        group=group, member=member, appeal=first.public_id, says=word, reason="As I read it."
                    ),
                )

    return both_say


def _correct(house: SecretHouse) -> None:
    """Let the colleague whose report came first say something else now."""
    cast = house.origin.cast
    with house.doing() as work:
        rows = secret.evidence_about(work.session, house.group.id, (Facet.HANDLING, cast.x.id))
    if rows:
        slip = next(one for one in cast.to_x if one.id == rows[0].slip_id)
        _say(house, slip, Report.HANDLING, "yes" if rows[0].worth == 0.0 else "no")


def _one_more(house: SecretHouse) -> None:
    """Let one colleague report who has not yet."""
    _say(house, house.origin.cast.to_x[LATE + 3], Report.HANDLING, "not-sure")


DEEDS: Final[Mapping[str, Callable[[SecretHouse], None]]] = {
    "says no": _says("no"),
    "objects": _says("object"),
    "disagrees": _disagrees(Facet.HANDLING),
    "disagrees on a lead": _disagrees(Facet.LEAD),
    "is found right": _decided("uphold"),
    "is not found right": _decided("keep"),
    "is corrected": _correct,
    "is reported on": _one_more,
}


def _lived(house: SecretHouse) -> Lived:
    """Look whether X has surfaced: the gate over the rows as they stand, whatever pages say; the product's own arithmetic, which other tests check."""
    cast, group = house.origin.cast, house.group
    report = Base.metadata.tables["referrals_report"]
    slips = [one.id for one in (*cast.to_x, *cast.by_x)]
    with house.doing() as work:
        constants, t = constants_in_force(work.session, group.id), today_of(work.now, group)
        about = secret.evidence_about(work.session, group.id, (Facet.HANDLING, cast.x.id))
        on_leads = secret.evidence_about(work.session, group.id, (Facet.LEAD, cast.x.id))
        rows = [row for row in about if row.published_on is not None and not row.is_frozen]
        standing = rebuilt((row.row for row in rows), constants).standing
        measures = gate(standing, facts_of(work, group).history(cast.x.id, t), t, constants)
        unmet = {measure.condition.value for measure in measures if not measure.is_met}
        unfaded = replace(constants, half_life=NEVER)
        once = rebuilt((row.row for row in rows), unfaded).standing
        if Condition.EVIDENCE in unmet and once.good + once.bad >= constants.min_evidence:
            unmet.add("faded")
        says = parts(work.session, group.id).get(cast.x.id, "")
        authors = work.session.scalars(
            select(report.c.by_member_id).where(report.c.group_id == group.id, report.c.slip_id.in_(slips))
        )
        of_x = select(APPEAL.c.id).where(APPEAL.c.group_id == group.id, APPEAL.c.about_member_id == cast.x.id)
        deciders = work.session.scalars(
            select(DECIDER.c.member_id).where(DECIDER.c.group_id == group.id, DECIDER.c.appeal_id.in_(of_x))
        )
        knowing = {*authors, *deciders}
        appeals = work.session.scalars(
            select(APPEAL.c.public_id).where(
                APPEAL.c.group_id == group.id, APPEAL.c.about_member_id == cast.x.id
            )
        )
        return Lived(
            unmet=frozenset(unmet if says == "yes" else {*unmet, says or "not asked"}),
            is_surfaced=not unmet and says == "yes",
            knowing=frozenset(name for name, one in cast.lookers.items() if one.id in knowing),
            evidence=[row.public_id for row in (*about[:1], *on_leads[:1])],
            appeals=list(appeals),
        )

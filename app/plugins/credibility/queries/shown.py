"""What may be shown of a member: `Surfaced` or `Withheld`, and nothing in between. Pages ask here and nowhere else.

`Withheld` holds nothing at all, whatever the reason, so that no template can tell one blank from another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.estimate import Estimate, History, Measure, estimate_on, gate, surfaced_on
from app.plugins.credibility.domain.reports import Facet, Handed, constants_for, day_of, was_soon
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.sheet import Sheet, month_on, sheet_of
from app.plugins.credibility.domain.standing import Pair, Standing, rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.queries.facts import LATELY_DAYS, Facts, Gives, facts_of
from app.plugins.credibility.queries.secret import NOTHING_KNOWN, Evidence, Known

TAKES_PART: Final = "yes"
FEWEST: Final = 5
"""Below so many surfaced records nothing is said of them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surfaced:
    """What members of the group see: how many reported on how many referrals, how many were called soon, the estimate, its week.

    Called soon are those of the `calls_known`, whose slips tell when contact was made: slips from a file do not.

    Apart from it and never mixed in: how many they gave lately, and the same estimate of their leads where it is open.
    """

    colleagues: int
    referrals: int
    called_soon: int
    calls_known: int
    estimate: Estimate
    week: date
    gives: Gives
    leads: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Nothing to see: not enough yet, faded, frozen, opted out, objected or no member any more are one and the same."""


Shown = Surfaced | Withheld
WITHHELD: Final = Withheld()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """One colleague's voice as it enters the sums today, without a name."""

    pair: Pair
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLeads:
    """What was reported on one's leads, by month: the rows, the same gate counted on them, and what they come to.

    A report that is frozen while a disagreement runs is among the rows and in no sum.
    """

    rows: Sequence[Evidence]
    gate: Sequence[Measure]
    estimate: Estimate

    @property
    def is_open(self) -> bool:
        """Whether colleagues read the estimate of leads beside a record that they see."""
        return all(measure.is_met for measure in self.gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Everything about oneself: what was said of taking part, the gate, the published reports, the voices and the estimate.

    A report that is frozen while a disagreement runs is among `rows` and in no sum. `rows` stand by month, in no order that would tell
    more; `voices` are exact, `sheet` says no more than the months do. `off` names the plugins that are switched off, without which
    a part of the gate cannot be known.
    """

    says: str
    gate: Sequence[Measure]
    rows: Sequence[Evidence]
    voices: Sequence[VoiceLine]
    sheet: Sheet
    estimate: Estimate
    constants: Constants
    since: date | None
    leads: OwnLeads
    off: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Whether all six conditions of the gate are met."""
        return all(measure.is_met for measure in self.gate)


def shown_of(work: UnitOfWork, group: Group, member_id: MemberId) -> Shown:
    """Return what colleagues may see of the member's handling of referrals; about eight statements."""
    return shown_of_all(work, group, [member_id]).get(member_id, WITHHELD)


def shown_of_all(
    work: UnitOfWork, group: Group, members: Collection[MemberId]
) -> Mapping[MemberId, Surfaced]:
    """Return the records of these members that have surfaced; as many statements for one member as for all.

    Who is withheld is not in it, and nothing of them is asked for beyond what decides it.
    """
    constants, facts = constants_in_force(work.session, group.id), facts_of(work, group)
    take_part = {one for one, says in parts(work.session, group.id).items() if says == TAKES_PART}
    asked = take_part.intersection(members, facts.here)
    known = secret.standings(work.session, group.id)
    t = today_of(work.now, group)
    open_to_all: dict[MemberId, tuple[Estimate, date]] = {}
    for member in asked:
        standing = known.get((Facet.HANDLING, member), NOTHING_KNOWN)
        estimate = surfaced_on(standing.shown, facts.history(member, t), t, constants)
        if estimate is not None and standing.shown_on is not None:
            open_to_all[member] = estimate, standing.shown_on
    rows: defaultdict[MemberId, list[Evidence]] = defaultdict(list)
    for row in _published(
        secret.evidence_about_all(work.session, group.id, Facet.HANDLING, sorted(open_to_all))
    ):
        rows[row.about_member_id].append(row)
    return {
        member: Surfaced(
            colleagues=len({row.by_member_id for row in rows[member]}),
            referrals=len(rows[member]),
            called_soon=sum(was_soon(one) for one in _handed(facts, rows[member])),
            calls_known=len(_handed(facts, rows[member])),
            estimate=estimate,
            week=week,
            gives=facts.gives(member, since=t - LATELY_DAYS),
            leads=_leads(known.get((Facet.LEAD, member), NOTHING_KNOWN), facts, member, t, constants),
        )
        for member, (estimate, week) in open_to_all.items()
    }


def own_of(work: UnitOfWork, group: Group, member_id: MemberId) -> Own:
    """Return everything about oneself, in the same weekly batches in which others see it."""
    constants, facts = constants_in_force(work.session, group.id), facts_of(work, group)
    known = secret.known_of(work.session, group.id, member_id)
    handling = known.get(Facet.HANDLING, NOTHING_KNOWN)
    t = today_of(work.now, group)
    every = secret.evidence_about(work.session, group.id, (Facet.HANDLING, member_id))
    rows = _published(every)
    history = facts.history(member_id, t)
    return Own(
        says=parts(work.session, group.id).get(member_id, ""),
        gate=gate(handling.shown, history, t, constants),
        rows=_by_month(row for row in every if row.published_on is not None),
        voices=_voices(rows, t, constants),
        sheet=sheet_of([row.row for row in _by_month(rows)], local_day(work.now, group.zone), constants),
        estimate=estimate_on(handling.shown, t, constants),
        constants=constants,
        since=handling.shown_on,
        leads=_own_leads(
            secret.evidence_about(work.session, group.id, (Facet.LEAD, member_id)),
            known.get(Facet.LEAD, NOTHING_KNOWN).shown,
            history,
            t,
            constants_for(Facet.LEAD, constants),
        ),
        off=facts.off,
    )


def today_of(now: datetime, group: Group) -> float:
    """Return the beginning of the group's day, as days since 1970: values stand still for a day."""
    return day_of(instant_of(local_day(now, group.zone), datetime.min.time(), group.zone))


def _leads(
    known: Known, facts: Facts, member_id: MemberId, t: float, constants: Constants
) -> Estimate | None:
    """Return the estimate of one's leads, under the same gate, or None."""
    return surfaced_on(known.shown, facts.history(member_id, t), t, constants_for(Facet.LEAD, constants))


def _own_leads(
    rows: Sequence[Evidence], shown: Standing, history: History, t: float, constants: Constants
) -> OwnLeads:
    return OwnLeads(
        rows=_by_month(row for row in rows if row.published_on is not None),
        gate=gate(shown, history, t, constants),
        estimate=estimate_on(shown, t, constants),
    )


def _published(rows: Sequence[Evidence]) -> Sequence[Evidence]:
    return [row for row in rows if row.published_on is not None and not row.is_frozen]


def _by_month(rows: Iterable[Evidence]) -> Sequence[Evidence]:
    """Return the rows by month, and within one by what was drawn by chance: the order of counting would tell days."""
    return sorted(rows, key=lambda row: (month_on(row.day), row.public_id))


def _voices(rows: Sequence[Evidence], t: float, constants: Constants) -> Sequence[VoiceLine]:
    """Return each voice faded to day `t`. Its share is that of its latest report: since then it fades as one."""
    record = rebuilt((row.row for row in rows), constants)
    return [
        VoiceLine(pair=pair.on(t, constants), share=min(pair.n, constants.cap) / pair.n)
        for pair in record.pairs.values()
        if pair.n
    ]


def _handed(facts: Facts, rows: Sequence[Evidence]) -> list[Handed]:
    """Return the slips behind these reports that tell when contact was made."""
    found = [facts.handed(row.slip_id) for row in rows]
    return [one for one in found if one is not None and not one.is_historic]

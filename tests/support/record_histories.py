"""Random histories of a group through the services of the house, written into the book at the same time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import appeals_of
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import Surfaced, shown_of_all
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.deciding import Decide, decide
from app.plugins.credibility.services.rebuilding import rebuild_by_steps
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.records import Recorded
from tests.support.slips import acting, passed_slip, reading, slip_of, take
from tests.support.weekly_records import Book, Gate, Key, Slip
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
GATE = Gate(tenure=91, given=1, outcomes=2, independent=1, evidence=0.4321)
"""Low enough for a few weeks; meetings attended are another plugin's and tried elsewhere."""
LOW_GATE = Constants(min_attended=0, min_given=1, min_outcomes=2, min_independent=1, min_evidence=0.4321)
MEMBERS = 6
LIKELY = (0, 0, 1, 1, 2, 2, 3, 4, 5)
"""Some members give and receive more than others, so that voices grow and are cut to one."""
OPENING = 5
"""A history begins with so many reports: enough for somebody to surface soon."""
ANSWERS = {"handling": ("yes", "yes", "yes", "not-sure", "no"), "lead": ("yes", "yes", "partly", "no")}


@dataclass(kw_only=True)
class History:
    """A group of six, what happens in it by chance, and the book."""

    world: World
    name: str
    chance: Random
    surfaced: int = 0
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        group = self.world.group(self.name, plugins=PLUGINS)
        self.told = Recorded(world=self.world, group=group)
        today = local_day(self.world.now, group.zone)
        # Two of the six settle in only while the history runs.
        joined = [today - timedelta(days=days) for days in (400, 300, 200, 120, 70, 40)]
        self.members = [self._joined(day) for day in joined]
        self.book = Book(gate=GATE, zone=group.zone, joined=dict(enumerate(joined)))
        self.slips: dict[int, str] = {}
        self.appeals: list[tuple[int, str, Key]] = []
        self.disputes: defaultdict[int, list[datetime]] = defaultdict(list)
        for number in range(MEMBERS - 1):
            self._say(number, "yes")

    def _joined(self, day: date) -> MemberLine:
        return self.world.member(self.told.group, joined=day)

    def live(self, steps: int) -> None:
        """Let so many things happen, and compare what is shown after each."""
        acts: list[Callable[[], None]] = [
            *(self.report,) * 6,
            *(self.week,) * 4,
            *(self.correct,) * 2,
            *(self.disagree,) * 2,
            *(self.decide,) * 2,
            self.take_part,
            self.pause,
        ]
        for number in range(steps):
            act = self.report if number < OPENING else self.chance.choice(acts)
            act()
            self.done.append(act.__name__)
            self.compare()

    def compare(self) -> None:
        """Fail where the product shows another value than the book, or where one shows and the other does not."""
        with reading(self.world):
            found = dict(self._found())
        book = {number: self.book.shown(number, self.world.now) for number in range(MEMBERS)}
        self.surfaced += sum(map(bool, book.values()))
        for number in range(MEMBERS):
            ours, theirs = found[number], book[number]
            assert ours.keys() == theirs.keys(), (number, ours, theirs, self.done)
            off = max((abs(ours[facet] - theirs[facet]) for facet in ours), default=0.0)
            assert off <= 1e-12, (number, ours, theirs, self.done)

    def rebuilt_is_the_same(self) -> None:
        """Fail unless a rebuild finds every record as the weekly steps left it, to the bit."""
        with acting(self.world) as work:
            steps = list(rebuild_by_steps(work, self.told.group))
        assert [step.mended for step in steps] == [()] * len(steps), self.done
        assert sum(step.records for step in steps) > 0 or not self.book.rows, self.done

    def report(self) -> None:
        """Pass a slip and close it; both sides report, or one alone, soon or late."""
        giver = receiver = self.chance.choice(LIKELY)
        while giver == receiver:
            giver = self.chance.choice(LIKELY)
        given_at = self.world.now
        slip = passed_slip(self.world, self.told.group, self.members[giver], self.members[receiver])
        self.world.pass_time(days=self.chance.choice((1, 3, 6, 9)), minutes=self.chance.randrange(600))
        take(
            self.world,
            self.told.group,
            slip,
            self.members[receiver],
            Act.CLOSE,
            result=SlipState.WON,
        )
        self.book.slips[slip] = Slip(
            giver=giver, receiver=receiver, given_at=given_at, closed_at=self.world.now, strength=3 / 5
        )
        view = slip_of(self.world, self.told.group, slip, self.members[giver])
        self.slips[view.id] = slip
        for facet in self.chance.choice(
            (("handling", "lead"), ("handling", "lead"), ("handling",), ("lead",))
        ):
            self.world.pass_time(hours=self.chance.choice((1, 30)))
            self._answer((facet, slip), self.chance.choice(ANSWERS[facet]))

    def correct(self) -> None:
        """Let somebody say something else of a slip they reported on."""
        if self.book.said:
            key = self.chance.choice(list(self.book.said))
            other = [one for one in ANSWERS[key[0]] if one != self.book.said[key][-1][0]]
            self.world.pass_time(hours=1)
            self._answer(key, self.chance.choice(other))

    def week(self) -> None:
        """Go on to the next weekly day and count."""
        self.told.count()
        self.book.count(self.world.now)

    def pause(self) -> None:
        """Let months pass, rarely years; the week after them is counted."""
        self.world.pass_time(days=self.chance.choice((60, 60, 100, 5 * 365 - 30)))
        self.week()

    def take_part(self) -> None:
        """Let somebody say whether they take part."""
        self._say(self.chance.randrange(MEMBERS), self.chance.choice(("yes", "yes", "no", "object")))

    def disagree(self) -> None:
        """Let somebody disagree with a report on their handling that appeared lately."""
        today = local_day(self.world.now, self.told.group.zone)
        lately = [row for row in self._evidence() if self._may_disagree(row, today)]
        if not lately:
            return
        row = self.chance.choice(lately)
        member, key = self._number(row.about_member_id), self._key(row)
        with acting(self.world, self.members[member]) as work:
            public_id = file_appeal(
                work,
                FileAppeal(
                    group=self.told.group,
                    member=row.about_member_id,
                    report=row.public_id,
                    reason="I called on the same day.",
                ),
            )
        kept = self.book.row(key)
        if kept is None:
            raise LookupError(f"The book has no report {key}.")
        now = self.world.now
        kept.is_frozen = all(now - one >= timedelta(days=180) for one in self.disputes[member])
        self.disputes[member].append(now)
        self.book.disputed.add(key)
        self.appeals.append((member, public_id, key))
        self.world.pass_time(hours=3)

    def decide(self) -> None:
        """Let both who were asked decide on the oldest disagreement, alike."""
        if not self.appeals:
            return
        member, public_id, key = self.appeals.pop(0)
        self.book.disputed.discard(key)
        with reading(self.world) as session:
            of_member = appeals_of(session, self.told.group.id, self.members[member].id)
            appeal = next(one for one in of_member if one.public_id == public_id)
        if not appeal.is_open:
            return  # the report was corrected or taken away meanwhile
        says = self.chance.choice(("uphold", "keep"))
        for decider in appeal.deciders:
            with acting(self.world) as work:
                decide(
                    work,
                    Decide(
                        group=self.told.group,
                        member=decider.member_id,
                        appeal=public_id,
                        says=says,
                        reason="As both told it.",
                    ),
                )
        row = self.book.row(key)
        if says == "uphold" and row is not None:
            self.book.rows.remove(row)
            self.book.void[key] = row.number

    def _answer(self, key: Key, answer: str) -> None:
        slip = self.book.slips[key[1]]
        who = slip.giver if key[0] == "handling" else slip.receiver
        self.told.says(self.members[who], key[1], answer)
        self.book.said[key].append((answer, self.world.now))

    def _say(self, number: int, word: str) -> None:
        member = self.members[number]
        with acting(self.world, member) as work:
            say_part(work, self.told.group, member.id, word)
        self.book.says(number, word)

    def _found(self) -> Iterator[tuple[int, dict[str, float]]]:
        work = self.world.work()
        found = shown_of_all(work, self.told.group, [member.id for member in self.members])
        work.rollback()
        for number, member in enumerate(self.members):
            yield number, _values(found.get(member.id))

    def _evidence(self) -> list[Evidence]:
        with reading(self.world) as session:
            return list(secret.all_evidence(session, self.told.group.id))

    def _may_disagree(self, row: Evidence, today: date) -> bool:
        published = row.published_on
        is_new = self._key(row) not in {key for _member, _appeal, key in self.appeals}
        return (
            row.facet is Facet.HANDLING
            and published is not None
            and (today - published).days <= 30
            and is_new
            and row.id not in self._appealed(row.about_member_id)
        )

    def _appealed(self, member: MemberId) -> set[int]:
        with reading(self.world) as session:
            return {one.evidence_id for one in appeals_of(session, self.told.group.id, member)}

    def _number(self, member: MemberId) -> int:
        return next(number for number, one in enumerate(self.members) if one.id == member)

    def _key(self, row: Evidence) -> Key:
        return row.facet.value, self.slips[row.slip_id]


def _values(shown: Surfaced | None) -> dict[str, float]:
    if shown is None:
        return {}
    return {"handling": shown.estimate.p} | ({} if shown.leads is None else {"lead": shown.leads.p})

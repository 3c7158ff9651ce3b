"""A group with past weeks on record, written straight into the tables: for tests of rules on real meetings."""

from datetime import date, timedelta

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MeetingId
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.rule_set import RuleSet
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.services.rule_sets import ChangeRules, change_rules
from app.plugins.attendance.store import NewMark, fill_blanks, save_record
from tests.support.world import World

LAST_WEEK = date(2026, 11, 17)
TODAY = date(2026, 11, 24)


class RuleWeeks:
    """A group with a president, somebody of the membership committee, two members, and weekly letters."""

    def __init__(self, world: World, slug: str = "harbour") -> None:
        self.world = world
        self.group: Group = world.group(slug)
        self.leader: MemberLine = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.committee: MemberLine = world.member(
            self.group, "Rui Mota", offices=[Office.MEMBERSHIP_COMMITTEE]
        )
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.ben: MemberLine = world.member(self.group, "Ben Okoro")

    def weeks(self, letters: dict[str, str], *, last: date = LAST_WEEK) -> list[Meeting]:
        """Put submitted weeks on record, the last of them on `last`: `{"Ana Sousa": "P A L", …}`."""
        rows = {name: said.split() for name, said in letters.items()}
        count = max(len(said) for said in rows.values())
        meetings = [
            self.world.meeting(self.group, last - timedelta(weeks=count - 1 - number))
            for number in range(count)
        ]
        work = self.world.work()
        marks = [
            self._mark(meetings[number], name, letter)
            for name, said in rows.items()
            for number, letter in enumerate(said)
            if letter != "-"
        ]
        fill_blanks(work.session, marks)
        for meeting in meetings:
            save_record(
                work.session,
                group_id=self.group.id,
                meeting_id=MeetingId(meeting.id),
                seen=Record(),
                record=Record().submitted(),
                submitted_at=self.world.now,
                submitted_by=None,
            )
        work.commit()
        return meetings

    def rule(self, rules: RuleSet, *, on: date = TODAY, seen: int = 1, fresh_start: bool = False) -> int:
        """Let the leader put rules in force."""
        command = ChangeRules(
            group_id=self.group.id, rules=rules, effective_on=on, seen_version=seen, fresh_start=fresh_start
        )
        work = self.world.work(self.leader)
        try:
            return change_rules(work, command, today=TODAY)
        finally:
            work.rollback()

    def member(self, name: str) -> MemberLine:
        """Return the member of that name."""
        everybody = (self.leader, self.committee, self.ana, self.ben)
        return next(one for one in everybody if one.name == name)

    def _mark(self, meeting: Meeting, name: str, letter: str) -> NewMark:
        return NewMark(
            group_id=self.group.id,
            meeting_id=MeetingId(meeting.id),
            member_id=self.member(name).id,
            status=Status(letter),
            origin=Origin.IMPORT,
            updated_at_utc=self.world.now,
        )

"""What people take along, leave behind and bring together, on both engines: their file, their word, their say in decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

import pytest

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.ledger.queries import entries_of
from app.core.local_time import instant_of, local_day
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.interface import AppealEnded
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeals_of
from app.plugins.credibility.queries.choices import parts
from app.plugins.credibility.queries.looks import looks_at
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.deciding import Decide, decide, look_after
from app.plugins.credibility.services.forgetting import forget_evidence
from app.plugins.credibility.services.looking import look_at
from app.plugins.credibility.services.taking_part import say_part
from tests.support.people_data import codes, exported, leaves, merged
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")


@dataclass(frozen=True, kw_only=True)
class House(Recorded):
    """A group with two published reports on Ana, by Rui (no) and Eva (yes); one other leads, one has an office."""

    ana: MemberLine
    rui: MemberLine
    eva: MemberLine
    leaders: Sequence[MemberLine]

    def rows(self, member: MemberLine | None = None) -> list[Evidence]:
        with reading(self.world) as session:
            whose = Facet.HANDLING, (member or self.ana).id
            return list(secret.evidence_about(session, self.group.id, whose))

    def bad(self) -> Evidence:
        return next(row for row in self.rows() if row.worth == 0.0)

    def disagree(self, row: Evidence) -> str:
        with acting(self.world, self.ana) as work:
            reason = "I called."
            return file_appeal(
                work, FileAppeal(group=self.group, member=self.ana.id, report=row.public_id, reason=reason)
            )

    def refused(self, row: Evidence) -> set[str]:
        with pytest.raises(Refused) as refused:
            self.disagree(row)
        return codes(refused)

    def decide(self, member: MemberLine, says: str, reason: str = "As it is.") -> None:
        with acting(self.world, member) as work:
            found = self.appeal().public_id
            decide(work, Decide(group=self.group, member=member.id, appeal=found, says=says, reason=reason))

    def appeal(self) -> Appeal:
        with reading(self.world) as session:
            return appeals_of(session, self.group.id, self.ana.id)[-1]

    def asked(self) -> set[int]:
        return {one.member_id for one in self.appeal().deciders}

    def say(self, member: MemberLine, *words: str) -> None:
        for word in words:
            with acting(self.world, member) as work:
                say_part(work, self.group, member.id, word)

    def away_and_back(self, member: MemberLine, offices: Sequence[Office] = ()) -> MemberLine:
        """Let the member leave and come back under a second record."""
        leaves(self.world, self.group, member, local_day(self.world.now, self.group.zone))
        self.world.pass_time(days=2)
        today = local_day(self.world.now, self.group.zone)
        return self.world.member(self.group, member.name, joined=today, offices=offices)

    def file_of(self, member: MemberLine) -> Mapping[str, Sequence[Mapping[str, object]]]:
        stores = exported(self.world, member)[self.group.slug].stores
        return {one.name: one.rows for one in stores if one.name.startswith("credibility_")}

    def look_after(self) -> None:
        with acting(self.world) as work:
            look_after(work, self.group)
            work.commit()


@pytest.fixture
def house(world: World) -> Iterator[House]:
    group = world.group(plugins=PLUGINS)
    offices = (Office.VICE_PRESIDENT, Office.VISITOR_HOST)
    leaders = [world.member(group, f"Leader {office.value}", offices=[office]) for office in offices]
    ana, rui, eva = (world.member(group, name) for name in ("Ana Sousa", "Rui Almeida", "Eva Costa"))
    house = House(world=world, group=group, ana=ana, rui=rui, eva=eva, leaders=leaders)
    house.handled(rui, ana, "no")
    house.handled(eva, ana, "yes")
    house.count()
    with world.app.app_context():  # addresses in mails
        yield house


def test_own_file_names_no_decider_and_has_their_reasons_at_the_end_alone(house: House) -> None:
    house.disagree(house.bad())
    house.decide(house.leaders[0], "keep", "She never called.")
    while_open = house.file_of(house.ana)
    assert set(while_open) == {"credibility_appeal"}
    house.decide(house.leaders[1], "keep", "Nor wrote.")
    at_the_end = house.file_of(house.ana)
    assert [(row["says"], row["reason"]) for row in at_the_end["credibility_decisions"]] == [
        ("keep", "She never called."),
        ("keep", "Nor wrote."),
    ]
    for told in (while_open, at_the_end):
        assert not [leader for leader in house.leaders if leader.name in str(told)]
    assert [row["reason"] for row in house.file_of(house.leaders[0])["credibility_decider"]] == [
        "She never called."
    ]


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ("object", "yes", "object"),
        ("no", "yes", "no"),
        ("yes", "object", "object"),
        ("object", "no", "object"),
        ("object", "", "object"),
        ("", "yes", "yes"),
    ],
)
@pytest.mark.parametrize("is_later_kept", [True, False])
def test_stricter_word_of_two_records_stands_and_takes_the_record_along(
    house: House, before: str, after: str, stands: str, *, is_later_kept: bool
) -> None:
    house.say(house.ana, *filter(None, [before]))
    again = house.away_and_back(house.ana)
    house.say(again, *filter(None, [after]))
    kept, gone = (again, house.ana) if is_later_kept else (house.ana, again)
    merged(house.world, kept, gone)
    with reading(house.world) as session:
        assert parts(session, house.group.id) == {kept.id: stands}
    for _now_and_on_monday in range(2):
        assert len(house.rows(kept)) == (2 if stands == "yes" else 0)
        house.count()


def test_report_that_was_disagreed_with_is_not_again_after_a_no_and_a_yes(house: House) -> None:
    house.disagree(house.bad())
    for leader in house.leaders:
        house.decide(leader, "keep")
    house.say(house.ana, "no", "yes")
    house.count()
    assert house.refused(house.bad()) == {"credibility.appealed_before"}
    assert "You disagreed" in house.world.client(house.ana).get("/g/harbour/credibility/").text


def test_days_of_a_report_run_on_where_it_is_published_anew(house: House) -> None:
    first = house.bad().published_on
    house.world.pass_time(days=24)
    house.say(house.ana, "no", "yes")
    house.count()
    again = house.bad().published_on
    assert first is not None
    assert again is not None
    assert again - first >= timedelta(days=28)
    assert house.refused(house.bad()) == {"credibility.too_late"}
    page = house.world.client(house.ana).get("/g/harbour/credibility/").text
    assert f"/reports/{house.bad().public_id}/disagree" not in page


def test_report_that_had_not_appeared_before_a_no_has_all_its_days(house: House) -> None:
    house.say(house.ana, "object")
    house.handled(house.rui, house.ana, "no")
    house.world.pass_time(days=60)
    house.say(house.ana, "yes")
    house.count()
    first, second = (row for row in house.rows() if row.worth == 0.0)
    assert house.refused(first) == {"credibility.too_late"}
    house.disagree(second)


def test_what_went_moot_by_a_no_can_be_said_again_within_its_days(house: House) -> None:
    house.disagree(house.bad())
    house.say(house.ana, "no", "yes")
    house.count()
    house.disagree(house.bad())
    assert house.appeal().state is AppealState.OPEN
    house.decide(house.leaders[0], "keep")
    house.say(house.ana, "no", "yes")
    house.count()
    assert "credibility.appealed_before" in house.refused(house.bad()), "nobody looks for others to decide"


def test_since_when_a_report_had_appeared_is_kept_as_long_as_it_can_be_counted(house: House) -> None:
    published_on = house.bad().published_on
    house.say(house.ana, "no")
    assert published_on is not None
    last = published_on + timedelta(days=5 * 365)
    for day, left in ((last, 2), (last + timedelta(days=1), 0)):
        house.world.clock.move_to(instant_of(day, time(12), house.group.zone))
        with acting(house.world) as work:
            forget_evidence(work, house.group)
            work.commit()
        assert house.world.rows("credibility_appeared") == left


@pytest.mark.parametrize("is_later_kept", [True, False])
@pytest.mark.parametrize("has_decided", [True, False])
def test_who_turns_out_to_be_the_reporter_does_not_decide(
    house: House, *, is_later_kept: bool, has_decided: bool
) -> None:
    again = house.away_and_back(house.rui, offices=[Office.PRESIDENT])
    house.disagree(house.bad())
    assert again.id in house.asked()
    if has_decided:
        house.decide(again, "keep")
    kept, gone = (again, house.rui) if is_later_kept else (house.rui, again)
    merged(house.world, kept, gone)
    assert house.appeal().says == []
    house.look_after()
    assert house.asked() == {one.id for one in house.leaders}
    for leader in house.leaders:
        house.decide(leader, "uphold")
    assert house.appeal().state is AppealState.UPHELD


def test_member_is_told_where_nothing_is_left_to_decide_and_it_is_on_record(house: House) -> None:
    appeal = house.disagree(house.bad())
    house.say(house.ana, "object")
    assert house.appeal().state is AppealState.MOOT
    with reading(house.world) as session:
        ended = [entry for entry, _hash in entries_of(session, house.group.id, (AppealEnded.kind,))]
    assert [entry.facts for entry in ended] == [f'{{"appeal_id":{house.appeal().id}}}']
    page = house.world.client(house.ana).get("/g/harbour/notices").text
    assert "nothing is left to decide" in page
    assert f"/credibility/appeals/{appeal}" in page


def test_looks_at_the_record_that_went_are_days_of_the_one_that_stays(house: House) -> None:
    looked = local_day(house.world.now, house.group.zone)
    with acting(house.world) as work:
        look_at(work, house.group, house.ana.id)
    again = house.away_and_back(house.ana)
    third = house.away_and_back(again)
    merged(house.world, again, house.ana)
    merged(house.world, third, again)
    with reading(house.world) as session:
        assert looks_at(session, house.group, third.id) == [looked]
        assert looks_at(session, house.group, house.eva.id) == []
    assert looked < local_day(house.world.now, house.group.zone) - timedelta(days=3)

"""Disagreeing with a counted report on both engines: frozen, void or back at its place; deciders; erasure and merging."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.local_time import local_day
from app.core.notices.choosing import keep_choices
from app.core.notices.hours import USUAL, ToldBy
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.person_data import merge_people
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Standing
from app.plugins.credibility.models_appeals import AppealRow, DeciderRow
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeals_of
from app.plugins.credibility.queries.secret import Evidence, Known
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.deciding import Decide, decide, forget_old, look_after
from app.plugins.credibility.services.of_a_person import erase_record, merge_records
from app.plugins.credibility.services.rebuilding import rebuild
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")


@dataclass(frozen=True, kw_only=True)
class House(Recorded):
    """A group with two reports on Ana, by Rui (no) and Eva (yes), published; Rui leads, as do two others."""

    ana: MemberLine
    rui: MemberLine
    eva: MemberLine
    leaders: Sequence[MemberLine]

    def rows(self) -> list[Evidence]:
        with reading(self.world) as session:
            return list(secret.evidence_about(session, self.group.id, (Facet.HANDLING, self.ana.id)))

    def known(self, member: MemberLine | None = None) -> Known:
        with reading(self.world) as session:
            found = secret.known_of(session, self.group.id, (member or self.ana).id)
        return found.get(Facet.HANDLING, secret.NOTHING_KNOWN)

    def appeal(self) -> Appeal:
        with reading(self.world) as session:
            return appeals_of(session, self.group.id, self.ana.id)[-1]

    def disagree(self, row: Evidence, *, member: MemberLine | None = None, reason: str = "I called.") -> str:
        who = member or self.ana
        with acting(self.world, who) as work:
            command = FileAppeal(group=self.group, member=who.id, report=row.public_id, reason=reason)
            return file_appeal(work, command)

    def decide(self, member: MemberLine, says: str) -> None:
        with acting(self.world, member) as work:
            found = self.appeal().public_id
            decide(
                work, Decide(group=self.group, member=member.id, appeal=found, says=says, reason="As it is.")
            )

    def notices(self, member: MemberLine) -> set[str]:
        with reading(self.world) as session:
            kinds = select(NoticeRow.kind).where(
                NoticeRow.group_id == self.group.id, NoticeRow.member_id == member.id
            )
            return {kind for kind in session.scalars(kinds) if kind.startswith("credibility.")}

    def mails(self, member: MemberLine) -> list[str]:
        """Return the bodies of the mails about disagreements to the member, in the order in which they were written."""
        with reading(self.world) as session:
            bodies = (
                select(OutgoingMailRow.body)
                .where(
                    OutgoingMailRow.person_id == member.person_id,
                    OutgoingMailRow.kind.startswith("credibility."),
                )
                .order_by(OutgoingMailRow.id)
            )
            return list(session.scalars(bodies))

    def look_after(self) -> int:
        with acting(self.world) as work:
            done = look_after(work, self.group)
            work.commit()
        return done

    def differing(self) -> list[object]:
        with acting(self.world) as work:
            return [one.whose for one in rebuild(work, self.group) if one.differed]


@pytest.fixture
def house(world: World) -> Iterator[House]:
    group = world.group(plugins=PLUGINS)
    rui = world.member(group, "Rui Almeida", offices=[Office.PRESIDENT])
    two = [Office.VICE_PRESIDENT, Office.SECRETARY_TREASURER]
    leaders = [world.member(group, offices=[office]) for office in two]
    ana, eva = world.member(group, "Ana Sousa"), world.member(group, "Eva Costa")
    house = House(world=world, group=group, ana=ana, rui=rui, eva=eva, leaders=leaders)
    house.handled(rui, ana, "no")
    house.handled(eva, ana, "yes")
    house.count()
    with world.app.app_context():  # addresses in mails
        yield house


def test_first_disagreement_freezes_at_once_and_asks_two_who_are_neither_party(house: House) -> None:
    before = house.known()
    bad = next(row for row in house.rows() if row.worth == 0.0)
    house.disagree(bad)
    after = house.known()
    assert before.shown.bad > 0
    assert (after.shown.bad, after.counted.bad, after.shown.outcomes) == (0.0, 0.0, 1)
    assert {one.member_id for one in house.appeal().deciders} == {one.id for one in house.leaders}
    assert [house.notices(one) for one in (house.rui, house.eva)] == [set(), set()]
    assert house.differing() == []


def test_upheld_is_void_for_good_until_it_is_corrected(house: House) -> None:
    bad = next(row for row in house.rows() if row.worth == 0.0)
    house.disagree(bad)
    for leader in house.leaders:
        house.decide(leader, "uphold")
    assert house.appeal().state is AppealState.UPHELD
    assert bad.id not in {row.id for row in house.rows()}
    assert house.notices(house.rui) == {"credibility.report_void"}
    assert house.notices(house.ana) == {"credibility.appeal_ended"}
    house.count()
    assert [row.worth for row in house.rows()] == [1.0], "the same report is not counted again"
    assert house.differing() == []


def test_corrected_report_makes_it_moot_and_counts_as_corrected(world: World, house: House) -> None:
    slip = house.handled(house.rui, house.ana, "no")
    house.handled(house.eva, house.ana, "yes")
    house.count()
    row = [one for one in house.rows() if one.worth == 0.0][-1]
    house.disagree(row)
    house.says(house.rui, slip, "yes")
    house.count()
    assert house.appeal().state is AppealState.MOOT
    assert [one.worth for one in house.rows()].count(0.0) == 1
    assert house.differing() == []


def test_rejected_comes_back_to_its_place_on_the_weekly_day(house: House) -> None:
    before, rows = house.known(), house.rows()
    house.disagree(next(row for row in rows if row.worth == 0.0))
    house.decide(house.leaders[0], "keep")
    house.decide(house.leaders[1], "keep")
    assert house.known() != before
    house.count()
    assert house.known() == before
    assert house.rows() == rows
    assert house.notices(house.rui) == set(), "the reporter hears of an upheld one only"


def test_third_is_asked_where_two_differ_and_is_neither_party(house: House, world: World) -> None:
    third = world.member(house.group)
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    house.decide(house.leaders[0], "keep")
    house.decide(house.leaders[1], "uphold")
    asked = {one.member_id for one in house.appeal().deciders} - {one.id for one in house.leaders}
    assert asked <= {third.id, house.eva.id}
    assert len(asked) == 1
    house.decide(third if third.id in asked else house.eva, "uphold")
    assert house.appeal().state is AppealState.UPHELD


def test_second_within_180_days_does_not_freeze(house: House) -> None:
    good, bad = sorted(house.rows(), key=lambda row: -row.worth)
    house.disagree(bad)
    frozen = house.known()
    house.disagree(good)
    assert house.known() == frozen


def test_what_is_not_decided_in_time_counts_on(house: House) -> None:
    before = house.known()
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    house.decide(house.leaders[0], "uphold")
    house.world.pass_time(days=21, minutes=1)
    assert house.look_after() == 1
    assert house.appeal().state is AppealState.LAPSED
    with pytest.raises(Refused, match="appeal_over"):
        house.decide(house.leaders[1], "uphold")
    house.count()
    assert house.known() == before


def test_those_who_were_not_asked_find_nothing_and_nobody_decides_twice(house: House) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    for other in (house.rui, house.ana, house.eva):
        with pytest.raises(NotFound):
            house.decide(other, "keep")
    house.decide(house.leaders[0], "keep")
    with pytest.raises(Refused, match="said_before"):
        house.decide(house.leaders[0], "uphold")


def test_only_ones_own_published_report_within_its_days_and_once(house: House) -> None:
    row = house.rows()[0]
    with pytest.raises(NotFound):
        house.disagree(row, member=house.rui)
    with pytest.raises(Refused, match="no_reason"):
        house.disagree(row, reason=" ")
    house.disagree(row)
    with pytest.raises(Refused, match="appealed_before"):
        house.disagree(row)
    house.world.pass_time(days=40)
    with pytest.raises(Refused, match="too_late"):
        house.disagree(house.rows()[1])


def test_it_is_forgotten_a_year_after_its_end(house: House) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    for leader in house.leaders:
        house.decide(leader, "uphold")
    house.world.pass_time(days=364)
    for passed, left in ((0, 1), (2, 0)):
        house.world.pass_time(days=passed)
        with acting(house.world) as work:
            forget_old(work, house.group)
            work.commit()
        with reading(house.world) as session:
            assert session.scalar(select(func.count()).select_from(AppealRow)) == left
            assert session.scalar(select(func.count()).select_from(DeciderRow)) == 2 * left
    assert "credibility.appeal_ended" not in house.notices(house.ana)
    house.count()
    assert 0.0 not in [row.worth for row in house.rows()], "void it stays"


def test_erased_members_record_goes_and_what_they_reported_stays(house: House) -> None:
    house.handled(house.ana, house.eva, "yes")
    house.handled(house.rui, house.eva, "yes")
    house.count()
    house.disagree(house.rows()[0])
    of_eva = house.known(house.eva)
    with acting(house.world) as work:
        assert erase_record(work, house.group, house.ana.id) > 0
        assert erase_record(work, house.group, house.ana.id) == 0
        work.commit()
    house.count()
    assert (house.rows(), house.known().counted) == ([], Standing())
    assert house.known(house.eva) == of_eva
    with reading(house.world) as session:
        assert session.scalar(select(func.count()).select_from(AppealRow)) == 0


def test_merged_people_have_one_record_and_one_voice(house: House, world: World) -> None:
    again = world.member(house.group, "Ana Sousa Lima")
    for giver in (house.rui, house.eva):
        house.handled(giver, again, "yes")
    house.handled(house.ana, house.eva, "yes")
    house.handled(again, house.eva, "no")
    house.count()
    weights = [row.weight for row in house.rows()]
    with acting(house.world) as work:
        merge_records(work, house.group, house.ana.id, again.id)
        work.commit()
    assert house.known().counted.outcomes == 4
    assert [row.weight for row in house.rows()][: len(weights)] == weights
    assert house.known(again) == secret.NOTHING_KNOWN
    assert house.known(house.eva).counted.independent <= 1, "two records of one human are one voice"
    assert house.differing() == []


def test_house_merges_the_records_of_who_came_back_under_another_name(house: House, world: World) -> None:
    again = world.member(house.group, "Nia Sousa")
    for giver in (house.rui, house.eva):
        house.handled(giver, again, "yes")
    house.count()
    last = local_day(world.now, house.group.zone)
    with acting(world) as work:
        end_membership(work, group_id=house.group.id, member_id=again.id, last_day=last, reason="left")
        work.commit()
    world.pass_time(days=3)
    back = world.member(house.group, "Nia Lima", joined=last + timedelta(days=2))
    before = house.known(again)
    with acting(world) as work:
        merge_people(work, world.held.registry, back.person_id, again.person_id)
        work.commit()
    assert house.known(back) == before
    assert before.counted.outcomes == 2
    assert house.differing() == []


def test_those_who_decide_are_asked_by_mail_and_nobody_is_named(house: House) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    for leader in house.leaders:
        assert house.notices(leader) == {"credibility.appeal_asked"}
        (body,) = house.mails(leader)
        assert f"/g/harbour/credibility/appeals/{house.appeal().public_id}" in body
        assert not any(part in body for one in (house.ana, house.rui) for part in one.name.split())
    assert [house.mails(one) for one in (house.ana, house.rui, house.eva)] == [[], [], []]


def test_whose_word_is_missing_is_reminded_once_before_the_end(house: House) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    spoken, silent = house.leaders
    house.decide(spoken, "keep")
    house.world.pass_time(days=15, hours=23)
    assert house.look_after() == 0
    house.world.pass_time(hours=2)
    assert [house.look_after(), house.look_after()] == [1, 0]
    assert "credibility.appeal_reminded" in house.notices(silent)
    assert house.notices(spoken) == set(), "nothing waits for a word that is given"
    assert [len(house.mails(one)) for one in (spoken, silent)] == [0, 2], "unsent, it asks no more"
    assert "still missing" in house.mails(silent)[-1]


def test_letters_to_those_who_decide_can_wait_and_are_pointless_after_the_end(house: House) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    house.world.pass_time(days=20, hours=20)
    assert house.look_after() == 2
    of_appeals = select(OutgoingMailRow).where(OutgoingMailRow.kind.startswith("credibility."))
    with reading(house.world) as session:
        rows = session.scalars(of_appeals).all()
    assert {row.kind for row in rows} == {"credibility.appeal_asked", "credibility.appeal_reminded"}
    assert all(row.not_after_utc <= house.appeal().due_at and row.topic == "waiting" for row in rows)


def test_who_wants_no_mails_has_it_on_the_page_and_is_reminded_once(house: House) -> None:
    silent = house.leaders[0]
    with acting(house.world) as work:
        choices = replace(USUAL, waiting=ToldBy.PAGE, news=ToldBy.PAGE)
        keep_choices(work, group_id=house.group.id, member_id=silent.id, choices=choices)
        work.commit()
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    house.world.pass_time(days=17)
    assert [house.look_after(), house.look_after()] == [2, 0]
    assert house.mails(silent) == []
    assert house.notices(silent) == {"credibility.appeal_asked", "credibility.appeal_reminded"}


def test_third_who_is_asked_late_is_told_the_later_day_and_asked_once(house: House, world: World) -> None:
    third = world.member(house.group, offices=[Office.VISITOR_HOST])
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    house.world.pass_time(days=20)
    house.decide(house.leaders[0], "keep")
    house.decide(house.leaders[1], "uphold")
    house.look_after()
    (body,) = house.mails(third)
    assert str(house.appeal().due_at.year) in body
    assert house.appeal().due_at == house.world.now + timedelta(days=7)
    house.world.pass_time(days=3)
    assert house.look_after() == 1


@pytest.mark.parametrize(("says", "words"), [("uphold", "it counts no more"), ("keep", "let it count")])
def test_member_hears_the_end_by_mail_too_and_it_is_forgotten_with_the_appeal(
    house: House, says: str, words: str
) -> None:
    house.disagree(next(row for row in house.rows() if row.worth == 0.0))
    for leader in house.leaders:
        house.decide(leader, says)
    (body,) = house.mails(house.ana)
    assert words in body
    assert house.rui.name not in body
    with acting(house.world) as work:
        assert erase_record(work, house.group, house.ana.id) > 0
        work.commit()
    assert [house.mails(one) for one in (house.ana, *house.leaders)] == [[], [], []]
    assert house.notices(house.leaders[0]) == set()


def test_nobody_is_asked_any_more_once_it_is_moot(house: House) -> None:
    slip = house.handled(house.rui, house.ana, "no")
    house.handled(house.eva, house.ana, "yes")
    house.count()
    house.disagree([one for one in house.rows() if one.worth == 0.0][-1])
    assert [len(house.mails(one)) for one in house.leaders] == [1, 1]
    house.says(house.rui, slip, "yes")
    house.count()
    assert house.appeal().state is AppealState.MOOT
    assert [len(house.mails(one)) for one in house.leaders] == [0, 0], "unsent, they are taken out"

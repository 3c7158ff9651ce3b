"""Pages of the first year: what newcomer, mentor, owner, committee, president, other members and strangers see of it."""

from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.activities.models import OneToOneRow
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from app.plugins.firstyear.models import ExitRow, MentorAskRow, StayRow, TalkRow
from app.plugins.firstyear.services.leaving import token_of
from tests.support.world import World

TODAY = date(2026, 11, 24)
LONG_AGO = date(2024, 8, 6)
PLUGINS = ("attendance", "referrals", "welcome", "activities", "giving", "firstyear")
HERE = "/g/harbour/firstyear"
WORDS = "Knows half of us by now."


class Year:
    """A group with a newcomer, a mentor to be, a committee, a president and another member."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group(plugins=PLUGINS)
        self.committee = world.member(
            self.group, "Carla Nunes", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO
        )
        self.president = world.member(self.group, "Pedro Alves", offices=[Office.PRESIDENT], joined=LONG_AGO)
        self.ana = world.member(self.group, "Ana Sousa", offices=[Office.MENTOR], joined=LONG_AGO)
        self.other = world.member(self.group, "Otto Berg", joined=LONG_AGO)
        self.rui = world.member(self.group, "Rui Almeida", joined=TODAY, trade="Roofer")

    def get(self, who: MemberLine | None, path: str) -> TestResponse:
        return self.world.client(who).get(f"{HERE}{path}")

    def post(self, who: MemberLine | None, path: str, **fields: str) -> TestResponse:
        return self.world.client(who).post(f"{HERE}{path}", data={"form_token": "one", **fields})

    def text(self, who: MemberLine, path: str) -> str:
        answer = self.get(who, path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.text)

    def home(self, who: MemberLine) -> str:
        return unescape(self.world.client(who).get("/g/harbour/").text)

    def one(self, column: object, *where: object) -> str:
        work = self.world.work()
        found = work.session.scalars(select(column).where(*where)).first()  # type: ignore[call-overload]  # a column
        work.rollback()
        return str(found)

    @property
    def stay(self) -> str:
        return self.one(StayRow.public_id, StayRow.member_id == self.rui.id)

    def talk(self, kind: str = "month-3") -> str:
        stay = int(self.one(StayRow.id, StayRow.member_id == self.rui.id))
        return self.one(TalkRow.public_id, TalkRow.stay_id == stay, TalkRow.kind == kind)

    def ask(self) -> str:
        assert (
            self.post(self.committee, f"/newcomers/{self.stay}/mentor", mentor=self.ana.public_id).status_code
            == 303
        )
        return self.one(MentorAskRow.public_id, MentorAskRow.state == "asked")

    def mentored(self) -> str:
        ask = self.ask()
        assert self.post(self.ana, f"/mentoring/{ask}/yes").status_code == 303
        return ask

    def run(self, name: str) -> None:
        with self.world.app.app_context():
            run_all([job for job in plugin_jobs(self.world.held) if job.name == f"firstyear.{name}"])

    def held(self, **change: str) -> TestResponse:
        said = {
            "held_on": TODAY.isoformat(),
            "outcome": "well",
            "words": WORDS,
            "seen_by": "two",
            "version": self.one(TalkRow.version, TalkRow.public_id == self.talk()),
        }
        return self.post(self.committee, f"/talks/{self.talk()}/held", **(said | change))


@pytest.fixture
def year(world: World) -> Year:
    return Year(world)


def test_nobody_looks_for_a_mentor_of_somebody_who_has_been_here_for_years(year: Year) -> None:
    settled = year.text(year.ana, "/")
    assert "A mentor is being looked for." not in settled
    assert "Show how to sign in at the door" not in settled
    assert "Talk about the next year" in settled


def test_newcomer_sees_their_own_year_and_others_do_not(year: Year) -> None:
    page = year.text(year.rui, "/")
    assert "A mentor is being looked for. Until then, ask Carla Nunes." in page
    assert "Talk after three months" in page
    assert "Show how to sign in at the door" in page
    assert "Ask for leave" in page
    assert "Your first year" in year.home(year.rui)
    other = year.text(year.other, "/")
    assert "Rui Almeida" not in other
    assert "Talk after" not in other
    assert year.get(None, "/").status_code == 303


def test_home_names_a_mentor_who_is_the_contact_once(year: Year) -> None:
    year.mentored()
    home = year.home(year.rui)
    assert "Your contact in the first weeks" in home
    assert "Ana Sousa is your mentor too." in home
    assert "your mentor</" not in home
    moved = year.world.client(year.president).post(
        f"/g/harbour/welcome/newcomers/{year.rui.public_id}",
        data={"contact": year.other.public_id, "version": "1", "form_token": "one"},
    )
    assert moved.status_code == 303
    home = year.home(year.rui)
    assert "Otto Berg" in home
    assert "your mentor too" not in home
    assert "your mentor" in home


def test_plan_is_private_to_newcomer_and_mentor(year: Year) -> None:
    plan = f"/plans/{year.stay}"
    assert "People to meet" in year.text(year.rui, plan)
    for who in (year.ana, year.other, year.committee, year.president):
        assert year.get(who, plan).status_code == 404
    ask = year.ask()
    assert year.get(year.ana, plan).status_code == 404, "who is asked has not said yes"
    year.post(year.ana, f"/mentoring/{ask}/yes")
    seen = year.text(year.ana, plan)
    assert "The first weeks of Rui Almeida" in seen
    assert "We spoke" not in seen, "ticking is the newcomer's"
    member = year.committee.public_id
    assert year.post(year.ana, f"{plan}/people/{member}/met").status_code == 404


def test_newcomer_ticks_and_sets_aside_and_a_one_to_one_ticks_itself(year: Year) -> None:
    plan = f"/plans/{year.stay}"
    assert year.post(year.rui, f"{plan}/people/{year.committee.public_id}/met").status_code == 303
    assert year.post(year.rui, f"{plan}/people/{year.president.public_id}/aside").status_code == 303
    assert year.post(year.rui, f"{plan}/people/{year.rui.public_id}/aside").status_code == 404
    page = year.text(year.rui, plan)
    assert page.count("met on 24 Nov") == 1
    assert f"people/{year.president.public_id}" not in page
    work = year.world.work()
    work.session.add(
        OneToOneRow(
            group_id=year.group.id,
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            member_id=year.ana.id,
            with_member_id=year.rui.id,
            held_on=TODAY,
            recorded_by_member_id=year.ana.id,
            created_at_utc=work.now,
        )
    )
    work.commit()
    assert year.text(year.rui, plan).count("met on 24 Nov") == 2
    assert "no one-to-one" not in year.home(year.committee)


def test_who_is_asked_learns_name_and_trade_and_answers_by_one_tap(year: Year) -> None:
    ask = year.ask()
    page = year.text(year.ana, f"/mentoring/{ask}")
    assert "Would you be the mentor of Rui Almeida?" in page
    assert "Roofer" in page
    assert year.rui.email not in page
    assert "Would you be the mentor of Rui Almeida? Say yes or not now." in year.home(year.ana)
    for who in (year.rui, year.other, year.committee):
        assert year.get(who, f"/mentoring/{ask}").status_code == 404
        assert year.post(who, f"/mentoring/{ask}/yes").status_code == 404
    assert year.post(year.ana, f"/mentoring/{ask}/yes").status_code == 303
    assert "Ana Sousa" in year.text(year.rui, "/")
    assert year.post(year.ana, f"/mentoring/{ask}/not-now").status_code == 422
    assert year.post(year.ana, f"/mentoring/{ask}/back").status_code == 303
    assert "A mentor is being looked for" in year.text(year.rui, "/")
    assert "Ask somebody to be the mentor of Rui Almeida." in year.home(year.committee)


def test_a_no_is_the_offices_alone(year: Year) -> None:
    ask = year.ask()
    assert year.post(year.ana, f"/mentoring/{ask}/not-now").status_code == 303
    assert "Ana" not in year.text(year.rui, "/")
    page = year.text(year.committee, f"/newcomers/{year.stay}")
    assert "Ask Ana" not in page, "who said no is not suggested again"


def test_members_offer_to_be_mentors_and_are_suggested(year: Year) -> None:
    assert "Ask Otto" not in year.text(year.committee, f"/newcomers/{year.stay}")
    assert year.post(year.other, "/offer").status_code == 303
    assert "Ask Otto" in year.text(year.committee, f"/newcomers/{year.stay}")
    assert year.post(year.other, "/offer/take-back").status_code == 303
    assert "Ask Otto" not in year.text(year.committee, f"/newcomers/{year.stay}")


def test_office_goes_through_the_induction(year: Year) -> None:
    address = f"/newcomers/{year.stay}"
    assert "6 steps of the induction of Rui Almeida are open." in year.home(year.committee)
    assert year.post(year.committee, f"{address}/steps/1").status_code == 303
    assert "5 steps open" in year.text(year.president, "/newcomers")
    assert year.post(year.committee, f"{address}/steps/1/undo").status_code == 303
    assert "6 steps open" in year.text(year.president, "/newcomers")
    for step in ("99", "x"):
        assert year.post(year.committee, f"{address}/steps/{step}").status_code == 404
    for who in (year.other, year.rui, year.ana):
        assert year.post(who, f"{address}/steps/1").status_code == 404
        assert year.get(who, address).status_code == 404
        assert year.get(who, "/newcomers").status_code == 403


def test_asking_nobody_or_naming_nobody_keeps_the_page(year: Year) -> None:
    address = f"/newcomers/{year.stay}"
    for path, field in (("mentor", "mentor"), ("keeper", "keeper")):
        answer = year.post(year.committee, f"{address}/{path}", **{field: year.rui.public_id})
        assert answer.status_code == 422
        assert "somebody else than the newcomer" in unescape(answer.text)
    assert year.post(year.committee, f"{address}/keeper", keeper=year.other.public_id).status_code == 303
    assert year.get(year.other, address).status_code == 200, "whoever looks after a newcomer opens their page"
    assert "Ask somebody to be the mentor of Rui Almeida." in year.home(year.other)


def test_steps_are_kept_in_the_groups_words_over_the_version_seen(year: Year) -> None:
    assert year.get(year.other, "/steps").status_code == 403
    empty = year.post(year.president, "/steps", steps=" ", version="0")
    assert empty.status_code == 422
    assert "Write at least one step" in unescape(empty.text)
    steps = "<b>Coffee</b>\nSeat"
    assert year.post(year.president, "/steps", steps=steps, version="0").status_code == 303
    stale = year.post(year.committee, "/steps", steps="Other", version="0")
    assert stale.status_code == 422
    assert "What stands now" in unescape(stale.text)
    new = year.world.member(year.group, "Eva Maia", joined=TODAY)
    page = year.get(new, "/").text
    assert "&lt;b&gt;Coffee&lt;/b&gt;" in page
    assert "Show how to sign in" not in page
    assert "Show how to sign in" in year.text(year.rui, "/"), "who is here keeps the old steps"


def test_sheet_is_for_the_two_and_the_office_sees_dates(year: Year) -> None:
    sheet = f"/talks/{year.talk()}"
    for who in (year.rui, year.committee):
        page = year.text(who, sheet)
        assert "Questions to choose from" in page
        assert "Meetings attended" in page
    assert "We have talked" in year.text(year.committee, sheet)
    assert "We have talked" not in year.text(year.rui, sheet)
    office = year.text(year.president, sheet)
    assert "Questions to choose from" not in office
    assert "Another day, or not at all" in office
    year.mentored()
    for who in (year.ana, year.other):
        assert year.get(who, sheet).status_code == 404
        for act in ("held", "later", "owner", "wishes"):
            assert year.post(who, f"{sheet}/{act}").status_code == 404
    assert year.post(year.president, f"{sheet}/held").status_code == 404
    assert year.post(year.rui, f"{sheet}/later").status_code == 404
    assert year.get(None, sheet).status_code == 303


@pytest.mark.parametrize(("seen_by", "second_reads"), [("two", False), ("committee", True)])
def test_words_are_read_by_the_two_and_by_the_committee_if_chosen(
    year: Year, seen_by: str, *, second_reads: bool
) -> None:
    second = year.world.member(
        year.group, "Vera Lima", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO
    )
    assert year.held(seen_by=seen_by).status_code == 303
    sheet = f"/talks/{year.talk()}"
    assert WORDS in year.text(year.rui, sheet)
    assert WORDS in year.text(year.committee, sheet)
    assert (WORDS in year.text(second, sheet)) is second_reads
    assert (WORDS in year.text(second, "/talks")) is second_reads
    assert year.get(year.president, "/talks").status_code == 403
    president = year.text(year.president, sheet)
    assert WORDS not in president
    assert "It goes well" not in president


def test_refused_talk_keeps_what_was_typed(year: Year) -> None:
    answer = year.held(outcome="", held_on="2031-01-01")
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Choose what came of the talk." in page
    assert "Give the day of the talk" in page
    assert WORDS in page
    stale = year.held(version="77")
    assert stale.status_code == 422
    assert "Somebody else changed this" in unescape(stale.text)


def test_talk_is_moved_left_out_and_given_to_somebody_else(year: Year) -> None:
    sheet = f"/talks/{year.talk()}"
    version = year.one(TalkRow.version, TalkRow.public_id == year.talk())
    nothing = year.post(year.president, f"{sheet}/later", what="later", until="", reason="", version=version)
    assert nothing.status_code == 422
    assert "Write a few words why" in unescape(nothing.text)
    moved = year.post(
        year.president, f"{sheet}/later", what="later", until="2027-03-08", reason="Abroad", version=version
    )
    assert moved.status_code == 303
    assert "Abroad" in year.text(year.rui, sheet)
    nobody = year.post(year.president, f"{sheet}/owner", owner=year.rui.public_id)
    assert nobody.status_code == 422
    assert year.post(year.president, f"{sheet}/owner", owner=year.other.public_id).status_code == 303
    assert "We have talked" in year.text(year.other, sheet)
    assert "Talks you hold" in year.text(year.other, "/")


def test_due_talk_is_a_task_of_its_owner_and_stands_on_the_console(year: Year) -> None:
    assert "Talk after three months: with Rui Almeida." not in year.home(year.committee)
    year.world.pass_time(days=80)
    year.run("put-in-order")
    assert "Talk after three months: with Rui Almeida." in year.home(year.committee)
    president = year.home(year.president)
    assert "Talk after three months: with Rui Almeida." not in president
    assert "about 24 Feb" in president
    assert "no one-to-one since joining" in president
    assert "no mentor yet" in president


def test_newcomer_on_leave_is_not_pointed_at_for_want_of_a_talk(year: Year) -> None:
    year.world.pass_time(days=30)
    assert "no one-to-one since joining" in year.home(year.president)
    work = year.world.work(year.president)
    ask_leave(
        work,
        AskLeave(
            group_id=year.group.id,
            member_id=year.rui.id,
            asked_by=year.president.id,
            kind="family",
            first_day=TODAY + timedelta(days=20),
            last_day=TODAY + timedelta(days=40),
            note="",
        ),
    )
    work.rollback()
    assert "no one-to-one since joining" not in year.home(year.president)


def test_member_says_what_they_want_from_the_next_year(year: Year) -> None:
    sheet = f"/talks/{year.talk('renewal')}"
    assert year.post(year.rui, f"{sheet}/wishes", wishes="More visits").status_code == 303
    assert "More visits" in year.text(year.committee, sheet)
    assert "More visits" not in year.text(year.president, sheet)
    assert year.post(year.committee, f"{sheet}/wishes", wishes="Mine").status_code == 404


def test_leaver_answers_by_link_and_leaders_alone_read_it(year: Year) -> None:
    work = year.world.work()
    end_membership(work, group_id=year.group.id, member_id=year.rui.id, last_day=TODAY, reason="left")
    work.commit()
    assert "asked after" in year.text(year.president, "/leavers")
    year.world.pass_time(days=4)
    year.run("ask-leavers")
    with year.world.app.app_context():
        token = token_of(year.group, year.one(ExitRow.public_id, ExitRow.member_id == year.rui.id))
    address = f"/visit/harbour/firstyear/question/{token}"
    stranger = year.world.client()
    assert "One question, Rui" in stranger.get(address).text
    long = stranger.post(address, data={"words": "x" * 2_001, "form_token": "a"})
    assert long.status_code == 422
    assert stranger.post(address, data={"words": "<i>The hour</i>", "form_token": "b"}).status_code == 303
    assert "Kept, thank you." in stranger.get(address).text
    assert "&lt;i&gt;The hour&lt;/i&gt;" in year.get(year.president, "/leavers").text
    for who in (year.committee, year.other, year.ana):
        assert year.get(who, "/leavers").status_code == 403
    assert stranger.get("/visit/harbour/firstyear/question/nonsense").status_code == 404
    assert stranger.get(address.replace("harbour", "mill")).status_code == 404
    year.world.pass_time(days=91)
    year.run("forget-leavers")
    assert stranger.get(address).status_code == 410


def test_leaders_say_that_nothing_is_asked(year: Year) -> None:
    work = year.world.work()
    end_membership(work, group_id=year.group.id, member_id=year.rui.id, last_day=TODAY, reason="left")
    work.commit()
    leaver = year.one(ExitRow.public_id, ExitRow.member_id == year.rui.id)
    assert year.post(year.committee, f"/leavers/{leaver}/nothing").status_code == 403
    assert year.post(year.president, f"/leavers/{leaver}/nothing").status_code == 303
    assert year.post(year.president, "/leavers/nobody/nothing").status_code == 404
    assert "not asked" in year.text(year.president, "/leavers")


def test_other_groups_know_nothing(year: Year) -> None:
    mill = year.world.group("mill", plugins=PLUGINS)
    leader = year.world.member(mill, offices=[Office.PRESIDENT], joined=LONG_AGO)
    client = year.world.client(leader)
    for path in (f"/newcomers/{year.stay}", f"/talks/{year.talk()}", f"/plans/{year.stay}"):
        assert client.get(f"/g/mill/firstyear{path}").status_code == 404
        assert client.get(f"{HERE}{path}").status_code == 404


def test_handover_of_an_office_names_what_is_open(year: Year) -> None:
    year.world.pass_time(days=80)
    president = year.world.client(year.president)
    for office in ("mentor", "membership-committee", "president"):
        page = unescape(president.get(f"/g/harbour/offices/{office}/handover").text)
        assert "Rui Almeida has no mentor yet." in page
        assert "1 talk with a member is due" in page
    education = unescape(president.get("/g/harbour/offices/education/handover").text)
    assert "Rui Almeida" not in education


def test_lists_cost_the_same_however_many_are_new(year: Year) -> None:
    counts = []
    for size in (1, 3):
        for _number in range(size):
            year.world.member(year.group, joined=TODAY + timedelta(days=0))
        client = year.world.client(year.president)
        with year.world.statements() as seen:
            client.get(f"{HERE}/newcomers")
        counts.append(len(seen))
    assert counts[0] == counts[1]

"""The mails of the receiver's clock and their taps: a press says one thing once, whatever merely opens links says nothing."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select, update

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.notices.models import NoticeRow
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import SlipRow
from tests.support.clocks import clock_mails, let_clock_run, let_giver_be_asked
from tests.support.slips import OFFER, TODAY, passed_slip, reading, slip_of, take
from tests.support.world import World

CALLED, TRIED, NOT_FOR_ME = range(3)
HELP, NO_HELP = range(2)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def slip(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    return passed_slip(world, group, ana, rui)


def told(world: World, member: MemberLine) -> list[str]:
    query = (
        select(NoticeRow.text)
        .where(NoticeRow.member_id == member.id)
        .order_by(NoticeRow.at_utc, NoticeRow.id)
    )
    with reading(world) as session:
        return list(session.scalars(query))


def first_taps(world: World, group: Group, rui: MemberLine) -> list[str]:
    let_clock_run(world, group, days=2)
    (mail,) = clock_mails(world, rui)
    return mail.taps


def test_the_receiver_is_written_to_after_two_days_and_after_five_and_then_never_again(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    assert let_clock_run(world, group, days=1.9) == 0
    assert let_clock_run(world, group, days=0.1) == 1
    assert let_clock_run(world, group) == 0
    assert let_clock_run(world, group, days=3) == 1
    assert [len(mail.taps) for mail in clock_mails(world, rui)] == [3, 3]
    assert clock_mails(world, ana) == []
    assert let_clock_run(world, group, days=2) == 1
    assert let_clock_run(world, group, days=30) == 0
    assert len(clock_mails(world, rui)) == 2
    (asked,) = clock_mails(world, ana)
    assert len(asked.taps) == 2
    assert told(world, ana) == [
        "There is no news yet of your referral to Rui Almeida. Shall the office help?"
    ]


def test_no_mail_of_the_clock_carries_the_prospect(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    let_giver_be_asked(world, group)
    written = [mail.subject + mail.body for member in (ana, rui) for mail in clock_mails(world, member)]
    assert len(written) == 3
    assert not any(OFFER.prospect_name in text or OFFER.prospect_contact in text for text in written)


def test_a_historic_slip_is_silent(world: World, group: Group, rui: MemberLine, slip: str) -> None:
    work = world.work()
    work.session.execute(update(SlipRow).values(is_historic=True, historic_on=TODAY))
    work.session.commit()
    for days in (2, 3, 2, 30):
        assert let_clock_run(world, group, days=days) == 0
    assert clock_mails(world, rui) == []


@pytest.mark.parametrize("act", [Act.PROGRESS, Act.DECLINE])
def test_a_slip_that_is_in_hand_is_not_spoken_of(
    world: World, group: Group, rui: MemberLine, slip: str, act: Act
) -> None:
    take(world, group, slip, rui, act)
    assert let_clock_run(world, group, days=30) == 0


def test_having_received_it_is_not_yet_a_call(world: World, group: Group, rui: MemberLine, slip: str) -> None:
    world.pass_time(days=1)
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    assert let_clock_run(world, group, days=1.5) == 0
    assert let_clock_run(world, group, days=0.5) == 1


def test_a_receiver_or_giver_who_left_is_not_written_to(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    work = world.work()
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=TODAY, reason="moved away")
    work.commit()
    let_giver_be_asked(world, group)
    assert (len(clock_mails(world, rui)), clock_mails(world, ana)) == (2, [])


@pytest.mark.parametrize(
    ("number", "state", "said"),
    [
        (CALLED, SlipState.IN_PROGRESS, "Rui Almeida tells you how your referral goes."),
        (
            TRIED,
            SlipState.ACKNOWLEDGED,
            "Rui Almeida tried to reach the prospect of your referral, without success so far.",
        ),
        (NOT_FOR_ME, SlipState.DECLINED, "Rui Almeida says that your referral is not for them."),
    ],
)
def test_one_press_says_one_thing_once_and_the_giver_hears_it(
    world: World,
    group: Group,
    ana: MemberLine,
    rui: MemberLine,
    slip: str,
    number: int,
    state: SlipState,
    said: str,
) -> None:
    link = first_taps(world, group, rui)[number]
    stranger = world.client()
    assert stranger.get(link).status_code == 200
    assert stranger.head(link).status_code == 200
    assert slip_of(world, group, slip, rui).slip.version == 1, "a mail scanner opens links"
    assert stranger.post(link).status_code == 303
    assert slip_of(world, group, slip, rui).slip.state is state
    assert told(world, ana) == [said]
    page = stranger.get(link)
    assert (page.status_code, "Noted" in page.text) == (200, True)
    assert "<button" not in page.text
    assert stranger.post(link).status_code == 200
    assert slip_of(world, group, slip, rui).slip.version == 2
    assert told(world, ana) == [said]


def test_the_page_of_a_tap_tells_no_prospect_and_asks_for_no_account(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    page = unescape(world.client().get(first_taps(world, group, rui)[CALLED]).text)
    assert "Rui, how does it go?" in page
    assert "Ana Sousa" in page
    assert page.count("<button") == 1
    assert OFFER.prospect_name not in page
    assert OFFER.prospect_contact not in page


def test_after_one_word_the_other_taps_of_the_mail_are_over(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    called, tried, declined = first_taps(world, group, rui)
    world.client().post(tried)
    for link in (called, declined):
        assert world.client().get(link).status_code == 410
        assert world.client().post(link).status_code == 410
    assert slip_of(world, group, slip, rui).slip.state is SlipState.ACKNOWLEDGED


def test_a_slip_that_was_taken_back_meanwhile_says_so(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    link = first_taps(world, group, rui)[CALLED]
    take(world, group, slip, ana, Act.WITHDRAW)
    answer = world.client().post(link)
    assert answer.status_code == 410
    assert "The slip moved on since this mail was written" in answer.text
    assert slip_of(world, group, slip, ana).slip.state is SlipState.WITHDRAWN


def test_a_link_is_over_after_thirty_days_and_for_who_left(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    link = first_taps(world, group, rui)[CALLED]
    world.pass_time(days=30, seconds=1)
    assert world.client().post(link).status_code == 410
    assert slip_of(world, group, slip, rui).slip.version == 1


def test_a_link_of_somebody_who_left_says_nothing_any_more(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    let_giver_be_asked(world, group)
    (mail,) = clock_mails(world, ana)
    work = world.work()
    last_day = TODAY + timedelta(days=7)
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=last_day, reason="moved away")
    work.commit()
    world.pass_time(days=1)
    assert world.client().post(mail.taps[HELP]).status_code == 410
    assert told(world, rui) == ["Ana Sousa passed you a referral."]


def test_a_link_that_was_changed_or_carried_to_another_group_is_unknown(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    link = first_taps(world, group, rui)[CALLED]
    world.group("mill")
    for address in (link[:-3], link.replace("/harbour/", "/mill/"), "/visit/harbour/referrals/tap/none"):
        answer = world.client().post(address)
        assert answer.status_code == 404
        assert "This link is not complete" in answer.text
    assert slip_of(world, group, slip, rui).slip.version == 1


def test_a_press_without_the_forms_token_says_nothing(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    link = first_taps(world, group, rui)[CALLED]
    assert world.client(csrf=True).post(link).status_code in {400, 422}
    assert slip_of(world, group, slip, rui).slip.version == 1


def test_no_office_sees_a_slip_before_its_giver_said_yes_and_then_two_names_alone(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    president = world.member(group, "Olena Kovalenko", offices=[Office.PRESIDENT])
    let_giver_be_asked(world, group)
    leader = world.client(president)
    for address in ("/g/harbour/referrals/help", "/g/harbour/"):
        assert not {"Ana Sousa", "Rui Almeida"} & {
            name for name in ("Ana Sousa", "Rui Almeida") if f"{name} to" in leader.get(address).text
        }
    assert "Nobody asks for help at the moment." in leader.get("/g/harbour/referrals/help").text
    (mail,) = clock_mails(world, ana)
    assert world.client().post(mail.taps[HELP]).status_code == 303
    page = leader.get("/g/harbour/referrals/help").text
    assert "Ana Sousa to Rui Almeida" in page
    assert "no news for 7 days" in page
    assert OFFER.prospect_name not in page
    assert OFFER.about not in page
    assert leader.get(f"/g/harbour/referrals/slips/{slip}").status_code == 404
    assert "A giver asks the office to help with a slip." in leader.get("/g/harbour/").text
    assert (
        told(world, rui)[-1] == "Ana Sousa asked the office to help with a referral that waits for your word."
    )
    assert told(world, president) == ["Ana Sousa asks the office to help with a referral."]


def test_help_that_was_given_is_told_to_the_giver_once(
    world: World, group: Group, ana: MemberLine, slip: str
) -> None:
    first = world.member(group, "Olena Kovalenko", offices=[Office.VICE_PRESIDENT])
    second = world.member(group, "Pia Lund", offices=[Office.MEMBERSHIP_COMMITTEE])
    let_giver_be_asked(world, group)
    spoken = f"/g/harbour/referrals/help/{slip}/spoken"
    assert world.client(first).post(spoken).status_code == 404, "nobody asked for it yet"
    world.client(ana).post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "yes"})
    assert world.client(first).post(spoken).status_code == 303
    assert world.client(second).post(spoken).status_code == 303
    assert told(world, ana)[-1:] == ["Olena Kovalenko has spoken with the receiver about your referral."]
    assert sum("has spoken" in text for text in told(world, ana)) == 1
    assert "Olena Kovalenko spoke with them" in world.client(second).get("/g/harbour/referrals/help").text
    page = unescape(world.client(ana).get(f"/g/harbour/referrals/slips/{slip}").text)
    assert "You asked the office, and Olena Kovalenko has spoken with Rui Almeida." in page


def test_the_giver_says_no_and_no_office_hears_of_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    president = world.member(group, "Olena Kovalenko", offices=[Office.PRESIDENT])
    let_giver_be_asked(world, group)
    (mail,) = clock_mails(world, ana)
    assert "Shall the office help?" in world.client(ana).get("/g/harbour/").text
    assert world.client().post(mail.taps[NO_HELP]).status_code == 303
    assert world.client().get(mail.taps[HELP]).status_code == 410
    assert "Shall the office help?" not in world.client(ana).get("/g/harbour/").text
    assert told(world, president) == []
    assert told(world, rui) == ["Ana Sousa passed you a referral."]
    client = world.client(ana)
    assert "You said that the office need not help." in client.get(f"/g/harbour/referrals/slips/{slip}").text
    client.post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "yes"})
    assert told(world, president) == ["Ana Sousa asks the office to help with a referral."]


def test_a_word_of_the_receiver_ends_the_question(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    president = world.member(group, "Olena Kovalenko", offices=[Office.PRESIDENT])
    let_giver_be_asked(world, group)
    client = world.client(ana)
    client.post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "yes"})
    take(world, group, slip, rui, Act.PROGRESS)
    assert "Ana Sousa" not in world.client(president).get("/g/harbour/referrals/help").text
    assert client.post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "no"}).status_code == 404


def test_an_office_is_not_shown_the_slips_that_wait_for_its_own_word(
    world: World, group: Group, ana: MemberLine
) -> None:
    president = world.member(group, "Olena Kovalenko", offices=[Office.PRESIDENT])
    slip = passed_slip(world, group, ana, president)
    let_giver_be_asked(world, group)
    world.client(ana).post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "yes"})
    assert "Ana Sousa to" not in world.client(president).get("/g/harbour/referrals/help").text
    assert told(world, president)[-1].startswith("Ana Sousa asked the office")


@pytest.mark.parametrize("who", ["receiver", "member", "giver not asked"])
def test_nobody_but_an_asked_giver_answers(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str, who: str
) -> None:
    if who != "giver not asked":
        let_giver_be_asked(world, group)
    member = {"receiver": rui, "member": world.member(group), "giver not asked": ana}[who]
    answer = world.client(member).post(f"/g/harbour/referrals/slips/{slip}/help", data={"wants": "yes"})
    assert answer.status_code == 404


def test_a_plain_member_has_no_page_of_help(world: World, group: Group, rui: MemberLine) -> None:
    assert world.client(rui).get("/g/harbour/referrals/help").status_code == 403

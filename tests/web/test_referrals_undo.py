"""The minute after passing: the receiver knows nothing yet, the giver takes it back, and nobody ever hears of it."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.notices.digest import gather_digests
from app.core.notices.models import ToldWhenRow
from app.core.notices.outbox import claim
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow
from app.plugins.referrals.queries.history import StoredSlipHistory
from app.plugins.referrals.queries.totals import PalmsTotals
from tests.support.slips import SLIP_FORM, acting, reading, take
from tests.support.world import World

HERE = "/g/harbour/referrals"
HOME = "/g/harbour/"
WITHIN = timedelta(seconds=59)
OVER = timedelta(seconds=66)
BUTTON = "Take it back, nobody has been told"


@pytest.fixture
def group(world: World) -> Group:
    """Return the group, after the hours in which no mail leaves."""
    world.clock.advance(timedelta(hours=2))
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    """Return the receiver, who as president also sees what leaders see."""
    return world.member(group, "Rui Almeida", offices=(Office.PRESIDENT,))


def passed(client: FlaskClient, receiver: MemberLine, token: str = "one") -> str:
    """Pass a slip in the browser and return the address of its page."""
    answer = client.post(
        f"{HERE}/pass", data={**SLIP_FORM, "receiver": receiver.public_id, "form_token": token}
    )
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def undo(client: FlaskClient, slip: str, version: str = "1", token: str = "undo") -> str:
    """Press the button and return the page that comes."""
    sent = {"undo-version": version, "undo-form_token": token}
    return client.post(f"{slip}/steps/undo", data=sent, follow_redirects=True).text


def mails_due(world: World) -> list[str]:
    """Return whom the postman would write to now; the mails stay."""
    with acting(world) as work:
        return [mail.address for mail in claim(work)]


def seen_by(client: FlaskClient, slip: str) -> list[str]:
    """Return on which of the pages somebody sees anything of the one slip there is."""
    pages = {
        "slip": client.get(slip),
        "inbox": client.get(f"{HERE}/"),
        "live": client.get(f"{HERE}/live"),
        "home": client.get(HOME),
        "between": client.get("/g/harbour/members"),
        "notices": client.get("/g/harbour/notices"),
    }
    marks = ("Café Miramar", "passed you a", "1 unread", slip.rpartition("/")[2])
    return [name for name, page in pages.items() if any(mark in page.text for mark in marks)]


def test_for_a_minute_the_receiver_sees_nothing_and_no_mail_leaves(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed(world.client(ana), rui)
    world.clock.advance(WITHIN)
    receiver = world.client(rui)
    assert receiver.get(slip).status_code == 404
    assert seen_by(receiver, slip) == []
    assert mails_due(world) == []


def test_when_the_minute_is_over_the_receiver_is_told_and_can_act(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed(world.client(ana), rui)
    receiver = world.client(rui)
    before = receiver.get(f"{HERE}/live").headers["ETag"]
    world.clock.advance(OVER)
    assert receiver.get(f"{HERE}/live", headers={"If-None-Match": before}).status_code == 200
    assert seen_by(receiver, slip) == ["slip", "inbox", "live", "home", "notices"]
    assert mails_due(world) == [rui.email]
    sent = {"acknowledge-version": "1", "acknowledge-form_token": "x"}
    assert receiver.post(f"{slip}/steps/acknowledge", data=sent).status_code == 303


def test_the_giver_is_offered_to_take_it_back_for_a_minute(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    assert BUTTON in giver.get(slip).text
    assert 'data-leaves-after="60"' in giver.get(slip).text
    world.clock.advance(WITHIN)
    assert 'data-leaves-after="1"' in giver.get(slip).text
    world.clock.advance(timedelta(seconds=2))
    assert BUTTON not in giver.get(slip).text


def test_what_was_undone_reaches_nobody_ever(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    giver, receiver = world.client(ana), world.client(rui)
    slip = passed(giver, rui)
    world.clock.advance(WITHIN)
    page = undo(giver, slip)
    assert "Taken back. Nobody has been told, and nobody will be." in page
    assert "Taken back before anybody was told" in page
    for _later in range(3):
        world.clock.advance(timedelta(hours=9))
        assert receiver.get(slip).status_code == 404
        assert seen_by(receiver, slip) == []
        assert mails_due(world) == []
    assert world.rows("notice") == 0
    assert world.rows("outgoing_mail") == 0
    world.assert_ledger_whole(group)


@pytest.mark.parametrize("after", [timedelta(seconds=30), OVER])
def test_a_slip_counts_nowhere_before_its_minute_is_over(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, after: timedelta
) -> None:
    passed(world.client(ana), rui)
    world.clock.advance(after)
    leader = world.client(rui)
    counts = after is OVER
    with reading(world) as session:
        day = date(2026, 11, 24)
        palms = PalmsTotals(session, world.now).palms_totals(group.id, day, day, group.zone)
        acts = StoredSlipHistory(session, world.now).acts(group.id)
    assert bool(palms) is counts
    assert bool(acts) is counts
    assert ("Ana Sousa" in leader.get(f"{HERE}/since").text) is counts
    for page in ("own", "matrix"):
        file = leader.get(f"{HERE}/{page}.csv").text
        world.clock.advance(OVER)
        assert (file == leader.get(f"{HERE}/{page}.csv").text) is counts, page
        world.clock.advance(-OVER)


def test_an_undone_slip_counts_in_no_figure(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    undo(giver, passed(giver, rui))
    world.clock.advance(OVER)
    with acting(world) as work:
        day = date(2026, 11, 24)
        assert not StoredSlipHistory(work.session, work.now).acts(group.id)
        assert PalmsTotals(work.session, work.now).palms_totals(group.id, day, day, group.zone) == {}


def test_the_words_of_an_undone_slip_go_back_to_its_giver_as_a_draft(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    assert "Your words are kept as a draft." in undo(giver, passed(giver, rui))
    draft = re.findall(r'href="(/g/harbour/referrals/pass\?draft=[^"]+)"', giver.get(f"{HERE}/given").text)
    page = giver.get(draft[0]).text
    assert f'selected value="{rui.public_id}"' in page
    assert all(SLIP_FORM[name] in page for name in ("prospect_name", "prospect_contact", "about"))
    assert "draft=" not in world.client(rui).get(f"{HERE}/given").text


def test_undoing_too_late_keeps_no_draft(world: World, ana: MemberLine, rui: MemberLine) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    world.clock.advance(timedelta(seconds=61))
    undo(giver, slip)
    assert world.rows("referrals_draft") == 0


def test_too_late_is_said_in_plain_words_and_changes_nothing(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    world.clock.advance(timedelta(seconds=61))
    page = undo(giver, slip)
    assert "The minute is over, and the receiver has been told." in page
    world.clock.advance(OVER)
    assert world.client(rui).get(slip).status_code == 200
    assert mails_due(world) == [rui.email]


def test_a_double_tap_on_undo_gets_the_same_answer(world: World, ana: MemberLine, rui: MemberLine) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    assert "Taken back. Nobody has been told" in undo(giver, slip)
    again = giver.post(f"{slip}/steps/undo", data={"undo-version": "1", "undo-form_token": "undo"})
    assert again.status_code == 303


def test_nobody_but_the_giver_undoes_a_slip(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed(world.client(ana), rui)
    third = world.client(world.member(group, "Nuno Barros"))
    sent = {"undo-version": "1", "undo-form_token": "x"}
    assert third.post(f"{slip}/steps/undo", data=sent).status_code == 404
    assert world.client(rui).post(f"{slip}/steps/undo", data=sent).status_code == 404
    world.clock.advance(OVER)
    answer = world.client(rui).post(f"{slip}/steps/undo", data=sent)
    assert answer.status_code == 422
    assert world.rows("referrals_step") == 1


def test_words_put_right_within_the_minute_are_told_as_one_slip(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    changed = {**SLIP_FORM, "about": "Two kitchens", "version": "1", "form_token": "edit"}
    assert giver.post(f"{slip}/edit", data=changed).status_code == 303
    assert world.client(rui).get(slip).status_code == 404
    world.clock.advance(OVER)
    assert mails_due(world) == [rui.email]
    assert world.rows("notice") == 1
    assert "Two kitchens" in world.client(rui).get(slip).text


def test_an_undone_slip_is_undone_after_words_were_put_right(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    slip = passed(giver, rui)
    giver.post(f"{slip}/edit", data={**SLIP_FORM, "about": "Two", "version": "1", "form_token": "edit"})
    assert "Taken back. Nobody has been told" in undo(giver, slip, version="2")
    world.clock.advance(OVER)
    assert world.client(rui).get(slip).status_code == 404
    assert world.rows("notice") == 0


def test_the_prospect_of_an_undone_slip_is_forgotten_the_same_day(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    undo(giver, passed(giver, rui))
    with reading(world) as session:
        assert session.scalar(select(ProspectRow.expires_on)) == date(2026, 11, 24)


def test_a_slip_whose_receiver_leaves_within_the_minute_is_handed_back_untold(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed(world.client(ana), rui)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=date(2026, 11, 23), reason="left")
    work.commit()
    with reading(world) as session:
        assert session.scalar(select(SlipRow.state)) == SlipState.WITHDRAWN
    world.clock.advance(OVER)
    assert mails_due(world) == [ana.email]
    assert "has left the group" in world.client(ana).get("/g/harbour/notices").text
    assert slip.startswith(HERE)


def test_a_digest_does_not_gather_what_was_undone(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    work = world.work(rui)
    quiet = world.now.replace(tzinfo=None).time()
    work.session.add(
        ToldWhenRow(
            group_id=group.id,
            member_id=rui.id,
            waiting_by="daily",
            news_by="daily",
            quiet_from=quiet,
            quiet_until=quiet,
        )
    )
    work.commit()
    giver = world.client(ana)
    undo(giver, passed(giver, rui))
    world.clock.advance(timedelta(days=2))
    with acting(world) as house:
        assert gather_digests(house) == 0


def test_taking_back_after_the_minute_tells_the_receiver_as_before(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed(world.client(ana), rui)
    world.clock.advance(OVER)
    take(world, group, slip.rpartition("/")[2], ana, Act.WITHDRAW)
    assert "took back a slip" in world.client(rui).get("/g/harbour/notices").text
    assert world.client(rui).get(slip).status_code == 200

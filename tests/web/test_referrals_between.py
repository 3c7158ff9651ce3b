"""Between you and a colleague: one's own dealings and notes, shown to nobody else."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.slips import passed_slip, take
from tests.support.talks import recorded_talk
from tests.support.world import World

HERE = "/g/harbour/referrals"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "referrals", "activities"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", offices=[Office.PRESIDENT])


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def noted(
    client: FlaskClient, about: MemberLine, text: str, *, version: int = 0, token: str = "t"
) -> TestResponse:
    form = {"note": text, "version": str(version), "form_token": token}
    return client.post(f"{HERE}/between/{about.public_id}/note", data=form)


def page_of(world: World, viewer: MemberLine, other: MemberLine) -> str:
    return unescape(world.client(viewer).get(f"{HERE}/between/{other.public_id}").text)


def test_the_page_counts_the_viewers_own_dealings(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    won = passed_slip(world, group, ana, rui)
    take(world, group, won, rui, Act.CLOSE, result=SlipState.WON, amount="250")
    passed_slip(world, group, rui, ana)
    recorded_talk(world, group, rui, ana, on=date(2026, 11, 20))
    html = page_of(world, ana, rui)
    assert "1 won, of 1 result told" in html
    assert "last on 20 Nov 2026" in html
    assert "Rui Almeida thanked you" in html
    assert "slip you gave" in html
    assert "meetings together" in html


def test_nobody_sees_what_lies_between_two_others(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    leo = world.member(group, "Leo Brandt")
    passed_slip(world, group, rui, leo)
    recorded_talk(world, group, rui, leo)
    html = page_of(world, ana, rui)
    assert "Miramar" not in html
    assert "Leo Brandt" not in html
    assert "No slip has gone between the two of you yet." in html


def test_where_talks_are_off_the_page_has_none(world: World) -> None:
    group = world.group("mill", plugins=("referrals",))
    one, other = world.member(group), world.member(group)
    html = world.client(one).get(f"/g/mill/referrals/between/{other.public_id}").text
    assert "one-to-one" not in html
    assert "meetings together" not in html
    assert "slips you gave" in html


def test_a_note_is_kept_for_its_writer_alone(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    assert noted(world.client(rui), ana, "Looks for a painter\n& a roof").status_code == 303
    assert "Looks for a painter" in page_of(world, rui, ana)
    third = world.member(group, offices=[Office.MEMBERSHIP_COMMITTEE])
    for viewer, other in ((ana, rui), (third, rui), (third, ana)):
        assert "painter" not in page_of(world, viewer, other)
        assert "painter" not in world.client(viewer).get(f"/g/harbour/members/{other.public_id}").text


def test_a_note_moves_nothing_that_others_see(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    """The mark of a live part moves with the group's events: a note must be none."""
    of_ana = world.client(ana)
    before = of_ana.get(f"{HERE}/live").headers["ETag"]
    noted(world.client(rui), ana, "Looks for a painter")
    assert of_ana.get(f"{HERE}/live").headers["ETag"] == before


def test_two_windows_lose_no_note(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(rui)
    assert noted(client, ana, "First window").status_code == 303
    second = noted(client, ana, "Second window", token="u")
    html = unescape(second.text)
    assert second.status_code == 422
    assert "First window" in html
    assert "Second window" in html
    assert 'name="version" type="hidden" value="1"' in html
    assert noted(client, ana, "Both", version=1, token="v").status_code == 303
    assert noted(client, ana, "", version=2, token="w").status_code == 303
    assert noted(client, ana, "Late", version=1, token="x").status_code == 422
    assert "Both" not in page_of(world, rui, ana)


def test_a_note_has_its_limit_and_keeps_what_was_typed(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    answer = noted(world.client(rui), ana, "n" * 2_001)
    assert answer.status_code == 422
    assert "Please shorten this to 2,000 characters" in answer.text
    assert "n" * 2_001 in answer.text
    assert world.rows("referrals_own_note") == 0


def test_there_is_no_page_between_oneself_and_none_with_strangers(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    elsewhere = world.member(world.group("mill"))
    for who in (rui.public_id, elsewhere.public_id, "nobody234567"):
        assert world.client(rui).get(f"{HERE}/between/{who}").status_code == 404
        assert world.client(rui).post(f"{HERE}/between/{who}/note", data={"note": "x"}).status_code == 404


def test_a_former_member_is_still_somebody_one_dealt_with(
    world: World, group: Group, rui: MemberLine
) -> None:
    gone = world.member(group, "Eva Gone", ended=date(2026, 6, 30))
    html = page_of(world, rui, gone)
    assert "Between you and Eva" in html
    assert "Pass a slip" not in html.split("<main")[1]

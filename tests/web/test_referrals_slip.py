"""One slip in the browser: its two sides see and move it; to everyone else it does not exist."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.slips import passed_slip, slip_of, take
from tests.support.world import World

CONTACT = "+351 210 000 555"
GATE = 3


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


def at(slip: str, rest: str = "", group: str = "harbour") -> str:
    return f"/g/{group}/referrals/slips/{slip}{rest}"


def step(client: FlaskClient, slip: str, act: str, version: int = 1, **fields: str) -> TestResponse:
    values = {"version": str(version), "form_token": f"{act}{version}", **fields}
    return client.post(
        at(slip, f"/steps/{act}"), data={f"{act}-{name}": value for name, value in values.items()}
    )


def test_the_receiver_sees_the_slip_with_the_next_steps(world: World, rui: MemberLine, slip: str) -> None:
    page = unescape(world.client(rui).get(at(slip)).text)
    assert "Ana Sousa" in page
    assert "I told them why I would choose my colleague" in page
    assert "I have it, I will call" in page
    assert "Tell what came of it" in page
    assert "Take the slip back" not in page


def test_the_giver_sees_the_slip_and_may_take_it_back(world: World, ana: MemberLine, slip: str) -> None:
    page = unescape(world.client(ana).get(at(slip)).text)
    assert "Take the slip back" in page
    assert "Tell what came of it" not in page


@pytest.mark.parametrize("who", ["member", "president", "other group", "stranger"])
@pytest.mark.parametrize("rest", ["", "/live"])
def test_to_everyone_else_the_slip_does_not_exist(
    world: World, group: Group, slip: str, who: str, rest: str
) -> None:
    others = {
        "member": (world.member(group), 404),
        "president": (world.member(group, offices=[Office.PRESIDENT]), 404),
        "other group": (world.member(world.group("mill")), 404),
        "stranger": (None, 303),
    }
    member, status = others[who]
    answer = world.client(member).get(at(slip, rest))
    assert answer.status_code == status
    assert "Miramar" not in answer.text


def test_a_slip_is_found_in_its_own_group_only(
    world: World, group: Group, ana: MemberLine, slip: str
) -> None:
    mill = world.group("mill")
    both = world.member(mill, "Ana Sousa", email="ana.at.mill@example.org")
    assert world.client(both).get(at(slip, group="mill")).status_code == 404
    assert world.client(ana).get(at("nobody234567")).status_code == 404


def test_the_contact_stands_on_no_page_until_it_is_opened(
    world: World, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    for member in (ana, rui):
        client = world.client(member)
        addresses = (
            at(slip),
            at(slip, "/live"),
            "/g/harbour/referrals/",
            "/g/harbour/referrals/given",
            "/g/harbour/",
        )
        assert not any(CONTACT in client.get(address).text for address in addresses)


def test_opening_the_contact_is_a_post_that_shows_it_once(world: World, rui: MemberLine, slip: str) -> None:
    client = world.client(rui)
    assert client.get(at(slip, "/prospect")).status_code == 405
    opened = client.post(at(slip, "/prospect"))
    assert opened.status_code == 200
    assert CONTACT in opened.text
    assert "no-store" in opened.headers["Cache-Control"]
    assert CONTACT not in client.get(at(slip)).text


@pytest.mark.parametrize("office", [None, Office.PRESIDENT])
def test_nobody_else_opens_the_contact(world: World, group: Group, slip: str, office: Office | None) -> None:
    other = world.member(group, offices=[office] if office else [])
    answer = world.client(other).post(at(slip, "/prospect"))
    assert answer.status_code == 404
    assert CONTACT not in answer.text


def test_the_whole_way_from_passed_to_won(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    of_rui, of_ana = world.client(rui), world.client(ana)
    assert step(of_rui, slip, "acknowledge").status_code == 303
    assert "Received" in of_ana.get(at(slip)).text
    assert step(of_rui, slip, "progress", 2, note="We meet on Friday").status_code == 303
    assert "We meet on Friday" in of_ana.get(at(slip)).text
    assert step(of_rui, slip, "close", 3, result="won", amount="1,000.50").status_code == 303
    page = of_ana.get(at(slip)).text
    assert "Won" in page
    assert "€1,000.50" in page
    assert "Rui Almeida thanked you" in page
    assert slip_of(world, group, slip, ana).slip.state is SlipState.WON


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("1.000,50", "If “1.000,50” means 1,000.50, write it like that."),
        ("1.000", "Write 1,000.00 or 1.00, whichever you mean."),
        ("abc", "“abc” is not an amount."),
        ("-5", "The amount must be more than zero."),
        ("5 USD", "This amount is taken in EUR."),
    ],
)
def test_an_amount_that_cannot_be_taken_is_explained_and_everything_is_kept(
    world: World, group: Group, rui: MemberLine, slip: str, amount: str, sentence: str
) -> None:
    answer = step(world.client(rui), slip, "close", result="won", amount=amount, note="Signed today")
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{amount}"' in page
    assert "Signed today" in page
    assert 'checked id="close-result-0"' in page
    assert slip_of(world, group, slip, rui).slip.state is SlipState.PASSED
    assert world.rows("referrals_thank_you") == 0


def test_the_same_amount_is_taken_in_a_group_that_writes_it_so(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    work = world.work()
    work.session.connection().exec_driver_sql("UPDATE member_group SET locale = 'pt-PT'")
    work.session.commit()
    answer = step(world.client(rui), slip, "close", result="won", amount="1.000,50")
    assert answer.status_code == 303
    assert "€1,000.50" in world.client(ana).get(at(slip)).text


def test_a_result_must_be_chosen(world: World, rui: MemberLine, slip: str) -> None:
    answer = step(world.client(rui), slip, "close", note="Hm")
    assert answer.status_code == 422
    assert "Choose what came of it." in answer.text


@pytest.mark.parametrize("act", ["acknowledge", "progress", "decline", "close"])
def test_the_giver_cannot_take_the_receivers_steps(
    world: World, group: Group, ana: MemberLine, slip: str, act: str
) -> None:
    answer = step(world.client(ana), slip, act, result="won")
    assert answer.status_code == 422
    assert "Only the receiver of the slip can do this" in answer.text
    assert slip_of(world, group, slip, ana).slip.version == 1


@pytest.mark.parametrize("act", ["acknowledge", "progress", "decline", "close", "withdraw"])
def test_a_third_member_takes_no_step(
    world: World, group: Group, ana: MemberLine, slip: str, act: str
) -> None:
    third = world.member(group, offices=[Office.PRESIDENT])
    assert step(world.client(third), slip, act, result="won").status_code == 404
    assert slip_of(world, group, slip, ana).slip.version == 1


@pytest.mark.parametrize("act", ["hand-back", "pass", "undone"])
def test_a_step_that_is_nobodys_is_not_found(world: World, rui: MemberLine, slip: str, act: str) -> None:
    assert step(world.client(rui), slip, act).status_code == 404


def test_a_stale_page_shows_what_changed_and_keeps_the_words(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    take(world, group, slip, rui, Act.ACKNOWLEDGE, note="Will call at noon")
    answer = step(world.client(ana), slip, "withdraw", version=1, note="They found somebody")
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "The slip changed while you were writing." in page
    assert "Will call at noon" in page
    assert "They found somebody" in page
    assert 'name="withdraw-version" type="hidden" value="2"' in page
    assert step(world.client(ana), slip, "withdraw", version=2, note="They found somebody").status_code == 303


def test_words_for_a_step_that_is_over_are_not_lost(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    take(world, group, slip, ana, Act.WITHDRAW)
    answer = step(world.client(rui), slip, "progress", version=1, note="We spoke for an hour")
    assert answer.status_code == 422
    assert "What you wrote is not lost" in answer.text
    assert "We spoke for an hour" in answer.text


def test_both_at_once_see_both_versions_and_nothing_is_lost(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    take(world, group, slip, ana, Act.WITHDRAW, note="They found somebody")
    fields = {"result": "won", "amount": "1,250", "note": "Signed this morning"}
    page = unescape(step(world.client(rui), slip, "close", version=1, **fields).text)
    meanwhile, _mark, own = page.partition("What you wrote is not lost")
    assert "What happened meanwhile" in meanwhile
    assert "They found somebody" in meanwhile
    assert [words in own for words in ("Won: it became business", "1,250", "Signed this morning")] == [
        True
    ] * 3
    assert slip_of(world, group, slip, rui).slip.state is SlipState.WITHDRAWN
    assert world.rows("referrals_thank_you") == 0


def test_nobody_is_shown_two_versions_of_a_slip_that_stood_still(
    world: World, ana: MemberLine, slip: str
) -> None:
    assert "While you were writing" not in step(world.client(ana), slip, "acknowledge", version=1).text


def test_an_ended_slip_is_taken_up_again_and_told_anew(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    of_rui, of_ana = world.client(rui), world.client(ana)
    step(of_rui, slip, "close", 1, result="not-ready")
    assert "Take it up again" in of_rui.get(at(slip)).text
    assert "Take it up again" not in of_ana.get(at(slip)).text
    assert step(of_rui, slip, "reopen", 2, note="They called back").status_code == 303
    page = of_ana.get(at(slip)).text
    assert "Taken up again" in page
    assert "They called back" in page
    assert step(of_rui, slip, "close", 3, result="won").status_code == 303
    assert slip_of(world, group, slip, ana).slip.state is SlipState.WON


def test_after_thirty_days_an_end_is_an_end_and_says_why(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    client = world.client(rui)
    step(client, slip, "close", 1, result="lost")
    world.pass_time(days=30, seconds=1)
    client = world.client(rui)
    assert "Take it up again" not in client.get(at(slip)).text
    answer = step(client, slip, "reopen", 2, note="After all")
    assert answer.status_code == 422
    assert "This slip ended more than 30 days ago and stays as it is." in answer.text
    assert "After all" in answer.text
    assert slip_of(world, group, slip, rui).slip.state is SlipState.LOST


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 50])
def test_a_version_that_is_no_number_fits_none(
    world: World, group: Group, rui: MemberLine, slip: str, version: str
) -> None:
    data = {"acknowledge-version": version, "acknowledge-form_token": "one"}
    assert world.client(rui).post(at(slip, "/steps/acknowledge"), data=data).status_code == 422
    assert slip_of(world, group, slip, rui).slip.version == 1


def test_a_double_tap_on_a_step_is_one_step(world: World, group: Group, rui: MemberLine, slip: str) -> None:
    client = world.client(rui)
    first, second = step(client, slip, "acknowledge"), step(client, slip, "acknowledge")
    assert [first.status_code, second.status_code] == [303, 303]
    assert slip_of(world, group, slip, rui).slip.version == 2


def test_a_note_of_a_hundred_thousand_letters_is_refused_and_kept(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    answer = step(world.client(rui), slip, "progress", note="n" * 100_000)
    assert answer.status_code == 422
    assert "Please shorten this to 2,000 characters; it has 100,000." in answer.text
    assert "n" * 100_000 in answer.text
    assert slip_of(world, group, slip, rui).slip.version == 1


def test_the_live_part_changes_with_the_other_sides_step_and_is_304_before(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    client = world.client(ana)
    first = client.get(at(slip, "/live"))
    assert "Not answered yet" in first.text
    mark = {"If-None-Match": first.headers["ETag"]}
    with world.statements() as seen:
        assert client.get(at(slip, "/live"), headers=mark).status_code == 304
    assert len(seen) <= GATE + 1
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    fresh = client.get(at(slip, "/live"), headers=mark)
    assert fresh.status_code == 200
    assert "Received" in fresh.text
    assert "<html" not in fresh.text


def test_the_slip_page_costs_three_statements_after_the_gate(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    client = world.client(rui)
    with world.statements() as few:
        client.get(at(slip))
    for _number in range(4):
        take(world, group, slip, rui, Act.PROGRESS, note="More")
    with world.statements() as many:
        client.get(at(slip))
    assert len(few) == len(many) <= GATE + 3

"""Asking a customer, on pages: for giver, receiver, an office, a colleague, a stranger with the link and one without it."""

import re
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugin_runtime.switching import switch_off
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.customers import Asking
from tests.support.slips import acting, passed_slip, take
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
PANEL = "The customer’s word"
YES = {"called": "yes", "helpful": "yes"}
OVER = "There is nothing to answer here"
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)
INVITES = "You can ask Café Miramar how it went"


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def rui(world: World, asking: Asking) -> MemberLine:
    return world.member(asking.group, "Rui Almeida")


@pytest.fixture
def ana(world: World, asking: Asking) -> MemberLine:
    return world.member(asking.group, "Ana Sousa")


@pytest.fixture
def slip(asking: Asking, rui: MemberLine, ana: MemberLine) -> str:
    """Rui gave it to Ana, and has reported."""
    return asking.handled(rui, ana, "yes")


def page_of(slip: str) -> str:
    return f"/g/harbour/referrals/slips/{slip}"


def asking_page(slip: str) -> str:
    return f"/g/harbour/credibility/slips/{slip}/customer"


def tokens(text: str) -> dict[str, str]:
    """Return the hidden fields of the page's form."""
    found = re.findall(r'<input[^>]*name="(form_token|started)"[^>]*value="([^"]*)"', text)
    return dict(found)


def ask(world: World, giver: MemberLine, slip: str, way: str = "link") -> TestResponse:
    client = world.client(giver)
    shown = client.get(asking_page(slip))
    assert shown.status_code == 200
    return client.post(asking_page(slip), data={**tokens(shown.text), "way": way})


def link_in(answer: TestResponse) -> str:
    """Return the path of the link that the page shows."""
    found = re.search(r"(/visit/harbour/credibility/confirm/\w+)", answer.text)
    assert found is not None, answer.text
    return found[1]


def answer(world: World, link: str, says: Mapping[str, str], *, after: float = 10) -> TestResponse:
    """Open the link without an account, and answer after so many seconds."""
    stranger = world.client()
    shown = stranger.get(link)
    world.pass_time(seconds=after)
    return stranger.post(link, data={**tokens(shown.text), **says})


def masked(text: str) -> str:
    return re.sub(r'name="[\w-]*(?:form_token|csrf_token|started)"[^>]*>', "", text)


def test_giver_makes_a_link_and_the_customer_answers_without_an_account(
    world: World, asking: Asking, rui: MemberLine, slip: str
) -> None:
    assert PANEL in world.client(rui).get(page_of(slip)).text
    made = ask(world, rui, slip)
    assert made.status_code == 200
    link = link_in(made)
    shown = world.client().get(link)
    assert "Rui Almeida of" in shown.text
    assert "recommended Ana Sousa to you" in shown.text
    assert "Any other answer changes nothing and is not kept." in shown.text
    done = answer(world, link, YES)
    assert (done.status_code, done.location) == (303, "/visit/harbour/credibility/thanks")
    assert "Nobody is told what you said." in world.client().get(done.location).text
    assert asking.kept() == [(False, True)]


def test_looking_changes_nothing(world: World, asking: Asking, rui: MemberLine, slip: str) -> None:
    """A mail scanner opens every link, more than once."""
    link = link_in(ask(world, rui, slip))
    for _ in range(3):
        assert world.client().get(link).status_code == 200
        assert world.client().head(link).status_code == 200
    assert asking.kept() == [(True, False)]


def test_every_dead_link_is_the_same_kind_page(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine, slip: str
) -> None:
    used = link_in(ask(world, rui, slip))
    answer(world, used, YES)
    replaced = link_in(ask(world, rui, slip))
    standing = link_in(ask(world, rui, slip))
    forgotten = link_in(ask(world, rui, asking.handled(rui, ana, "no")))
    with acting(world) as work:
        work.session.connection().exec_driver_sql(
            "update referrals_slip set state = 'withdrawn' where id = (select max(id) from referrals_slip)"
        )
        work.commit()
    tampered = standing[:-1] + ("0" if standing[-1] != "0" else "1")
    dead = [used, replaced, forgotten, tampered, standing.rpartition("/")[0] + "/nothing"]
    shown = [world.client().get(link) for link in dead]
    shown += [world.client().post(link, data=YES) for link in dead]
    world.pass_time(days=31)
    shown.append(world.client().get(standing))
    assert {one.status_code for one in shown} == {404}
    assert len({one.text for one in shown}) == 1
    assert OVER in shown[0].text


def test_link_leads_nowhere_while_credibility_or_referrals_are_off(
    world: World, asking: Asking, rui: MemberLine, slip: str
) -> None:
    link = link_in(ask(world, rui, slip))
    for name in ("referrals", "credibility"):
        with acting(world) as work:
            switch_off(work, world.held.registry, group_id=asking.group.id, name=name)
            work.commit()
        assert world.client().get(link).status_code == 404
        assert world.client().post(link, data=YES).status_code == 404
    assert asking.kept() == [(True, False)]


@pytest.mark.parametrize("said", [{}, {"called": "yes"}, {"called": "perhaps", "helpful": ""}])
def test_missing_answers_are_named_at_once_and_what_was_chosen_stays(
    world: World, asking: Asking, rui: MemberLine, slip: str, said: dict[str, str]
) -> None:
    link = link_in(ask(world, rui, slip))
    refused = answer(world, link, said)
    assert refused.status_code == 422
    missing = 2 - sum(value == "yes" for value in said.values())
    assert refused.text.count('class="field-error"') == missing
    assert ("checked" in refused.text) is (missing == 1)
    assert asking.kept() == [(True, False)]


def test_robots_change_nothing(world: World, asking: Asking, rui: MemberLine, slip: str) -> None:
    link = link_in(ask(world, rui, slip))
    assert answer(world, link, {**YES, "website": "https://spam.example"}).status_code == 303
    quick = answer(world, link, YES, after=1)
    assert (quick.status_code, "That was very quick." in quick.text) == (422, True)
    stranger = world.client()
    bare = stranger.post(link, data=YES)
    assert bare.status_code == 422
    assert asking.kept() == [(True, False)]
    world.pass_time(seconds=5)
    assert stranger.post(link, data={**tokens(bare.text), **YES}).status_code == 303


def test_one_network_answers_forty_times_an_hour(world: World, rui: MemberLine, slip: str) -> None:
    link = link_in(ask(world, rui, slip))
    stranger = world.client()
    statuses = [stranger.post(f"{link}x", data=YES).status_code for _ in range(41)]
    assert statuses == [404] * 40 + [429]


def test_receiver_offices_colleagues_and_strangers_see_nothing_of_it(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine, slip: str
) -> None:
    """Before and after it was asked and answered, whatever was answered, every page of theirs is the same."""
    president = world.member(asking.group, offices=[Office.PRESIDENT])
    colleague = world.member(asking.group)
    viewers = (ana, president, colleague)

    def seen() -> list[str]:
        paths = ["/g/harbour/", page_of(slip), asking_page(slip), "/g/harbour/credibility/"]
        paths += [f"/g/harbour/members/{ana.public_id}", "/g/harbour/credibility/schemes"]
        return [masked(world.client(one).get(path).text) for one in viewers for path in paths]

    before = seen()
    link = link_in(ask(world, rui, slip))
    assert seen() == before
    answer(world, link, YES)
    assert seen() == before
    for viewer in viewers:
        assert world.client(viewer).get(asking_page(slip)).status_code == 404
        assert world.client(viewer).post(asking_page(slip), data={"way": "link"}).status_code == 404
    assert world.client().get(asking_page(slip)).status_code == 303
    mill = world.member(world.group("mill", plugins=PLUGINS))
    assert world.client(mill).get(asking_page(slip)).status_code == 404


@pytest.mark.parametrize("says", [YES, {"called": "no", "helpful": "no"}, {}])
def test_giver_sees_that_it_was_asked_and_never_the_answer(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine, slip: str, says: dict[str, str]
) -> None:
    """Nor whether there was one, nor whether the receiver takes part."""
    link = link_in(ask(world, rui, slip))
    before = [masked(world.client(rui).get(path).text) for path in (page_of(slip), asking_page(slip))]
    with acting(world, ana) as work:
        say_part(work, asking.group, ana.id, "yes" if says else "object")
    if says:
        assert answer(world, link, says).status_code == 303
    after = [masked(world.client(rui).get(path).text) for path in (page_of(slip), asking_page(slip))]
    assert after == before
    assert "You made a link on" in after[0]
    assert "The last link was made on" in after[1]


def test_double_tap_makes_one_link_and_shows_it_again(
    world: World, asking: Asking, rui: MemberLine, slip: str
) -> None:
    client = world.client(rui)
    data = {**tokens(client.get(asking_page(slip)).text), "way": "link"}
    first, second = (client.post(asking_page(slip), data=data) for _ in range(2))
    assert link_in(first) == link_in(second)
    answer(world, link_in(first), YES)
    third = client.post(asking_page(slip), data=data)
    assert (third.status_code, third.location) == (303, asking_page(slip))
    assert asking.kept() == [(False, True)], "the used link did not come back"


def test_house_sends_one_mail_where_there_is_an_address(
    world: World, asking: Asking, rui: MemberLine, slip: str
) -> None:
    assert "Let Givefirst send one mail" not in world.client(rui).get(asking_page(slip)).text
    refused = ask(world, rui, slip, "mail")
    assert (refused.status_code, "No mail can go to them" in refused.text) == (422, True)
    asking.reached_at(slip, "kim@miramar.example")
    assert "Let Givefirst send one mail" in world.client(rui).get(asking_page(slip)).text
    sent = ask(world, rui, slip, "mail")
    assert (sent.status_code, sent.location) == (303, asking_page(slip))
    [(address, body)] = asking.mails()
    assert address == "kim@miramar.example"
    link = re.search(r"/visit/harbour/credibility/confirm/\w+", body)
    assert link is not None
    shown = world.client(rui).get(asking_page(slip)).text
    assert "A mail was sent on" in shown
    assert link[0] not in shown
    assert "Let Givefirst send one mail" not in shown
    assert "Nobody is told what you answer, or that you did" in body
    assert "Ana Sousa reads in a record of their own that a customer confirmed a report, not which." in body
    assert "Nobody sees" not in body, "two yeses are seen by what they lift"
    assert answer(world, link[0], YES).status_code == 303


def test_fourth_link_and_a_way_that_is_none_are_refused_in_words(
    world: World, rui: MemberLine, slip: str
) -> None:
    nowhere = ask(world, rui, slip, "pigeon")
    assert (nowhere.status_code, "Choose one of the answers." in nowhere.text) == (422, True)
    for _ in range(3):
        assert ask(world, rui, slip).status_code == 200
    refused = ask(world, rui, slip)
    assert refused.status_code == 422
    assert "You have made 3 links for this slip; there can be no more." in refused.text
    assert "ask the customer to look for it" in refused.text
    assert "A new one takes its place." not in refused.text


def test_before_the_report_there_is_nothing_to_ask(world: World, asking: Asking, rui: MemberLine) -> None:
    other = world.member(asking.group)
    fresh = passed_slip(world, asking.group, rui, other)
    assert PANEL not in world.client(rui).get(page_of(fresh)).text
    assert world.client(rui).get(asking_page(fresh)).status_code == 404


def test_own_page_says_why_a_report_has_a_full_voice(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine, slip: str
) -> None:
    answer(world, link_in(ask(world, rui, slip)), YES)
    asking.handled(world.member(asking.group), ana, "yes")
    asking.count()
    own = world.client(ana).get("/g/harbour/credibility/").text
    assert own.count("confirmed by the customer: a full voice") == 1
    assert "1.00" in own
    schemes = world.client(ana).get("/g/harbour/credibility/schemes").text
    assert "gets a full voice if the customer confirms it" in schemes


def test_slip_from_inside_asks_no_customer_since_that_is_the_givers_own_firm(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine
) -> None:
    inside = passed_slip(world, asking.group, rui, ana, tier="inside")
    world.pass_time(days=2)
    take(world, asking.group, inside, ana, Act.CLOSE, result=SlipState.WON)
    asking.says(rui, inside, "yes")
    assert PANEL not in world.client(rui).get(page_of(inside)).text
    assert world.client(rui).get(asking_page(inside)).status_code == 404


@pytest.mark.parametrize(("says", "days"), [("not-sure", 2), ("no", 2), ("yes", 9)])
def test_giver_is_not_invited_to_ask_where_a_yes_could_lift_nothing(
    world: World, asking: Asking, rui: MemberLine, ana: MemberLine, says: str, days: int
) -> None:
    """By what the giver knows: their own answer, and when contact was made."""
    slip = asking.handled(rui, ana, says, days=days)
    assert PANEL not in world.client(rui).get(page_of(slip)).text


def test_giver_with_a_record_is_not_invited_and_what_was_asked_stays_told(
    world: World,
    asking: Asking,
    rui: MemberLine,
    ana: MemberLine,
    slip: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    unasked = asking.handled(rui, ana, "yes")
    ask(world, rui, slip)
    for _ in range(2):
        asking.handled(world.member(asking.group), rui, "yes")
    asking.count()
    assert INVITES in world.client(rui).get(page_of(unasked)).text
    with acting(world, rui) as work:
        say_part(work, asking.group, rui.id, "yes")
    assert PANEL not in world.client(rui).get(page_of(unasked)).text
    asked = world.client(rui).get(page_of(slip)).text
    assert "You made a link on" in asked
    assert INVITES not in asked
    assert asking_page(slip) not in asked


def test_link_that_has_run_out_is_not_said_to_work(world: World, rui: MemberLine, slip: str) -> None:
    ask(world, rui, slip)
    before = world.client(rui).get(asking_page(slip)).text
    assert re.search(r"works until [^.]+ at the latest\. A new one takes its place\.", before)
    world.pass_time(days=31)
    after = world.client(rui).get(asking_page(slip)).text
    assert "and has run out." in after
    assert "works until" not in after

"""Slips kept as they are typed: for their author alone, in as many windows as they like, until they are passed."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from app.plugins.referrals.domain.draft import LONGEST, MOST
from tests.support.slips import SLIP_FORM
from tests.support.world import World

HERE = "/g/harbour/referrals"
NOTE = "MsoNormal\u00a0– “Zwei Küchen”\r\n\t• vor dem\u2028Sommer\x0b <b>dringend</b>"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida", trade="Electrician")


def keep(client: FlaskClient, *, token: str = "one", seen: int = 0, **typed: str) -> TestResponse:
    """Keep a draft as the script of the page does."""
    return client.post(
        f"{HERE}/drafts?seen={seen}",
        data={"form_token": token, **typed},
        headers={"Accept": "application/json"},
    )


def outbox(client: FlaskClient) -> str:
    return unescape(client.get(f"{HERE}/given").text)


def opened(client: FlaskClient, draft: str) -> str:
    return unescape(client.get(f"{HERE}/pass?draft={draft}").text)


def test_what_is_typed_is_kept_and_goes_on_where_it_was(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    kept = keep(client, prospect_name="Klara Teixeira", receiver=rui.public_id, how_well="4", agreed="y")
    assert kept.json == {"draft": "one", "version": 1, "note": ""}
    assert "Klara Teixeira" in outbox(client)
    page = opened(client, "one")
    assert 'value="Klara Teixeira"' in page
    assert f'selected value="{rui.public_id}"' in page
    assert 'name="form_token" type="hidden" value="one"' in page
    assert 'data-draft-version="1"' in page
    assert page.count("checked") >= 2


def test_a_box_that_was_not_ticked_can_be_ticked_in_the_draft(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, prospect_name="Klara Teixeira", agreed="")
    assert re.search(r'<input[^>]*name="agreed"[^>]*value="y"', opened(client, "one"))


def test_a_draft_says_nothing_to_anybody_else(world: World, ana: MemberLine, rui: MemberLine) -> None:
    keep(world.client(ana), prospect_name="Klara Teixeira", receiver=rui.public_id)
    other = world.client(rui)
    assert "Klara Teixeira" not in outbox(other) + opened(other, "one") + other.get("/g/harbour/").text
    answer = other.post(f"{HERE}/drafts/one/throw-away", data={"form_token": "x"})
    assert answer.status_code == 404
    assert world.rows("referrals_draft") == 1
    assert world.rows("notice") == world.rows("outgoing_mail") == world.rows("referrals_slip") == 0


def test_passing_a_draft_makes_one_slip_and_ends_the_draft(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    keep(client, prospect_name="Café Miramar")
    form = {**SLIP_FORM, "receiver": rui.public_id, "form_token": "one"}
    first = client.post(f"{HERE}/pass?draft=one", data=form)
    second = client.post(f"{HERE}/pass", data=form)
    assert first.headers["Location"] == second.headers["Location"]
    assert (world.rows("referrals_slip"), world.rows("referrals_draft")) == (1, 0)


def test_a_refused_slip_keeps_its_draft(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, prospect_name="Café Miramar")
    answer = client.post(
        f"{HERE}/pass?draft=one", data={"prospect_name": "Café Miramar", "form_token": "one"}
    )
    assert answer.status_code == 422
    assert 'value="Café Miramar"' in unescape(answer.text)
    assert world.rows("referrals_draft") == 1


def test_two_windows_with_one_draft_lose_nothing(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, about="First")
    newer = keep(client, seen=1, about="First, and more")
    older = keep(client, seen=1, about="First, but other")
    assert newer.json is not None
    assert older.json is not None
    assert (newer.json["draft"], newer.json["version"]) == ("one", 2)
    assert older.json["draft"] != "one"
    assert "Both are kept" in older.json["note"]
    assert "First, and more" in opened(client, "one")
    assert "First, but other" in opened(client, older.json["draft"])


def test_the_same_words_again_are_the_same_draft(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, about="First")
    again = keep(client, about="First")
    assert again.json == {"draft": "one", "version": 1, "note": ""}
    assert world.rows("referrals_draft") == 1


def test_words_typed_after_the_slip_was_passed_say_that_they_are_not_kept(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    client.post(f"{HERE}/pass", data={**SLIP_FORM, "receiver": rui.public_id, "form_token": "one"})
    late = keep(client, about="And one thing more")
    assert late.status_code == 422
    assert late.json is not None
    assert "has been passed in another window" in late.json["note"]
    assert world.rows("referrals_draft") == 0


def test_a_form_in_which_nothing_was_typed_is_no_draft(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    kept = keep(world.client(ana), receiver=rui.public_id, tier="outside", agreed_on="2026-11-24", about="  ")
    assert kept.json == {"draft": "one", "version": 0, "note": ""}
    assert world.rows("referrals_draft") == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"prospect_name": "N" * 200},
        {"prospect_name": "<script>alert(1)</script>"},
        {"agreed_on": "next Tuesday", "about": "x"},
        {"how_well": "99", "tier": "both", "about": "x"},
        {"about": NOTE},
    ],
)
def test_what_would_be_refused_is_kept_as_it_was_typed(
    world: World, ana: MemberLine, typed: dict[str, str]
) -> None:
    client = world.client(ana)
    assert keep(client, token="one", seen=0, **typed).status_code == 200
    answer = client.get(f"{HERE}/pass?draft=one")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<b>dringend" not in answer.text
    page = unescape(answer.text)
    shown = [text for name, text in typed.items() if name in {"prospect_name", "agreed_on"}]
    assert all(text in page for text in shown)
    if typed.get("about") == NOTE:
        assert "– “Zwei Küchen”\n\t• vor dem\u2028Sommer <b>dringend</b>" in page
    assert "Drafts</h2>" in outbox(client)


def test_a_draft_without_measure_is_refused_in_words_and_comes_back_in_the_form(
    world: World, ana: MemberLine
) -> None:
    client, text = world.client(ana), "ä" * (LONGEST + 1)
    by_script = keep(client, about=text)
    assert by_script.status_code == 422
    assert by_script.json is not None
    assert "A draft holds 30,000 characters, and this has 30,001." in by_script.json["note"]
    by_button = client.post(f"{HERE}/drafts", data={"form_token": "one", "about": text})
    assert by_button.status_code == 422
    assert text in by_button.text
    assert world.rows("referrals_draft") == 0


def test_the_most_drafts_are_kept_and_none_is_dropped_for_another(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    for number in range(MOST):
        assert keep(client, token=f"draft-{number}", about=f"Kitchen {number}").status_code == 200
    refused = keep(client, token="one-more", about="Kitchen again")
    assert refused.json is not None
    assert "You have 20 drafts" in refused.json["note"]
    assert keep(client, token="draft-0", seen=1, about="Kitchen 0, changed").status_code == 200


def test_without_script_a_button_keeps_the_draft(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    assert "Keep as a draft" in client.get(f"{HERE}/pass").text
    answer = client.post(f"{HERE}/drafts?seen=0", data={"form_token": "one", "about": "A kitchen"})
    assert answer.headers["Location"].endswith("/pass?draft=one")
    page = client.get(answer.headers["Location"]).text
    assert "Kept as a draft." in page
    assert "A kitchen" in page


def test_a_draft_is_thrown_away_once(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, about="A kitchen")
    thrown = [client.post(f"{HERE}/drafts/one/throw-away", data={"form_token": "t"}) for _tap in range(2)]
    assert [answer.status_code for answer in thrown] == [303, 303]
    assert world.rows("referrals_draft") == 0
    assert "The draft is thrown away." in outbox(client)


def test_the_page_to_pass_a_slip_says_how_many_drafts_wait(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    assert "wait for you" not in client.get(f"{HERE}/pass").text
    keep(client, token="one", about="A kitchen")
    keep(client, token="two", about="A roof")
    assert "2 drafts wait for you" in client.get(f"{HERE}/pass").text


def test_a_draft_nobody_touched_for_a_month_is_deleted(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    keep(client, token="old", about="A kitchen")
    world.clock.advance(timedelta(days=20))
    keep(client, token="new", about="A roof")
    world.clock.advance(timedelta(days=11))
    with world.app.app_context():
        for job in plugin_jobs(runtime()):
            job.run()
    page = outbox(client)
    assert "A roof" in page
    assert "A kitchen" not in page


def test_without_the_page_s_own_token_nothing_is_kept(world: World, ana: MemberLine) -> None:
    answer = keep(world.client(ana, csrf=True), about="A kitchen")
    assert answer.status_code == 400
    assert world.rows("referrals_draft") == 0


def test_a_stranger_keeps_nothing(world: World, group: Group) -> None:
    assert keep(world.client(), about="A kitchen").status_code == 303
    assert world.rows("referrals_draft") == 0


def test_a_script_that_passes_a_slip_is_told_where_it_is_and_why_not(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client, accepts = world.client(ana), {"Accept": "application/json"}
    form = {**SLIP_FORM, "receiver": rui.public_id, "form_token": "one"}
    refused = client.post(f"{HERE}/pass", data={**form, "agreed": ""}, headers=accepts)
    assert refused.status_code == 422
    assert refused.json is not None
    assert any("Ask them first" in reason for reason in refused.json["reasons"])
    first = client.post(f"{HERE}/pass", data=form, headers=accepts)
    again = client.post(f"{HERE}/pass", data=form, headers=accepts)
    assert first.json == again.json
    assert first.json is not None
    assert "Café Miramar" in client.get(first.json["location"]).text
    twin = client.post(f"{HERE}/pass", data={**form, "form_token": "two"}, headers=accepts)
    assert twin.json is not None
    assert "within the last 30 days" in twin.json["reasons"][0]
    assert world.rows("referrals_slip") == 1


def test_the_offline_page_and_its_worker_name_nobody(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(ana)
    client.get(f"{HERE}/pass")
    shell = client.get("/visit/harbour/referrals/slip/offline")
    worker = client.get("/visit/harbour/referrals/slip/worker.js")
    assert shell.status_code == worker.status_code == 200
    assert worker.headers["Service-Worker-Allowed"] == f"{HERE}/pass"
    assert not [
        name for name in ("Ana", "Rui", ana.public_id, rui.public_id) if name in shell.text + worker.text
    ]
    assert "csrf_token" not in shell.text
    assert "Set-Cookie" not in shell.headers
    assert "/static/js/slip/store.js" in worker.text
    assert world.client().get("/visit/harbour/referrals/slip/worker.js").text == worker.text


def test_the_worker_of_a_slip_takes_no_news_of_its_reader_away(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    passed = client.post(f"{HERE}/pass", data={**SLIP_FORM, "receiver": rui.public_id, "form_token": "one"})
    client.get("/visit/harbour/referrals/slip/worker.js")
    assert "The slip is passed." in client.get(passed.headers["Location"]).text

"""Founding a group in the browser: from nothing, by strangers and signed-in people, as the network chose."""

import re
from datetime import date, time
from typing import Final

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.founding.services import forget_foundings
from app.core.groups.domain.office import Office
from app.core.groups.queries import group_by_slug, switched_on
from app.extensions import limiter
from tests.support.reading import column, mailed_codes, sentence, words
from tests.support.world import World

HARBOUR: Final = {
    "founder": "Ana Maria Sousa",
    "email": "ana@sousa.example",
    "name": "Old Harbour",
    "kind": "referral-group",
    "weekday": "1",
    "week": "1",
    "wall_time": "07:00",
    "minutes": "90",
    "first_day": "",
    "zone": "Europe/Lisbon",
    "currency": "EUR",
    "place": "Café Central",
    "call_link": "https://call.example/harbour",
    "vocabulary": "standard",
    "attendance-cut_off_minutes": "5",
}


@pytest.fixture(autouse=True)
def no_tries_counted(world: World) -> None:
    """Let each test begin with nothing tried."""
    limiter.reset()


def fill_in(client: FlaskClient, **changes: str) -> TestResponse:
    """Send the form with some fields changed."""
    return client.post("/found", data={**HARBOUR, **changes})


def found_by_code(world: World, client: FlaskClient, **changes: str) -> TestResponse:
    """Fill the form in and type the code of the newest mail."""
    assert fill_in(client, **changes).location == "/account/code"
    email = changes.get("email", HARBOUR["email"])
    return client.post("/account/code", data={"email": email, "code": mailed_codes(world)[-1]})


def mailed_proofs(world: World) -> list[str]:
    """Return the path of every link that founds a group, oldest first."""
    bodies = " ".join(str(body) for body in column(world, "outgoing_mail", "body"))
    return [
        word.removeprefix("http://localhost")
        for word in bodies.split()
        if word.startswith("http://localhost/found/link/")
    ]


def test_from_an_empty_installation_a_stranger_founds_a_group_by_one_form_and_a_code(world: World) -> None:
    client = world.client()
    front = client.get("/")
    assert 'href="/found"' in front.text
    form = client.get("/found")
    assert form.status_code == 200
    founded = found_by_code(world, client)
    assert (founded.status_code, founded.location) == (303, "/g/old-harbour/")
    home = words(client.get("/g/old-harbour/"))
    assert "Old Harbour is founded, and you are its president." in home
    assert client.get("/network").status_code == 200
    assert (world.rows("person"), world.rows("account"), world.rows("outgoing_mail")) == (1, 1, 1)
    work = world.work()
    group = group_by_slug(work.session, "old-harbour")
    assert group is not None
    assert (group.zone, group.currency, group.kind) == ("Europe/Lisbon", "EUR", "referral-group")
    assert {"attendance", "referrals"} <= switched_on(work.session, group.id)
    work.rollback()
    world.assert_ledger_whole(group)


def test_the_meetings_are_on_the_calendar_with_room_call_and_cut_off(world: World) -> None:
    found_by_code(world, world.client())
    days = sorted(str(day) for day in column(world, "meeting", "local_date"))
    assert (days[0], days[1], len(days)) == ("2026-11-24", "2026-12-01", 13)
    assert set(column(world, "meeting", "place")) == {"Café Central"}
    assert set(column(world, "meeting", "call_link")) == {"https://call.example/harbour"}
    assert set(column(world, "meeting", "wall_time")) == {time(7)}
    assert column(world, "attendance_rule_set", "cut_off_minutes") == [5]
    assert column(world, "office_term", "office") == ["president"]


def test_the_mailed_link_founds_by_its_button_in_any_browser_once(world: World) -> None:
    fill_in(world.client())
    [link] = mailed_proofs(world)
    other = world.client()
    assert [other.get(link).status_code for _look in range(2)] == [200, 200]
    assert world.rows("member_group") == 0
    assert other.post(link).location == "/g/old-harbour/"
    assert other.get("/g/old-harbour/").status_code == 200
    assert [world.client().open(link, method=method).status_code for method in ("GET", "POST")] == [410, 410]
    assert world.rows("member_group") == 1


def test_a_roundtable_meets_monthly_and_passes_no_slips(world: World) -> None:
    found_by_code(
        world, world.client(), kind="roundtable", week="2", weekday="3", **{"attendance-cut_off_minutes": "0"}
    )
    days = [str(day) for day in column(world, "meeting", "local_date")]
    assert days[:2] == ["2026-12-10", "2027-01-14"]
    work = world.work()
    group = group_by_slug(work.session, "old-harbour")
    assert group is not None
    on = switched_on(work.session, group.id)
    work.rollback()
    assert "attendance" in on
    assert "referrals" not in on


def test_a_first_day_in_the_future_is_kept_to_the_rhythm(world: World) -> None:
    found_by_code(world, world.client(), first_day="2027-01-06")
    assert min(column(world, "meeting", "local_date")) == date(2027, 1, 12)  # type: ignore[type-var]  # days


def test_a_refused_form_keeps_everything_and_gives_every_reason(world: World) -> None:
    refused = fill_in(world.client(), email="not one", call_link="room 5", name='Ol’ "Harbour"')
    page = words(refused)
    assert refused.status_code == 422
    assert sentence("access.bad_address", address="not one") in page
    assert sentence("founding.no_call_link", link="room 5") in page
    assert 'value="room 5"' in refused.text
    assert "Ol’ &#34;Harbour&#34;" in refused.text
    assert '<option selected value="Europe/Lisbon">' in refused.text
    assert (world.rows("person"), world.rows("pending_founding"), world.rows("outgoing_mail")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "x" * 100_000), ("founder", ""), ("zone", "Nowhere/Land"), ("currency", "XXX"),
        ("kind", "club"), ("weekday", "9"), ("wall_time", "25:00"), ("minutes", "1"), ("minutes", "9" * 4000),
        ("attendance-cut_off_minutes", "9999"), ("vocabulary", "klingon"), ("first_day", "9999-12-31"), ("week", "7"),
    ],
)  # fmt: skip
def test_an_impossible_group_is_refused_with_a_sentence(world: World, field: str, value: str) -> None:
    refused = fill_in(world.client(), **{field: value})
    assert refused.status_code == 422
    assert "Please look at this again" in words(refused)
    assert world.rows("pending_founding") == 0


def test_a_known_address_and_a_new_one_are_answered_alike_and_found_with_the_same_account(
    world: World,
) -> None:
    known = world.member(world.group("mill"), "Ana Sousa", email="ana@sousa.example")
    open_to_all(world)
    answers = []
    for email in ("ana@sousa.example", "new@sousa.example"):
        client = world.client()
        asked = fill_in(client, email=email)
        page = re.sub(r'value="[\w-]{22}"', "", words(client.get("/account/code")))
        answers.append((asked.status_code, asked.location, page.replace(email, "")))
    assert answers[0] == answers[1]
    founded = found_by_code(world, world.client(), name="Known Harbour")
    assert founded.location == "/g/known-harbour/"
    assert column(world, "member", "person_id").count(known.person_id) == 2


def open_to_all(world: World) -> None:
    assert world.app.test_cli_runner().invoke(args=["network", "founding", "anyone"]).exit_code == 0


def test_somebody_who_is_signed_in_founds_at_once_and_a_double_tap_founds_one(world: World) -> None:
    ana = world.member(world.group("mill"), "Ana Sousa")
    open_to_all(world)
    client = world.client(ana)
    page = client.get("/found")
    assert 'name="email"' not in page.text
    body = {**HARBOUR, "form_token": "one-filling-in"}
    answers = [client.post("/found", data=body) for _tap in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, "/g/old-harbour/")] * 2
    assert world.rows("member_group") == 2
    assert client.post("/found", data={**body, "form_token": "another"}).location == "/g/old-harbour-2/"
    assert client.get("/network").status_code == 404


def test_a_strangers_double_tap_is_one_mail(world: World) -> None:
    assert [fill_in(world.client()).status_code for _tap in range(2)] == [303, 303]
    assert world.rows("outgoing_mail") == 1


def test_five_wrong_codes_end_the_code_and_leave_the_link(world: World) -> None:
    fill_in(world.client())
    [code] = mailed_codes(world)
    for number in range(1, 6):
        wrong = f"{(int(code) + number) % 1_000_000:06d}"
        assert (
            world.client().post("/account/code", data={"email": HARBOUR["email"], "code": wrong}).status_code
            == 422
        )
    right = world.client().post("/account/code", data={"email": HARBOUR["email"], "code": code})
    assert (right.status_code, world.rows("member_group")) == (422, 0)
    assert world.client().post(mailed_proofs(world)[0]).status_code == 303


@pytest.mark.parametrize(
    ("choice", "stranger", "member", "admin"),
    [("anyone", 200, 200, 200), ("accounts", 403, 200, 200), ("admins", 403, 403, 200)],
)
def test_who_may_found_is_the_networks_choice(
    world: World, choice: str, stranger: int, member: int, admin: int
) -> None:
    founder = world.client()
    found_by_code(world, founder)
    assert founder.post("/network", data={"founding": choice}).status_code == 303
    ana = world.client(world.member(world.group("mill"), offices=(Office.PRESIDENT,)))
    assert [one.get("/found").status_code for one in (world.client(), ana, founder)] == [
        stranger,
        member,
        admin,
    ]
    assert fill_in(world.client(), name="Another").status_code == (303 if stranger == 200 else 403)


def test_only_the_first_founder_looks_after_the_network(world: World) -> None:
    first, second = world.client(), world.client()
    found_by_code(world, first)
    found_by_code(world, second, email="rui@almeida.example", name="Mill")
    assert [one.get("/network").status_code for one in (first, second)] == [200, 404]
    assert world.client().get("/network").status_code == 303
    assert first.get("/g/mill/").status_code == 404
    assert first.post("/network", data={"founding": "nobody"}).status_code == 422


def test_groups_made_at_the_terminal_leave_founding_to_administrators(world: World) -> None:
    world.group("mill")
    assert world.client().get("/found").status_code == 403
    assert "administrators" in words(world.client().get("/found"))


def test_what_was_never_proved_is_forgotten_after_a_day_with_its_person(world: World) -> None:
    fill_in(world.client())
    world.pass_time(hours=24)
    assert world.client().get(mailed_proofs(world)[0]).status_code == 410
    work = world.work()
    assert forget_foundings(work) == 1
    work.commit()
    assert [world.rows(table) for table in ("pending_founding", "person", "outgoing_mail")] == [0, 0, 0]


def test_what_was_founded_stays_when_its_form_is_forgotten(world: World) -> None:
    found_by_code(world, world.client())
    world.pass_time(hours=25)
    work = world.work()
    assert forget_foundings(work) == 1
    work.commit()
    assert [world.rows(table) for table in ("pending_founding", "person", "account")] == [0, 1, 1]

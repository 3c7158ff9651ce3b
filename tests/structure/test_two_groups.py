"""Two groups in one house: nothing of the other is on any page, and no id of the other opens or does anything.

Both are groups of the demo network, so that each plugin fills its own tables. Every text of the other group that is
about people carries a mark; which texts these are is read from the tables.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table, select

from app import create_app
from app.core.access.domain.secret import hash_of
from app.core.clock import FixedClock
from app.core.database import Base, PersonalText
from app.core.groups.domain.office import Office
from app.extensions import db, limiter
from app.plugin_runtime.routing import ACCESS
from app.plugin_runtime.runtime import runtime
from app.web import members as member_pages
from tests.support.compiled import compile_once
from tests.support.engines import STARTS_AT, settings_for
from tests.support.neighbours import (
    EACH_ENDPOINT,
    MARK,
    OURS,
    PEOPLE,
    THEIRS,
    Neighbours,
    address_of,
    browsers_of,
    crawl,
    fill_what_no_demo_fills,
    gets,
    group_called,
    holder_of,
    mark_texts,
    members_of,
    things_of,
)
from tests.support.pages import Form, Page
from tests.support.reading import without_tokens
from tests.support.world import World

SLOW = pytest.mark.timeout(500)
"""Hundreds of pages: minutes where the machine has other work."""
OF_NO_GROUP = {"credibility_network_scheme"}
"""What the network has, under the number of no group."""


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    """Yield both groups, filled, with every text of theirs marked; shared by the tests of this file."""
    folder = tmp_path_factory.mktemp("two-groups")
    shutil.copyfile(sqlite_template, folder / "test.db")
    made = create_app(
        settings_for(folder, f"sqlite:///{folder / 'test.db'}"), clock=FixedClock(STARTS_AT), testing=True
    )
    made.config["WTF_CSRF_ENABLED"] = False
    compile_once(made)
    world = World(made)
    loaded = made.test_cli_runner().invoke(args=["demo", "load", "--members", str(PEOPLE), "--weeks", "6"])
    assert loaded.exit_code == 0, loaded.output
    with made.app_context():
        limiter.reset()
    town = Neighbours(
        app=made, world=world, ours=group_called(world, OURS), theirs=group_called(world, THEIRS)
    )
    fill_what_no_demo_fills(town)
    town.clients = browsers_of(town, town.ours)
    mark_texts(town)
    yield town
    world.close()
    with made.app_context():
        db.engine.dispose()


def test_each_plugins_demo_data_and_the_house_fill_every_table_with_texts_about_people(
    house: Neighbours,
) -> None:
    """A table without a marked row could leak unseen: let the plugin's `demo_data` fill it."""
    with_texts = {table.name for table in Base.metadata.sorted_tables if any(_personal(table))}
    assert sorted(with_texts - set(+house.marked)) == []
    for group in (house.ours, house.theirs):
        empty = {table for table, rows in house.rows(group).items() if not rows}
        assert empty == OF_NO_GROUP
    assert all(plugin.demo_data for plugin in runtime(house.app).registry.plugins)


def _personal(table: Table) -> Iterator[str]:
    return (column.name for column in table.columns if isinstance(column.type, PersonalText))


@SLOW
def test_nothing_of_the_other_group_is_on_any_page_and_none_is_broken(house: Neighbours) -> None:
    opened: dict[str, set[int]] = defaultdict(set)
    leaks, broken = list[str](), list[str]()
    pages = 0
    for place, (who, client) in enumerate(house.clients.items()):
        each = EACH_ENDPOINT if place < 3 else 1
        for endpoint, address, status, text in crawl(house, client, house.ours, each):
            pages += 1
            opened[endpoint].add(status)
            if MARK in text:
                leaks.append(f"{who} reads of the other group at {address}")
            if status >= 500:
                broken.append(f"{who} gets {status} at {address}")
    assert leaks == []
    assert broken == []
    assert pages > 300
    shut = {rule.endpoint for rule in gets(house)} - {
        name for name, found in opened.items() if min(found) < 400
    }
    assert {name for name in shut if house.app.extensions[ACCESS][name].realm == "group"} == set()


@SLOW
def test_the_mark_is_seen_in_the_group_it_belongs_to(house: Neighbours) -> None:
    """Else the crawl above would prove nothing."""
    president = house.world.client(holder_of(house, house.theirs, Office.PRESIDENT))
    read = list(crawl(house, president, house.theirs))
    assert [(address, status) for _endpoint, address, status, _text in read if status >= 500] == []
    with_mark = {endpoint for endpoint, _address, _status, text in read if MARK in text}
    assert len(with_mark) > 12
    assert {
        "group.members",
        "group.member",
        "group.meetings",
        "group.preview",
        "account.account",
        "group.attendance.palms_csv",
        "group.attendance.palms_xlsx",
        "group.attendance.palms_pdf",
    } <= with_mark
    of_plugins = {
        name.split(".")[1] for name in with_mark if name.startswith("group.") and name.count(".") == 2
    }
    with_texts = {
        plugin.manifest.name
        for plugin in runtime(house.app).registry.plugins
        if any(table.startswith(plugin.manifest.table_prefix) for table in +house.marked)
    }
    assert of_plugins == with_texts


def test_reading_pages_writes_nothing(house: Neighbours) -> None:
    president = house.world.client(holder_of(house, house.ours, Office.PRESIDENT))
    with house.world.statements() as statements:
        read = list(crawl(house, president, house.ours))
    assert len(read) > 50
    assert [
        one
        for one in statements
        if re.match(r"\s*(insert|update|delete|replace|merge)\b", one, re.IGNORECASE)
    ] == []


def opened_by_foreign_ids(house: Neighbours) -> tuple[int, list[str]]:
    """Return how many addresses were tried with an id of the other group, and which did not say that nothing is there."""
    ours, theirs = house.public_ids(house.ours), house.public_ids(house.theirs)
    leader = house.world.client(holder_of(house, house.ours, Office.PRESIDENT))
    tried, opened = 0, list[str]()
    for rule in house.app.url_map.iter_rules():
        for argument in sorted(rule.arguments & theirs.keys()):
            named = [{**ours, argument: [public_id]} for public_id in (theirs[argument][0], "2222aaaa3333")]
            foreign, unknown = (address_of(rule, house.ours, things) for things in named)
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                answers = [leader.open(address, method=method) for address in (foreign, unknown)]
                tried += 1
                is_shut = [one.status_code for one in answers] == [404, 404]
                if not is_shut or answers[0].data != answers[1].data:
                    opened.append(f"{method} {foreign}")
    return tried, opened


def test_an_id_of_the_other_group_in_an_address_is_not_there(house: Neighbours) -> None:
    before = house.rows(house.theirs)
    tried, opened = opened_by_foreign_ids(house)
    assert opened == []
    assert tried > 40
    assert house.rows(house.theirs) == before


def test_a_secret_of_the_other_group_opens_nothing_here(house: Neighbours) -> None:
    """It is answered as one that nobody ever made, and used up nowhere."""
    stranger, leader = (
        house.clients["stranger"],
        house.world.client(holder_of(house, house.ours, Office.PRESIDENT)),
    )
    rules = {rule.endpoint: rule for rule in house.app.url_map.iter_rules()}
    things, theirs = things_of(house, house.ours), house.secrets[house.theirs.slug]
    assert len(theirs) > 6
    for name, (secret,) in theirs.items():
        endpoint = name.partition("/")[0]
        rule, client = rules[endpoint], leader if endpoint.startswith("group.") else stranger
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        foreign, unknown = (
            client.open(address_of(rule, house.ours, {**things, name: [one]}), method=method)
            for one in (secret, "2222aaaa3333")
        )
        assert foreign.status_code == unknown.status_code, endpoint
        assert foreign.status_code >= 400 or method == "GET", endpoint
        assert without_tokens(foreign).replace(secret, "") == without_tokens(unknown).replace(
            "2222aaaa3333", ""
        ), endpoint
        at_home = address_of(rule, house.theirs, {**house.public_ids(house.theirs), name: [secret]})
        if method == "GET" and client is stranger:
            assert client.get(at_home).status_code == 200, endpoint


def test_a_page_that_forgets_the_group_is_seen(house: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = {
        one.public_id: one for group in (house.ours, house.theirs) for one in members_of(house, group)
    }
    monkeypatch.setattr(
        member_pages, "member_by_public_id", lambda _session, _group, wanted: everybody.get(wanted)
    )
    _tried, opened = opened_by_foreign_ids(house)
    assert {address.split("/")[3] for address in opened} == {"members"}


def test_a_list_that_forgets_the_group_is_seen(house: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [one for group in (house.ours, house.theirs) for one in members_of(house, group)]
    monkeypatch.setattr(member_pages, "members_on", lambda _session, _group, _day: everybody)
    client = house.clients["stranger"]
    assert not any(MARK in text for _name, _address, _status, text in crawl(house, client, house.ours, 1))
    client = house.world.client(holder_of(house, house.ours, Office.MENTOR))
    assert any(MARK in text for _name, _address, _status, text in crawl(house, client, house.ours, 1))


@SLOW
def test_an_id_of_the_other_group_in_a_form_is_refused(house: Neighbours) -> None:
    """Every form in which an id of the group stands is found on the pages; with an own id each one is accepted."""
    ours, theirs = house.public_ids(house.ours), house.public_ids(house.theirs)
    own = {public_id: kind for kind, found in ours.items() for public_id in found}
    found = dict(_forms_with_ids(house, own))
    assert {endpoint for endpoint, _field in found} >= {
        "group.offices",
        "group.referrals.pass_on",
        "group.referrals.thanks",
    }
    house.world.pass_time(minutes=1)  # a form is filled in by people, who need a moment
    for (endpoint, name), (client, form) in found.items():
        body = form.filled()
        before = house.rows(house.theirs)
        foreign = _anew({**body, name: theirs[own[body[name]]][0]}, "foreign")
        refused = client.post(form.action, data=foreign)
        assert refused.status_code == 422, (endpoint, name, refused.status_code)
        assert MARK not in refused.text
        accepted = client.post(form.action, data=_anew(body, f"own-{endpoint}-{name}"))
        if accepted.status_code == 422:
            # The page asks one more thing, such as whether it is another one: as a person would, say so.
            asked = next(one for one in Page(accepted.text).forms if name in one.filled())
            accepted = client.post(form.action, data=_anew(asked.filled(), f"again-{endpoint}-{name}"))
        assert accepted.status_code == 303, (endpoint, name, body, _reasons(accepted.text))
        assert house.rows(house.theirs) == before


def _forms_with_ids(
    house: Neighbours, own: dict[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[FlaskClient, Form]]]:
    for client in list(house.clients.values())[1:3]:
        for endpoint, address, _status, text in crawl(house, client, house.ours):
            for form in Page(text).forms:
                form.action = form.action or address
                for one in form.fields:
                    # A token says which sending it is; that of a draft is the draft's id, asked of its author alone.
                    if form.method == "post" and one.name != "form_token" and one.filled() in own:
                        yield (endpoint, one.name), (client, form)


def _anew(body: dict[str, str], token: str) -> dict[str, str]:
    """Return the form as if it had been opened again: what was sent before is another one."""
    return {field: token if field.endswith("form_token") else value for field, value in body.items()}


def _reasons(text: str) -> Sequence[str]:
    return re.findall(r'<li><a href="#[\w-]+">.*?</li>|<p class="field-error".*?</p>', text, re.DOTALL)


def test_a_session_of_somebody_else_cannot_be_ended(house: Neighbours) -> None:
    table = Base.metadata.tables["account_session"]
    client = next(reversed(house.clients.values()))
    with client.session_transaction() as cookie:
        own = hash_of(cookie["_user_id"])
    with house.session() as session:
        others = set(session.scalars(select(table.c.token_hash))) - {own}
    assert {client.post(f"/account/sessions/{key}/end").status_code for key in others} == {404}
    with house.session() as session:
        assert set(session.scalars(select(table.c.token_hash))) == others | {own}
    assert client.post(f"/account/sessions/{own}/end").status_code == 303


NONSENSE: Final[tuple[dict[str, str], ...]] = (
    {},
    {"form_token": "x", "version": "minus one", "to": "nowhere", "status": "?", "amount": "1.000,50"},
)


@pytest.mark.parametrize("office", [Office.PRESIDENT, Office.MENTOR])
def test_no_form_of_nothing_or_nonsense_breaks_anything(house: Neighbours, office: Office) -> None:
    """The last test of this file: some of these forms need no more than to be sent."""
    things = things_of(house, house.ours)
    holder = holder_of(house, house.ours, office)
    broken = list[str]()
    for rule in house.app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.endpoint != "account.sign_out":
            for body in NONSENSE:
                client = house.world.client(holder)
                answer = client.post(address_of(rule, house.ours, things), data=body)
                if answer.status_code >= 500:
                    broken.append(f"{answer.status_code} {rule.rule} {body}")
    assert broken == []

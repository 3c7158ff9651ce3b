"""Two groups of the demo network in one house, every text about people of the other one marked, and how to look around."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, literal, select, update
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

from app.core.access.services.accounts import open_account
from app.core.database import Base, PersonalText
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.events import PluginSwitched
from app.core.groups.queries import MemberLine, group_by_slug, members_on
from app.core.notices.services import notify
from app.core.sentences import N_
from app.plugin_runtime.runtime import runtime
from tests.support.pages import Page
from tests.support.sheets import csv_bytes
from tests.support.visitors import TODAY
from tests.support.world import World

OURS: Final = "harbour"
THEIRS: Final = "mill"
MARK: Final = "zqmillqz"
PEOPLE: Final = 9
"""As many as hold an office or none in the demo: the fewest that give every office its holder."""

SHOWN_TO_BOTH: Final = {("member_group", "name")}
"""What a member of both groups rightly reads in the one about the other."""
WORDS_OF_A_GROUP: Final = {"place", "topic", "call_link", "label", "outcome"}
"""Further text columns with what a group wrote, though not about people."""

EACH_ENDPOINT: Final = 2
"""How many addresses of one endpoint somebody opens who looks around thoroughly."""


@dataclass(kw_only=True)
class Neighbours:
    """The house with both groups, and a browser for each of those who look at ours."""

    app: Flask
    world: World
    ours: Group
    theirs: Group
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    marked: Counter[str] = field(default_factory=Counter)
    """How many rows of each table carry the mark."""

    @property
    def addresses(self) -> MapAdapter:
        """The URL map, to read which endpoint an address is of."""
        return self.app.url_map.bind("localhost")

    def public_ids(self, group: Group) -> dict[str, list[str]]:
        """Return the public ids of a group's things, by the last word of their table: `slip`, `member`, `meeting`."""
        found: dict[str, list[str]] = {}
        with self.session() as session:
            for table in Base.metadata.sorted_tables:
                if {"group_id", "public_id"} <= set(table.columns.keys()):
                    rows = session.scalars(
                        select(table.c.public_id)
                        .where(table.c.group_id == group.id)
                        .order_by(table.c.id.desc())
                    )
                    found[table.name.rpartition("_")[2]] = list(rows)
        return found

    def session(self) -> Session:
        """Return a session of its own."""
        return self.world.held.new_session()

    def rows(self, group: Group) -> dict[str, int]:
        """Return how many rows each table keeps of a group."""
        with self.session() as session:
            return {
                table.name: len(
                    session.execute(select(table.c.group_id).where(table.c.group_id == group.id)).all()
                )
                for table in Base.metadata.sorted_tables
                if "group_id" in table.columns
            }


def group_called(world: World, slug: str) -> Group:
    with world.held.new_session() as session:
        found = group_by_slug(session, slug)
    assert found is not None
    return found


def members_of(town: Neighbours, group: Group) -> list[MemberLine]:
    with town.session() as session:
        return members_on(session, group.id, TODAY)


def browsers_of(town: Neighbours, group: Group) -> dict[str, FlaskClient]:
    """Return a browser for everybody in the group, and one for a stranger."""
    work = town.world.work()
    people = members_of(town, group)
    for one in people:
        open_account(work, person_id=one.person_id, email=one.email)
    work.commit()
    return {"stranger": town.world.client(), **{one.name: town.world.client(one) for one in people}}


def fill_what_no_demo_fills(town: Neighbours) -> None:
    """Bring a file to each group, send an invitation and a notice, and give one ledger entry a reason."""
    for group in (town.ours, town.theirs):
        president = holder_of(town, group, Office.PRESIDENT)
        client = town.world.client(president)
        roster = csv_bytes([("First Name", "Last Name", "Profession"), ("Newly", "Named", "Baker")])
        data = {"file": (BytesIO(roster), "roster.csv")}
        assert client.post(f"/g/{group.slug}/import", data=data).status_code == 303
        assert client.post(f"/g/{group.slug}/members/{president.public_id}/invite").status_code == 303
        work = town.world.work()
        notify(work, group_id=group.id, member_id=president.id, kind="x", text=N_("A word to you."))
        work.record(PluginSwitched(group_id=group.id, plugin="none", is_on=False), reason="because")
        work.commit()


def holder_of(town: Neighbours, group: Group, office: Office) -> MemberLine:
    table = Base.metadata.tables["office_term"]
    with town.session() as session:
        key = session.scalar(
            select(table.c.member_id).where(table.c.group_id == group.id, table.c.office == office.value)
        )
    return next(one for one in members_of(town, group) if one.id == key)


def mark_texts(town: Neighbours) -> None:
    """Put the mark before every text of their group, and of the people who are in theirs alone."""
    member = Base.metadata.tables["member"]
    ours = select(member.c.person_id).where(member.c.group_id == town.ours.id)
    theirs = select(member.c.person_id).where(
        member.c.group_id == town.theirs.id, member.c.person_id.not_in(ours)
    )
    account = Base.metadata.tables["account"]
    with town.session() as session:
        for table in Base.metadata.sorted_tables:
            for column in _texts(table):
                if "group_id" in table.columns:
                    whose = table.c.group_id == town.theirs.id
                elif table.name == "person":
                    whose = table.c.id.in_(theirs)
                elif "person_id" in table.columns:
                    whose = table.c.person_id.in_(theirs)
                else:
                    whose = table.c.account_id.in_(
                        select(account.c.id).where(account.c.person_id.in_(theirs))
                    )
                marked = (
                    update(table)
                    .where(whose, table.c[column].is_not(None))
                    .values({column: literal(MARK) + table.c[column]})
                )
                result: Any = session.execute(marked)
                town.marked[table.name] += result.rowcount
        session.commit()


def _texts(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, PersonalText)
        or (column.name in WORDS_OF_A_GROUP and "group_id" in table.columns)
        if (table.name, column.name) not in SHOWN_TO_BOTH
    ]


def address_of(rule: Rule, group: Group, things: dict[str, list[str]], number: int = 0) -> str:
    """Return an address of the rule in the group that names its `number`th thing of each kind."""
    address = rule.rule.replace("<group>", group.slug)
    for argument in sorted(rule.arguments - {"group"}):
        known = things.get(argument, [argument])
        address = address.replace(f"<{argument}>", known[min(number, len(known) - 1)])
    return address


def gets(town: Neighbours) -> list[Rule]:
    """Return the rule of every address that can be opened."""
    return [
        rule
        for rule in town.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    ]


def crawl(
    town: Neighbours, client: FlaskClient, group: Group, each: int = EACH_ENDPOINT
) -> Iterator[tuple[str, str, int, str]]:
    """Yield endpoint, address, status and text of what the visitor finds: by links, and by knowing every address."""
    things = {**town.public_ids(group), "plugin": list(runtime(town.app).registry.by_name)}
    known = [address_of(rule, group, things, number) for rule in gets(town) for number in range(each)]
    waiting, seen = deque([f"/g/{group.slug}/", *known]), set[str]()
    opened = Counter[str]()
    while waiting:
        address = waiting.popleft().partition("#")[0]
        endpoint = _endpoint(town, address)
        if address in seen or not endpoint or opened[endpoint] >= each + _has_query(address):
            continue
        if _is_of_another(address, group):
            continue
        seen.add(address)
        opened[endpoint] += 1
        answer = client.get(address)
        yield endpoint, address, answer.status_code, answer.text
        if answer.mimetype == "text/html":
            waiting.extendleft(Page(answer.text).links)


def _has_query(address: str) -> int:
    return 1 if "?" in address else 0


def _is_of_another(address: str, group: Group) -> bool:
    found = re.match(r"/(?:g|door|visit)/([^/]+)", address)
    return found is not None and found[1] != group.slug


def _endpoint(town: Neighbours, address: str) -> str:
    try:
        endpoint, _values = town.addresses.match(address.partition("?")[0], method="GET")
    except HTTPException:
        return ""
    return "" if endpoint == "static" else str(endpoint)

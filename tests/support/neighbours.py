"""Two groups of the demo network in one house, every text about people of the other one marked, and how to look around."""

import json
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, ColumnElement, Table, false, or_, select, true, update
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule
from werkzeug.test import TestResponse

from app.core.access.services.accounts import open_account
from app.core.database import Base, PersonalText
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, group_by_slug, members_on
from app.plugin_runtime.runtime import runtime
from tests.support.pages import Page
from tests.support.rare_things import ask_for_a_group, keep_rare_things, leader_of, secrets_of
from tests.support.reading_files import text_of_pdf
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
CODES_AMONG_WORDS: Final = {("firstyear_talk", "outcome"), ("referrals_prospect", "agreed_how")}
"""Columns called like those, or told of people, that hold a code of the house: no text stands in them."""
JSON_OR_NOTHING: Final = {("import_batch", "answers")}
"""Columns with JSON, empty where nothing was said."""

EACH_ENDPOINT: Final = 2
"""How many addresses of one endpoint somebody opens who looks around thoroughly."""


FURTHER_WORDS: Final = {
    "act": ["acknowledge"],
    "code": ["AAAA2222"],
    "key": ["today"],
    "letter": ["call"],
    "which": ["first"],
    "number": ["1"],
    "preset": ["substitutes"],
    "wording": ["meetings.moved"],
    "name": ["members"],
    "office": [Office.PRESIDENT.value],
}
"""What else stands in addresses and is the same in every group."""
_OTHER_WORDS: Final = {
    "activities_one_to_one": "talk",
    "firstyear_exit": "leaver",
    "firstyear_mentor_ask": "mentoring",
    "firstyear_talk": "review",
    "referrals_thank_you": "thanks",
}
"""Tables whose things addresses call by another word than the last of the table's name."""


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
    secrets: dict[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """The secrets in each group's addresses, by `endpoint/argument`."""

    @property
    def addresses(self) -> MapAdapter:
        """The URL map, to read which endpoint an address is of."""
        return self.app.url_map.bind("localhost")

    def public_ids(self, group: Group) -> dict[str, list[str]]:
        """Return the public ids of a group's things, by the last word of their table: `slip`, `member`, `meeting`."""
        with self.session() as session:
            return public_ids(session, group)

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


def public_ids(session: Session, group: Group, of_member: int | None = None) -> dict[str, list[str]]:
    """Return the public ids of a group's things, newest first; with `of_member` only what is that member's."""
    found: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        if not {"group_id", "public_id"} <= set(table.columns.keys()):
            continue
        query = (
            select(table.c.public_id)
            .where(table.c.group_id == group.id)
            .order_by((table.c.id if "id" in table.columns else table.c.public_id).desc())
        )
        whose = [column for column in table.columns if column.name.endswith("member_id")]
        if of_member is not None:
            query = query.where(or_(false(), *(column == of_member for column in whose)))
        word = _OTHER_WORDS.get(table.name, table.name.rpartition("_")[2])
        found[word] = list(session.scalars(query))
    return found


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
    """Keep one of each rare thing in each group, and know the secrets in its addresses."""
    for group in (town.ours, town.theirs):
        leader = leader_of(town.world, group, holder_of(town, group, Office.PRESIDENT))
        keep_rare_things(leader)
        town.secrets[group.slug] = secrets_of(leader)
    ask_for_a_group(town.world)


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
                elif "account_id" in table.columns:
                    whose = table.c.account_id.in_(
                        select(account.c.id).where(account.c.person_id.in_(theirs))
                    )
                else:
                    whose = (
                        true()
                    )  # what strangers fill in belongs to no group yet, and stands on no page of one
                town.marked[table.name] += _mark(session, table, table.c[column], whose)
        session.commit()


def _mark(session: Session, table: Table, column: Column[Any], whose: ColumnElement[bool]) -> int:
    """Put the mark before the column's text in these rows, inside where it is JSON; return in how many."""
    texts = session.scalars(select(column).where(whose, column.is_not(None)).distinct()).all()
    if (table.name, column.name) in JSON_OR_NOTHING:
        texts = [text for text in texts if text]
    marked = 0
    for text in texts:
        change = update(table).where(whose, column == text).values({column: _marked(text)})
        result: Any = session.execute(change)
        marked += result.rowcount
    return marked


def _marked(text: str) -> str:
    return json.dumps(_marked_within(json.loads(text))) if text[:1] in {"{", "["} else MARK + text


def _marked_within(value: Any) -> Any:
    """Return the value with the mark before each text of more than one word: shorter ones may be codes of the house."""
    if isinstance(value, dict):
        return {_marked_within(name): _marked_within(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_marked_within(one) for one in value]
    return MARK + value if isinstance(value, str) and " " in value else value


def _texts(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, PersonalText)
        or (column.name in WORDS_OF_A_GROUP and "group_id" in table.columns)
        if (table.name, column.name) not in SHOWN_TO_BOTH | CODES_AMONG_WORDS
    ]


def address_of(rule: Rule, group: Group, things: Mapping[str, list[str]], number: int = 0) -> str:
    """Return an address of the rule in the group that names its `number`th thing of each kind."""
    address = rule.rule.replace("<group>", group.slug)
    for argument in sorted(rule.arguments - {"group"}):
        known = things.get(f"{rule.endpoint}/{argument}") or things.get(argument) or [argument]
        address = address.replace(f"<{argument}>", known[min(number, len(known) - 1)])
    return address


def text_of(answer: TestResponse) -> str:
    """Return all that can be read in an answer: of a packed file every part, of a PDF the letters on its pages."""
    if answer.data.startswith(b"%PDF-"):
        return text_of_pdf(answer.data)
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(answer.data)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return (
        answer.data.decode("latin-1")
        if str(answer.mimetype).startswith(("image/", "audio/"))
        else answer.text
    )


def gets(town: Neighbours) -> list[Rule]:
    """Return the rule of every address that can be opened."""
    return [
        rule
        for rule in town.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    ]


def things_of(town: Neighbours, group: Group) -> dict[str, list[str]]:
    """Return what fills the group's addresses: public ids, secrets, and words."""
    plugins = list(runtime(town.app).registry.by_name)
    return {**FURTHER_WORDS, "plugin": plugins, **town.public_ids(group), **town.secrets[group.slug]}


def crawl(
    town: Neighbours, client: FlaskClient, group: Group, each: int = EACH_ENDPOINT
) -> Iterator[tuple[str, str, int, str]]:
    """Yield endpoint, address, status and text of what the visitor finds: by links, and by knowing every address."""
    things = things_of(town, group)
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
        yield endpoint, address, answer.status_code, text_of(answer)
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

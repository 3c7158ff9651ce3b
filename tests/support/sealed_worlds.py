"""Two houses from one file that differ only in a sealed report, and everything that anybody can see or is sent in each."""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.core.access.queries import account_of_person
from app.core.access.services.accounts import open_account
from app.core.access.services.sessions import start_session
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import Ids, RandomIds, SeededIds
from app.extensions import db, limiter
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.reporting import GiveReport, give_report
from tests.support.compiled import compile_once
from tests.support.engines import STARTS_AT, settings_for
from tests.support.neighbours import (
    OURS,
    THEIRS,
    Neighbours,
    crawl,
    fill_what_no_demo_fills,
    group_called,
    holder_of,
    members_of,
)
from tests.support.slips import acting, passed_slip, take
from tests.support.world import World

MEMBERS: Final = 9
WEEKS: Final = 6
LATER_KEYS: Final = 1 << 61
"""Beyond all keys of the origin, and the same ones in both houses."""
TOKENS: Final = re.compile(r'name="[\w-]*(?:form_token|csrf_token)"[^>]*>')
"""What differs each time a form is drawn, in whichever form of a page."""
CALENDAR_UID: Final = re.compile(r"^UID:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\r?$", re.MULTILINE)
"""The calendar itself is named anew each time it is drawn."""
PACKED_AT: Final = "docProps/core.xml"
"""The part of a workbook that holds when it was made."""
PUBLIC_ID: Final = re.compile(r"\b[23456789abcdefghjkmnpqrstuvwxyz]{12}\b")
LETTER: Final = ("person_id", "kind", "subject_key", "period", "subject", "body", "state", "due_at_utc")
NOTICE: Final = ("member_id", "kind", "text", "path", "at_utc", "read_at_utc")
COMPARED: Final = (
    "ETag",
    "Location",
    "Content-Type",
    "Content-Disposition",
    "Last-Modified",
    "Cache-Control",
)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The file that both houses are copies of: a slip that was won just now, on which nobody has said a word yet."""

    file: Path
    slip: str
    giver: MemberLine
    receiver: MemberLine
    tokens: Mapping[str, str]
    """The session of everybody who looks, by their name."""
    ids: frozenset[str]
    """Every public id that both houses begin with. Those drawn since are chance, and differ wherever one house drew once more."""
    secrets: Mapping[str, Mapping[str, list[str]]]

    def author(self, side: str) -> MemberLine:
        """Return whose report it is."""
        return self.giver if side == "giver" else self.receiver


@dataclass(kw_only=True)
class House:
    """One of the two houses."""

    world: World
    group: Group
    origin: Origin
    town: Neighbours
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def report(self, side: str, answer: str) -> None:
        """Let one side give their report."""
        member = self.origin.author(side)
        with acting(self.world, member) as work:
            give_report(
                work,
                GiveReport(group_id=self.group.id, slip=self.origin.slip, member=member.id, answer=answer),
            )

    def let_time_pass(self, **duration: float) -> None:
        """Let time pass, and the jobs of the plugins run, as the worker does."""
        self.world.clock.advance(timedelta(**duration))
        with self.world.app.app_context():
            limiter.reset()
            run_all(plugin_jobs(self.world.held))

    def sees(self, viewer: str, addresses: Sequence[str]) -> dict[str, object]:
        """Return every answer that the viewer gets, to the byte but for the tokens that differ each time."""
        return {address: self._answer(viewer, address) for address in addresses}

    def _answer(self, viewer: str, address: str) -> object:
        answer = self.clients[viewer].get(address)
        return answer.status_code, [(name, answer.headers.get(name)) for name in COMPARED], body_of(answer)

    def is_sent(self, author: MemberLine) -> list[tuple[object, ...]]:
        """Return every mail and every notice to anybody but the author."""
        return [
            *self._rows("outgoing_mail", LETTER, "person_id", author.person_id),
            *self._rows("notice", NOTICE, "member_id", author.id),
        ]

    def _rows(self, table: str, names: Sequence[str], whose: str, author: int) -> list[tuple[object, ...]]:
        work = self.world.work()
        query = f"SELECT {', '.join(names)} FROM {table} WHERE {whose} <> {author}"
        rows = work.session.connection().exec_driver_sql(query).all()
        work.rollback()
        return sorted((tuple(map(self._with_old_ids, row)) for row in rows), key=repr)

    def _with_old_ids(self, value: object) -> object:
        """Return a text with each public id that was drawn since the beginning as the same word."""
        if not isinstance(value, str):
            return value
        return PUBLIC_ID.sub(lambda found: found[0] if found[0] in self.origin.ids else "drawn-since", value)


def body_of(answer: TestResponse) -> object:
    """Return all bytes of an answer, but for what differs each time it is made: form tokens, when a file was packed."""
    if answer.mimetype == "text/html":
        return TOKENS.sub("", answer.text)
    if answer.mimetype == "text/calendar":
        return CALENDAR_UID.sub("", answer.text)
    if not answer.data.startswith(b"PK"):
        return answer.data
    with zipfile.ZipFile(BytesIO(answer.data)) as parts:
        return [(name, parts.read(name)) for name in parts.namelist() if name != PACKED_AT]


def origin_in(folder: Path, template: Path) -> Origin:
    """Return a filled house, with a session for each who looks, put down in a file."""
    file = folder / "origin.db"
    shutil.copyfile(template, file)
    with opened(folder, file, RandomIds()) as world:
        runner = world.app.test_cli_runner()
        loaded = runner.invoke(args=["demo", "load", "--members", str(MEMBERS), "--weeks", str(WEEKS)])
        assert loaded.exit_code == 0, loaded.output
        town = town_of(world)
        fill_what_no_demo_fills(town)
        people = members_of(town, town.ours)
        president = holder_of(town, town.ours, Office.PRESIDENT)
        giver, receiver, bystander = [one for one in people if one.id != president.id][:3]
        slip = passed_slip(world, town.ours, giver, receiver)
        take(world, town.ours, slip, receiver, Act.CLOSE, result=SlipState.WON)
        viewers = {"giver": giver, "receiver": receiver, "president": president, "bystander": bystander}
        tokens = {name: session_of(world, member) for name, member in viewers.items()}
        secrets = dict(town.secrets)
        groups = (town.ours, town.theirs)
        ids = {one for group in groups for found in town.public_ids(group).values() for one in found}
    return Origin(
        file=file,
        slip=slip,
        giver=giver,
        receiver=receiver,
        tokens=tokens,
        ids=frozenset(ids),
        secrets=secrets,
    )


@contextmanager
def house_from(origin: Origin, folder: Path, name: str) -> Iterator[House]:
    """Lend a house of its own that begins as the origin stands."""
    file = folder / f"{name}.db"
    shutil.copyfile(origin.file, file)
    with opened(folder, file, SeededIds(5, LATER_KEYS)) as world:
        town = town_of(world)
        town.secrets = dict(origin.secrets)
        house = House(world=world, group=town.ours, origin=origin, town=town)
        house.clients = {name: browser_with(world, token) for name, token in origin.tokens.items()}
        house.clients["stranger"] = world.client()
        yield house


def addresses_for(house: House, viewer: str, each: int = 2) -> list[str]:
    """Return what the viewer finds by links and by knowing every address of the URL map, a few of each endpoint."""
    return [
        address
        for _endpoint, address, _status, _text in crawl(house.town, house.clients[viewer], house.group, each)
    ]


def differences(one: House, other: House, viewer: str, addresses: Sequence[str]) -> list[str]:
    """Return each address at which the viewer is answered differently in the two houses."""
    seen, there = one.sees(viewer, addresses), other.sees(viewer, addresses)
    return [f"{viewer}: {address}" for address in addresses if seen[address] != there[address]]


@contextmanager
def opened(folder: Path, file: Path, ids: Ids) -> Iterator[World]:
    """Lend the application on that file."""
    app = create_app(
        settings_for(folder, f"sqlite:///{file}"),
        clock=FixedClock(STARTS_AT + timedelta(hours=4)),
        ids=ids,
        testing=True,
    )
    app.config["WTF_CSRF_ENABLED"] = False
    compile_once(app)
    with app.app_context():
        limiter.reset()
    world = World(app)
    try:
        yield world
    finally:
        world.close()
        with app.app_context():
            db.engine.dispose()


def town_of(world: World) -> Neighbours:
    """Return both groups of the house."""
    ours, theirs = group_called(world, OURS), group_called(world, THEIRS)
    return Neighbours(app=world.app, world=world, ours=ours, theirs=theirs)


def session_of(world: World, member: MemberLine) -> str:
    """Return the token of a new session of the member."""
    work = world.work()
    open_account(work, person_id=member.person_id, email=member.email)
    work.commit()
    account = account_of_person(work.session, member.person_id)
    work.rollback()
    assert account is not None
    return start_session(world.work(), account.id, device_name="Test")


def browser_with(world: World, token: str) -> FlaskClient:
    """Return a browser that is signed in by the token."""
    client = world.app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client

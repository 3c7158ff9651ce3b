"""A house for worlds that differ in one member's secrets: eight have surfaced records, X has what a world says, time goes on.

One file is the beginning of every world. It is kept in memory and laid over the house's own file again and again, so that a
world costs a fraction of a second. Slips are rows copied from one that was passed and won by the services.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy import delete, event, insert, or_, select, update
from sqlalchemy.orm import Session

from app.core.database import Base
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, offices_of_members
from app.core.ids import Ids, PublicId, RandomIds, SeededIds
from app.core.notices.digest import gather_digests
from app.core.notices.services import Letter, Sending, write_to
from app.core.work import UnitOfWork
from app.extensions import db, limiter
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.store import put_part
from tests.support.neighbours import (
    Neighbours,
    fill_what_no_demo_fills,
    holder_of,
    members_of,
)
from tests.support.sealed_worlds import LATER_KEYS, browser_with, opened, session_of, town_of
from tests.support.secret_slips import BEGINS, Slip, SlipCopies
from tests.support.slips import TODAY, acting
from tests.support.world import LONG_AGO, World

MEMBERS: Final = 12
WEEKS: Final = 8
FIRST_COUNT: Final = datetime(2026, 12, 7, 8, tzinfo=UTC)
SECOND_COUNT: Final = FIRST_COUNT + timedelta(days=7)
MIDWEEK: Final = SECOND_COUNT + timedelta(days=2, hours=2)
THIRD_COUNT: Final = SECOND_COUNT + timedelta(days=7)

AGES: Final = (650, 300, 40, 20)
"""How many days before the beginning each colleague passed X a slip."""
OUT_AGES: Final = (30, 80, 400, 410, 420)
"""The same for what X passed: the first two make those colleagues' late reports favours returned."""


class IdsAgain:
    """Ids that begin anew with each world, beyond all keys of the beginning."""

    def __init__(self, seed: int = 0) -> None:
        self._ids: Ids = RandomIds()
        self._seed = seed

    def begin(self) -> None:
        """Give the same ids again as after the last beginning. Public ids are of this house alone, as chance has it."""
        self._ids = SeededIds(self._seed, LATER_KEYS)

    def key(self) -> int:
        return self._ids.key()

    def public_id(self) -> PublicId:
        return self._ids.public_id()

    def secret(self) -> str:
        return self._ids.secret()


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who plays: X, whom it is about; those who lead, a bystander, and the colleagues who could have reported on X."""

    x: MemberLine
    leaders: Sequence[MemberLine]
    bystander: MemberLine
    colleagues: Sequence[MemberLine]
    """The first three have a record of their own, the others speak with a new voice."""
    to_x: Sequence[Slip]
    """One of each colleague for each of `AGES`, the oldest first."""
    by_x: Sequence[Slip]
    spare: Sequence[Slip]
    """Slips between others, on which reports come in while X's secrets move: the same in every world."""

    @property
    def surfaced(self) -> list[MemberLine]:
        """Those whose record everybody sees."""
        return [*self.leaders, self.bystander, *self.colleagues[:3]]

    @property
    def lookers(self) -> dict[str, MemberLine]:
        """The members of the group who look, or could."""
        leaders = {f"leader {number}": one for number, one in enumerate(self.leaders)}
        middle = {f"colleague {number}": one for number, one in enumerate(self.colleagues[1:-1], 1)}
        named = {"bystander": self.bystander, "colleague": self.colleagues[0]}
        return {**leaders, **named, **middle, "new voice": self.colleagues[-1]}


@dataclass(kw_only=True)
class SecretOrigin:
    """The beginning of every world: its file in memory, who plays, and a session for each."""

    memory: sqlite3.Connection
    file: Path
    cast: Cast
    tokens: Mapping[str, str]
    ids: frozenset[str]
    secrets: Mapping[str, Mapping[str, list[str]]]


@dataclass(kw_only=True)
class SecretHouse:
    """A house that is the same at the beginning of each world that is lived in it."""

    world: World
    group: Group
    origin: SecretOrigin
    town: Neighbours
    ids: IdsAgain
    file: Path
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    statements: int = 0

    def begin(self) -> None:
        """Lay the beginning over everything that happened."""
        with self.world.app.app_context():
            limiter.reset()
        target = sqlite3.connect(self.file)
        try:
            self.origin.memory.backup(target)
        finally:
            target.close()
        self.ids.begin()
        self.world.clock.move_to(BEGINS)
        self.clients = {who: browser_with(self.world, token) for who, token in self.origin.tokens.items()}
        self.clients["stranger"] = self.world.app.test_client()

    def run_jobs(self, *, all_of_them: bool = False) -> None:
        """Let the weekly counting and what else credibility does by itself run, or every job of a plugin; then the digests."""
        jobs = plugin_jobs(self.world.held)
        with self.world.app.app_context():
            run_all([job for job in jobs if all_of_them or job.name.startswith("credibility.")])
        with self.doing() as work:
            gather_digests(work)
            work.commit()

    def are_seen(self) -> None:
        """Let every session have been used just now: how long ago is written as it happens, and no matter of records."""
        session = Base.metadata.tables["account_session"]
        with self.doing() as work:
            work.session.execute(update(session).values(seen_at_utc=self.world.now))
            work.commit()

    @contextmanager
    def doing(self, member: MemberLine | None = None) -> Iterator[UnitOfWork]:
        """Lend a unit of work, inside the application: whatever tells somebody makes addresses."""
        with self.world.app.app_context(), acting(self.world, member) as work:
            yield work


def secret_origin(folder: Path, template: Path) -> SecretOrigin:
    """Fill a house and put its file into memory."""
    file = folder / "secrets.db"
    shutil.copyfile(template, file)
    ids = IdsAgain()
    with opened(folder, file, ids) as world:
        options = ["demo", "load", "--members", str(MEMBERS), "--weeks", str(WEEKS)]
        loaded = world.app.test_cli_runner().invoke(args=options)
        assert loaded.exit_code == 0, loaded.output
        town = town_of(world)
        fill_what_no_demo_fills(town)
        cast = _cast(world, town)
        tokens = {name: session_of(world, member) for name, member in _who_looks(town, cast).items()}
        world.clock.move_to(BEGINS.replace(hour=8) - timedelta(days=1))
        with world.app.app_context():
            run_all(plugin_jobs(world.held))
        groups = (town.ours, town.theirs)
        known = {one for group in groups for found in town.public_ids(group).values() for one in found}
        secrets = dict(town.secrets)
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    source = sqlite3.connect(file)
    source.backup(memory)
    source.close()
    return SecretOrigin(
        memory=memory, file=file, cast=cast, tokens=tokens, ids=frozenset(known), secrets=secrets
    )


@contextmanager
def secret_house(origin: SecretOrigin, folder: Path, name: str) -> Iterator[SecretHouse]:
    """Lend a house in which worlds are lived."""
    file, ids = folder / f"{name}.db", IdsAgain(sum(name.encode()))
    shutil.copyfile(origin.file, file)
    with opened(folder, file, ids) as world:
        town = town_of(world)
        town.secrets = dict(origin.secrets)
        house = SecretHouse(world=world, group=town.ours, origin=origin, town=town, ids=ids, file=file)
        with world.app.app_context():
            event.listen(db.engine, "before_cursor_execute", _counting(house))
        yield house


def _counting(house: SecretHouse) -> Any:
    def count(_connection: Any, _cursor: Any, *_rest: Any) -> None:
        house.statements += 1

    return count


def _who_looks(town: Neighbours, cast: Cast) -> dict[str, MemberLine]:
    return {**cast.lookers, "neighbour": holder_of(town, town.theirs, Office.PRESIDENT)}


def _cast(world: World, town: Neighbours) -> Cast:
    people = members_of(town, town.ours)
    with town.session() as session:
        offices = offices_of_members(session, town.ours.id, TODAY)
    leaders = [one for one in people if LEADERS & set(offices.get(one.id, ()))]
    plain = [one for one in people if one not in leaders]
    x, bystander, *colleagues = plain[:9]
    assert (len(leaders), len(colleagues)) == (3, 7), "three lead, and seven may have reported on X"
    with acting(world) as work:
        _forget_what_the_demo_reported(work.session, town.ours, x)
        _let_everybody_come(work.session, town.ours, people)
        for one in (*leaders, bystander, *colleagues):
            first_day(work, town.ours, one, LONG_AGO)
            put_part(work.session, town.ours.id, one.id, "yes", work.now)
        write_to(
            work,
            person_id=bystander.person_id,
            language="",
            address=bystander.email,
            group_id=town.ours.id,
            letter=Letter(
                kind="tests.word", subject="A word", subject_key="1", body="It is read once a day.\n"
            ),
            sending=Sending(state="held", due_at=FIRST_COUNT),
        )
        choose_scheme(work, town.ours, "monthly")
    made = SlipCopies(world, town.ours)
    to_x = [made.slip(one, x, age) for age in AGES for one in colleagues]
    by_x = [made.slip(x, one, age) for age, one in zip(OUT_AGES, colleagues, strict=False)]
    first, second, *_rest = surfaced = [*leaders, bystander, *colleagues[:3]]
    new = colleagues[3:]
    spare = [made.slip(new[0], first, 18), made.slip(new[1], first, 18), made.slip(new[2], second, 18)]
    made.let_records_surface(surfaced, new)
    return Cast(
        x=x, leaders=leaders, bystander=bystander, colleagues=colleagues, to_x=to_x, by_x=by_x, spare=spare
    )


def _forget_what_the_demo_reported(session: Session, group: Group, x: MemberLine) -> None:
    """Let nothing be known of X but what a world says."""
    tables = Base.metadata.tables
    slip, report = tables["referrals_slip"], tables["referrals_report"]
    of_x = or_(slip.c.giver_member_id == x.id, slip.c.receiver_member_id == x.id)
    theirs = select(slip.c.id).where(slip.c.group_id == group.id, of_x)
    session.execute(delete(report).where(report.c.group_id == group.id, report.c.slip_id.in_(theirs)))
    part = tables["credibility_part"]
    session.execute(delete(part).where(part.c.group_id == group.id, part.c.member_id == x.id))


def _let_everybody_come(session: Session, group: Group, members: Sequence[MemberLine]) -> None:
    """Let each have been at every meeting of which somebody's mark is kept."""
    mark = Base.metadata.tables["attendance_mark"]
    of_group = mark.c.group_id == group.id
    marks = session.execute(select(mark).where(of_group, mark.c.status.is_not(None))).mappings().all()
    somebodys = {row["meeting_id"]: row for row in marks if row["status"] == "P"}
    session.execute(delete(mark).where(of_group, mark.c.member_id.in_([one.id for one in members])))
    there = [{**row, "member_id": one.id} for row in somebodys.values() for one in members]
    session.execute(insert(mark), there)


def first_day(work: UnitOfWork, group: Group, member: MemberLine, day: date) -> None:
    """Let the member's time in the group begin on that day; the caller commits."""
    membership = Base.metadata.tables["membership"]
    work.session.execute(
        update(membership)
        .where(membership.c.group_id == group.id, membership.c.member_id == member.id)
        .values(started_on=day)
    )

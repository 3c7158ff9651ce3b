"""Arranges one-to-ones in tests, through the pages as members send them; the test states only what it is about."""

from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.activities.queries.arrangements import Arrangement, arrangement_for
from tests.support.slips import reading
from tests.support.world import World

HERE = "/g/harbour/activities"
TIMES = {"day_1": "2026-11-30", "wall_1": "09:00", "day_2": "2026-12-01", "wall_2": "17:30"}
ASK = {**TIMES, "minutes": "60", "where": "room", "place": "Harbour café", "words": "Roofs and solar"}


@dataclass(kw_only=True)
class Two:
    """A group with two who arrange a talk, a third, and a leader; every form is opened anew."""

    world: World
    group: Group
    ana: MemberLine
    ben: MemberLine
    eva: MemberLine
    lea: MemberLine
    forms_opened: int = 0

    def post(self, by: MemberLine | None, address: str, **fields: str) -> TestResponse:
        """Send a form as `by`; `prefix__field` stands for the field of a form with a prefix."""
        self.forms_opened += 1
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        prefix = next((name.partition("-")[0] + "-" for name in data if "-" in name), "")
        return self.world.client(by).post(
            f"{HERE}{address}", data={f"{prefix}form_token": f"talk-form-{self.forms_opened}"} | data
        )

    def get(self, by: MemberLine | None, address: str) -> TestResponse:
        """Open a page as `by`."""
        return self.world.client(by).get(f"{HERE}{address}")

    def page(self, by: MemberLine, address: str) -> str:
        """Return the text of a page that `by` is shown."""
        answer = self.get(by, address)
        assert answer.status_code == 200, answer.status
        return unescape(answer.text)

    def ask(self, by: MemberLine, whom: MemberLine, **change: str) -> str:
        """Ask for a talk and return the public id of the arrangement of the two."""
        answer = self.post(by, "/ask", partner=whom.public_id, **(ASK | change))
        assert answer.status_code == 303, unescape(answer.text)
        return str(answer.location).rpartition("/")[2]

    def act(self, by: MemberLine, arrangement: str, act: str, **fields: str) -> TestResponse:
        """Do something to the arrangement as it stands at this moment."""
        version = str(self.found(arrangement).version)
        prefixes = {"decline": "decline__", "call-off": "off__", "talked": "talked__"}
        prefix = prefixes.get(act, "")
        values = {f"{prefix}{name}": value for name, value in {"version": version, **fields}.items()}
        return self.post(by, f"/arranged/{arrangement}/{act}", **values)

    def agreed(self, number: int = 0, **change: str) -> str:
        """Let Ana ask and Ben take the time with that number; return the public id."""
        arrangement = self.ask(self.ana, self.ben, **change)
        assert self.act(self.ben, arrangement, "take", number=str(number)).status_code == 303
        return arrangement

    def found(self, arrangement: str) -> Arrangement:
        """Return how the arrangement stands."""
        with reading(self.world) as session:
            sides = (self.ana, self.ben, self.eva, self.lea)
            found = [arrangement_for(session, self.group.id, arrangement, one.id) for one in sides]
        return next(one for one in found if one is not None)

    def state(self, arrangement: str) -> str:
        """Return the state in which the arrangement is."""
        return self.found(arrangement).standing.state.value

    def mails(self, kind: str = "") -> list[Any]:
        """Return the mails that stand in the outbox, of one kind if it is given, in their order."""
        rows = self._rows(
            "SELECT kind, address, subject, body, state, attached, attached_type, not_after_utc FROM outgoing_mail "
            "ORDER BY id"
        )
        return [row for row in rows if row.kind.startswith(f"activities.{kind}")]

    def notices(self, member: MemberLine) -> list[str]:
        """Return what stands on the member's page, the first first."""
        rows = self._rows(f"SELECT text FROM notice WHERE member_id = {member.id} ORDER BY id")
        return [row.text for row in rows]

    def note(self, by: MemberLine, address: str, own: str, version: str = "0") -> TestResponse:
        """Keep an own note at the arrangement or talk with that address."""
        return self.post(by, f"{address}/note", note__own=own, note__version=version)

    def promise(self, by: MemberLine, words: str = "Call Ana", until: str = "friday") -> TestResponse:
        """Promise something in the one line."""
        return self.post(by, "/promises/quickly", promise__words=words, promise__until=until)

    def talked(self, by: MemberLine, arrangement: str, on: date) -> TestResponse:
        """Record the arranged talk."""
        return self.act(by, arrangement, "talked", held_on=on.isoformat())

    def newest(self, table: str) -> str:
        """Return the public id of the newest row of a table."""
        return str(self._rows(f"SELECT public_id FROM {table} ORDER BY id DESC LIMIT 1")[0].public_id)

    def _rows(self, statement: str) -> list[Any]:
        session = self.world.work().session
        rows = list(session.connection().exec_driver_sql(statement))
        session.rollback()
        return rows


def two(world: World, leader_offices: tuple[Any, ...] = ()) -> Two:
    """Found a group of four with activities on."""
    group = world.group(plugins=("attendance", "referrals", "activities"))
    names = ("Ana Sousa", "Ben Ito", "Eva Novák")
    ana, ben, eva = (world.member(group, name) for name in names)
    lea = world.member(group, "Lea Brandt", offices=leader_offices)
    return Two(world=world, group=group, ana=ana, ben=ben, eva=eva, lea=lea)

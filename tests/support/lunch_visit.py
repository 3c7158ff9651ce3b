"""What do people see of a plugin that came as a wheel? Run as a program; prints its answers as JSON.

It needs a process of its own: blueprints, mappers and entry points are found once a process, and the plugin
must not be importable in the process of the tests.
"""

import json
import sys
from datetime import date
from typing import Final

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask.testing import FlaskClient

from app import create_app
from app.core.clock import FixedClock
from app.core.database import Base
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, switched_on
from app.core.groups.services import end_membership
from app.core.meetings.domain.meeting import Meeting
from app.extensions import db
from app.plugin_runtime.runtime import runtime
from config import from_environment
from givefirst_sample_lunches.interface import LunchCompany
from tests.support.engines import STARTS_AT
from tests.support.world import World

Seen = dict[str, object]

PAGE: Final = "/g/harbour/lunches/"
PARTS: Final = {
    "nav": 'href="/g/harbour/lunches/"',
    "panel": "Nobody has said yet that they come",
    "task": "Say whether you come to lunch",
}


class Visit:
    """A president and two members of one group that may switch lunches on, and a member of one that never does."""

    def __init__(self) -> None:
        app = create_app(from_environment(), clock=FixedClock(STARTS_AT), testing=True)
        self.world = World(app)
        self.group: Group = self.world.group("harbour", plugins=())
        self.meeting: Meeting = self.world.meeting(self.group, date(2026, 11, 24))
        self.next_meeting: Meeting = self.world.meeting(self.group, date(2026, 12, 1))
        president = self.world.member(self.group, "Rui Almeida", offices=(Office.PRESIDENT,))
        self.ana: MemberLine = self.world.member(self.group, "Ana Sousa")
        self.leaves: MemberLine = self.world.member(self.group, "Tomás Neto")
        self.president: FlaskClient = self.world.client(president)
        self.member: FlaskClient = self.world.client(self.ana)
        mill = self.world.group("mill", zone="America/New_York", currency="USD", plugins=())
        self.elsewhere: FlaskClient = self.world.client(self.world.member(mill, "Zoë Moss"))

    def switch(self, to: str) -> int:
        """Let the president switch lunches `on` or `off`; return the answer's status."""
        return self.president.post("/g/harbour/settings/lunches", data={"to": to}).status_code

    def parts(self) -> Seen:
        """Return the page's status, and which parts of the plugin the member's home and the meeting's page show."""
        home = self.member.get("/g/harbour/").text
        meeting = self.member.get(f"/g/harbour/meetings/{self.meeting.public_id}").text
        return {
            "page": self.member.get(PAGE).status_code,
            "shown": [name for name, mark in PARTS.items() if mark in home],
            "at_the_meeting": "Lunch after the meeting" in meeting,
        }

    def answer(self, who: FlaskClient, meeting: Meeting, **fields: str) -> tuple[int, str]:
        """Post an answer about lunch; return status and page."""
        answered = who.post(f"{PAGE}meetings/{meeting.public_id}", data=fields)
        return answered.status_code, answered.text

    def leave(self) -> None:
        """Let Tomás leave today, with an answer given for today and one for next week."""
        of_tomas = self.world.client(self.leaves)
        for meeting in (self.meeting, self.next_meeting):
            self.answer(of_tomas, meeting, choice="yes", form_token=f"tomas-{meeting.id}")
        work = self.world.work()
        end_membership(
            work, group_id=self.group.id, member_id=self.leaves.id, last_day=date(2026, 11, 24), reason="left"
        )
        work.commit()

    def expected(self, meeting: Meeting) -> int | None:
        """Return what another plugin would read; None where lunches are off."""
        work = self.world.work()
        on = switched_on(work.session, self.group.id)
        dispatch = runtime(self.world.app).dispatch
        company = dispatch.reader(work, on, LunchCompany)  # type: ignore[type-abstract]  # asked for by its type
        found = company.expected(self.group.id, meeting.id) if company else None
        work.rollback()
        return found

    def difference(self) -> list[str]:
        """Return what the plugin's models and its table in the database do not agree on."""
        with self.world.app.app_context(), db.engine.connect() as connection:
            options = {"compare_type": True, "include_object": _is_of_lunches}
            context = MigrationContext.configure(connection, opts=options)
            return [repr(found) for found in compare_metadata(context, Base.metadata)]


def visited() -> Seen:
    """Return all that was seen, by what was tried."""
    visit = Visit()
    seen: Seen = {"off": visit.parts(), "off_read": visit.expected(visit.meeting)}
    seen["post_while_off"] = visit.answer(visit.member, visit.meeting, choice="yes")[0]
    seen["switched"] = visit.switch("on")
    seen["on"] = visit.parts()
    seen["other_group"] = visit.elsewhere.get("/g/mill/lunches/").status_code
    seen["stranger_group"] = visit.elsewhere.get(PAGE).status_code
    seen["signed_out"] = visit.world.client().get(PAGE).status_code
    seen["table_member"] = list(_status_and_text(visit.member, f"{PAGE}table"))
    seen["table_president"] = visit.president.get(f"{PAGE}table").status_code
    seen["refused"] = list(visit.answer(visit.member, visit.meeting, remark="x" * 121, form_token="one"))
    seen["rows_refused"] = visit.world.rows("lunches_answer")
    seen["kept"] = visit.answer(
        visit.member, visit.meeting, choice="yes", remark="No nuts", form_token="two"
    )[0]
    seen["own_page"] = visit.member.get(PAGE).text
    seen["table"] = visit.president.get(f"{PAGE}table").text
    seen["after_answer"] = visit.parts()
    seen["read"] = visit.expected(visit.meeting)
    visit.leave()
    seen["after_leaving"] = [visit.expected(visit.meeting), visit.expected(visit.next_meeting)]
    visit.switch("off")
    seen["off_again"] = visit.parts()
    visit.switch("on")
    seen["on_again"] = visit.expected(visit.meeting)
    seen["listed"] = visit.world.app.test_cli_runner().invoke(args=["plugins", "list"]).stdout
    seen["difference"] = visit.difference()
    visit.world.assert_ledger_whole(visit.group)
    visit.world.close()
    return seen


def _is_of_lunches(_found: object, name: str | None, kind: str, *_more: object) -> bool:
    return kind != "table" or (name or "").startswith("lunches_")


def _status_and_text(who: FlaskClient, address: str) -> tuple[int, str]:
    answered = who.get(address)
    return answered.status_code, answered.text


if __name__ == "__main__":
    # Forms without their token: what is tried here is the plugin, and the token is the house's own affair.
    json.dump(visited(), sys.stdout)

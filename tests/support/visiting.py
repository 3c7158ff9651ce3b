"""A visit as tests make it: the public page opened, a form filled in as a person would, the links that were mailed."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.events import DomainEvent
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.events import MeetingCancelled, MeetingMoved
from app.core.meetings.store import change_meeting
from app.core.notices.models import OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.services.visit_letters import VisitAddresses
from app.plugins.welcome.web.visit_addresses import addresses_of
from tests.support.world import World

FRONT = "/visit/harbour"
PAGE = "/g/harbour/welcome/page"
EXPECTED = "/g/harbour/welcome/expected"
CLARA = {
    "name": "Clara Moreau",
    "trade": "Photographer",
    "firm": "Moreau & Fils",
    "email": "clara@moreau.example",
    "agreed": "y",
}


def open_page(world: World, leader: MemberLine, slug: str = "harbour", **change: str) -> None:
    """Open the group's public page as a leader does."""
    said = {
        "is_open": "y",
        "shows_trades": "y",
        "months_kept": "3",
        "visits_limit": "2",
        "version": "0",
        **change,
    }
    answer = world.client(leader).post(f"/g/{slug}/welcome/page", data=said)
    assert answer.status_code == 303, answer.text


def opened_form(client: FlaskClient, address: str = FRONT) -> dict[str, str]:
    """Return the hidden fields of the form as a browser has them."""
    page = client.get(address).text
    found = re.findall(r'name="(form_token|started)"[^>]*value="([^"]*)"', page)
    return dict(found)


def register(world: World, meeting: Meeting, *, address: str = FRONT, **change: str) -> TestResponse:
    """Fill in the form and send it a minute later."""
    client = world.client()
    hidden = opened_form(client, address)
    world.pass_time(seconds=60)
    return client.post(address, data={**CLARA, "meeting": meeting.public_id, **hidden, **change})


def visits(world: World) -> list[Any]:
    """Return all visitors' rows, oldest first."""
    session = world.work().session
    rows = list(session.scalars(select(VisitorRow).order_by(VisitorRow.id)))
    session.expunge_all()
    session.rollback()
    return rows


def mails_to(world: World, address: str) -> list[Any]:
    """Return the mails to an address in the order in which they were written."""
    session = world.work().session
    query = select(OutgoingMailRow).where(OutgoingMailRow.address == address).order_by(OutgoingMailRow.id)
    rows = list(session.scalars(query))
    session.expunge_all()
    session.rollback()
    return rows


def links_mailed(world: World, address: str) -> list[str]:
    """Return the paths of the own pages in the mails to an address, oldest first."""
    bodies = [mail.body for mail in mails_to(world, address)]
    return [found for body in bodies for found in re.findall(r"/visit/[\w-]+/welcome/v/[\w-]+", body)]


def text_of(answer: TestResponse) -> str:
    """Return the page as it is read."""
    return unescape(answer.text)


def addresses(world: World, group: Group) -> VisitAddresses:
    """Return where the pages of visits to the group are."""
    with world.app.app_context():
        return addresses_of(group)


def run_jobs(world: World) -> dict[str, int]:
    """Let everything happen that the house does by itself about visits and people to forget."""
    wanted = ("welcome.look-after-visits", "welcome.forget-visitors")
    with world.app.app_context():
        return run_all([job for job in plugin_jobs(world.held) if job.name in wanted])


def call_off(world: World, group: Group, meeting: Meeting) -> None:
    """Let the meeting not take place, and everybody who listens hear of it."""
    _change(world, group, meeting, {"state": "cancelled"})


def move(world: World, group: Group, meeting: Meeting, *, days: int) -> None:
    """Let the meeting take place some days later."""
    later = {
        "local_date": meeting.local_date + timedelta(days=days),
        "starts_at_utc": meeting.starts_at_utc + timedelta(days=days),
        "ends_at_utc": meeting.ends_at_utc + timedelta(days=days),
    }
    _change(world, group, meeting, later)


def _change(world: World, group: Group, meeting: Meeting, values: dict[str, Any]) -> None:
    work = world.work()
    now = change_meeting(work.session, group.id, meeting, values)
    event: DomainEvent = (
        MeetingMoved(
            group_id=group.id,
            meeting_id=now.id,
            local_date=now.local_date,
            starts_at_utc=now.starts_at_utc,
            ends_at_utc=now.ends_at_utc,
            old_starts_at_utc=meeting.starts_at_utc,
        )
        if now.takes_place
        else MeetingCancelled(group_id=group.id, meeting_id=now.id, local_date=now.local_date)
    )
    work.record(event)
    with world.app.app_context():
        work.commit()

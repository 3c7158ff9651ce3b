"""A visitor and an applicant whose every word stands nowhere else, through the public pages as they come; nobody in the house knows them."""

import re
from datetime import timedelta
from html import unescape

from flask import Flask
from sqlalchemy import select

from app.core.clock import FixedClock
from app.core.groups.queries import all_groups
from app.core.notices.models import OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugin_runtime.runtime import runtime
from tests.support.canaries import Canaries

PLACE = "by the public pages: "
_HIDDEN = re.compile(r'name="(form_token|started)"[^>]*value="([^"]*)"')
_OWN = re.compile(r"/visit/[\w-]+/(?:welcome/v|joining/[ar])/[\w-]+")


def let_strangers_come(app: Flask, canaries: Canaries) -> None:
    """Let somebody register for a visit and answer for it, and somebody apply whose referee says a word."""
    held = runtime(app)
    with held.new_session() as session:
        slug = all_groups(session)[0].slug
        session.rollback()
    _register(app, canaries, slug)
    _apply(app, canaries, slug)
    with app.app_context(), app.test_request_context():
        run_all(plugin_jobs(held))


def _register(app: Flask, canaries: Canaries, slug: str) -> None:
    front, client = f"/visit/{slug}", app.test_client()
    page = client.get(front).text
    meeting = re.search(r'name="meeting"[^>]*value="([^"]+)"', page) or re.search(
        r'name="meeting".*?value="([^"]+)"', page, re.DOTALL
    )
    assert meeting is not None, "nobody can register"
    _wait(app)
    email = _mail_of(canaries, "visitor's address")
    said = {
        name: canaries.word(f"{PLACE}visitor's {name}")
        for name in ("name", "firm", "trade", "phone", "invited_by", "introduction", "access_needs")
    }
    sent = {**dict(_HIDDEN.findall(page)), **said, "email": email, "meeting": meeting[1], "agreed": "y"}
    answer = client.post(front, data=sent)
    assert answer.status_code == 303, answer.text
    own = _link_to(app, email)
    assert said["name"] in unescape(client.get(own).text)


def _apply(app: Flask, canaries: Canaries, slug: str) -> None:
    client, address = app.test_client(), f"/visit/{slug}/joining/apply"
    email, referee, other = (_mail_of(canaries, one) for one in ("applicant", "referee", "second referee"))
    names = ("name", "firm", "trade", "phone", "why", "referee1_name", "referee2_name")
    said = {name: canaries.word(f"{PLACE}applicant's {name}") for name in names}
    mails = {"email": email, "referee1_email": referee, "referee2_email": other}
    answer = client.post(address, data={**said, **mails, "years": "3", "consents": "y"})
    assert answer.status_code == 303, answer.text
    assert client.post(f"{_link_to(app, email)}/confirm").status_code == 303
    words = canaries.word(f"{PLACE}referee's words")
    assert client.post(_link_to(app, referee), data={"answer": "yes", "words": words}).status_code == 303


def _mail_of(canaries: Canaries, whose: str) -> str:
    return f"{canaries.word(PLACE + whose)}@stranger.example"


def _link_to(app: Flask, address: str) -> str:
    """Return the path of the own page in the newest mail to an address."""
    with runtime(app).new_session() as session:
        query = select(OutgoingMailRow.body).where(OutgoingMailRow.address == address)
        bodies = list(session.scalars(query.order_by(OutgoingMailRow.id)))
        session.rollback()
    return str(_OWN.findall("\n".join(bodies))[-1])


def _wait(app: Flask) -> None:
    """Let a minute pass: nobody but a robot fills in a form at once."""
    clock = runtime(app).clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(minutes=1))

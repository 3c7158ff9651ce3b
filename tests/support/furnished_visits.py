"""Visits of every kind in a group: its public page open with a door to be seen, somebody expected, here, asked and called."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image
from sqlalchemy import select

from app.core.access.domain.secret import hash_of
from app.core.notices.models import OutgoingMailRow
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.public_page import PageWords
from app.plugins.welcome.domain.visit import Registration, Wishes
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import CoInviterRow, VisitAnswerRow, VisitLinkRow
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.services.arriving import note_arrival
from app.plugins.welcome.services.public_page import KeepPage, keep_public_page, show_door
from app.plugins.welcome.services.registering import Register, register_visit
from app.plugins.welcome.store_visits import add_call, add_note, keep_answer
from tests.support.visiting import addresses

if TYPE_CHECKING:
    from tests.support.rare_things import Leader

OWN_ACTS = ("own", "own_change", "own_call_off", "own_move", "own_answer", "own_settle", "own_forget")
"""Views that a link to the own page opens."""

_WORDS = PageWords(
    about="Twenty owners of small firms at one table.",
    whom_for="Whoever runs a small firm here.",
    cost="Breakfast is 12 euros.",
    dress="As at work.",
    way="The blue door beside the bakery.",
)
_NAMES = ("Visita Prima", "Visita Secunda-Wolfeschlegelsteinhausenbergerdorff", "Prima Visita")


def keep_visits(leader: "Leader") -> None:
    """Open the page and register three: one is here and was called, one is expected, one waits to be confirmed."""
    world, group = leader.world, leader.group
    work = world.work()
    seen = page_of(work.session, group.id).version
    keep_public_page(
        work, KeepPage(group=group, words=_WORDS, is_open=True, months=3, visits=2, seen_version=seen)
    )
    show_door(world.work(), group, a_picture())
    for number, name in enumerate(_NAMES):
        register_visit(world.work(), _form(leader, name, f"visitor{number}@{group.slug}.example"))
    work = world.work()
    first = work.session.scalars(
        select(VisitorRow).where(VisitorRow.group_id == group.id, VisitorRow.name == _NAMES[0])
    ).one()
    first_id, public_id = first.id, first.public_id
    first.came_on = work.now.date()
    work.commit()
    with world.app.app_context():
        note_arrival(world.work(), group, public_id)
    _call_and_answer(world.work(), leader, first_id)


def own_secret(leader: "Leader") -> str:
    """Return the secret of the link in the mail to the visitor who is expected."""
    with leader.world.held.new_session() as session:
        bodies = session.scalars(
            select(OutgoingMailRow.body).where(
                OutgoingMailRow.group_id == leader.group.id, OutgoingMailRow.kind == "welcome.visit_confirmed"
            )
        ).all()
        secrets = [found for body in bodies for found in re.findall(r"/v/([\w-]+)", body)]
        hashes = select(VisitLinkRow.link_hash).where(VisitLinkRow.group_id == leader.group.id)
        kept = set(session.scalars(hashes))
    return next(str(secret) for secret in reversed(secrets) if hash_of(secret) in kept)


def a_picture(width: int = 640, height: int = 480) -> bytes:
    """Return a picture as a phone sends it."""
    out = BytesIO()
    Image.new("RGB", (width, height), (60, 90, 140)).save(out, "JPEG")
    return out.getvalue()


def _form(leader: "Leader", name: str, email: str) -> Register:
    wishes = Wishes(
        wants_greeter=True, introduction="I frame pictures.", access_needs="A seat near the door."
    )
    return Register(
        group=leader.group,
        meeting=leader.ahead.public_id,
        wanted=Registration(
            name=name,
            firm="Visita Ltd",
            trade="Framer",
            email=email,
            phone="+351 1",
            invited_by="Somebody Unknown",
            wishes=wishes,
        ),
        has_agreed=True,
        language="en",
        held_trades=["Framer"],
        addresses=addresses(leader.world, leader.group),
    )


def _call_and_answer(work: UnitOfWork, leader: "Leader", visitor_id: int) -> None:
    group_id, member_id = leader.group.id, leader.member.id
    add_call(work.session, group_id, visitor_id, owner=member_id, at=work.now, due=work.now)
    add_note(
        work.session, group_id, visitor_id, key=work.ids.key(), author=member_id, words="Spoke.", at=work.now
    )
    keep_answer(work.session, group_id, visitor_id, answer="yes", words="A warm room.", at=work.now)
    work.session.add(
        CoInviterRow(group_id=group_id, id=work.ids.key(), visitor_id=visitor_id, words="Another One")
    )
    work.commit()
    assert work.session.get(VisitAnswerRow, (group_id, visitor_id)) is not None
    work.rollback()

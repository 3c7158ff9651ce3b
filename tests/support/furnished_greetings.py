"""Guests of the demo's meeting: one whom the demo's member receives, one whom nobody receives yet."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.welcome.models_greeting import GreetingRow, PutAsideRow, SaidNoRow
from tests.support.browsing import DemoHouse
from tests.support.greetings import answers, asks, expects

DOOR_ACTS = ("person_aside", "visitor_spoke", "visitor_spoke_back")
"""Views of the door that a link to a visitor's own page opens."""


def received_guests(demo: DemoHouse, me: MemberLine, president: MemberLine) -> Mapping[str, Sequence[str]]:
    """Return the public ids by the words of addresses."""
    _key, visitor = expects(demo.world, demo.group, demo.meeting, "Clara Moreau", invited_by=president)
    expects(demo.world, demo.group, demo.meeting, "ليلى حداد", invited_by=president)
    line = asks(demo.world, demo.group, demo.meeting, visitor, president, me)
    answers(demo.world, demo.group, line, me)
    return {"greeting": [line.public_id], "visitor": [visitor]}


def declined_and_put_aside(
    work: UnitOfWork, group: Group, member: MemberLine, newcomer: MemberLine
) -> tuple[SaidNoRow, PutAsideRow]:
    """Return that the member could not receive a guest whom another received, and is not named to the newcomer again."""
    of_others = select(GreetingRow.id).where(
        GreetingRow.group_id == group.id, GreetingRow.greeter_member_id != member.id
    )
    greeting = work.session.scalars(of_others.order_by(GreetingRow.id)).first()
    assert greeting is not None
    return (
        SaidNoRow(group_id=group.id, greeting_id=greeting, member_id=member.id, at_utc=work.now),
        PutAsideRow(
            group_id=group.id,
            id=work.ids.key(),
            newcomer_member_id=newcomer.id,
            member_id=member.id,
            at_utc=work.now,
        ),
    )

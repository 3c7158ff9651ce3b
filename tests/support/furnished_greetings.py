"""Guests of the demo's meeting: one whom the demo's member receives, one whom nobody receives yet."""

from collections.abc import Mapping, Sequence

from app.core.groups.queries import MemberLine
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

"""Visitors who are expected, said by a stand-in for the plugin that keeps them."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.core.ids import GroupId, MeetingId
from app.plugins.welcome.interface import ExpectedVisitor, ExpectedVisitors
from app.plugins.welcome.plugin import WelcomePlugin


def expected(public_id: str, name: str, *, firm: str = "", trade: str = "") -> ExpectedVisitor:
    """Return a visitor who registered."""
    return ExpectedVisitor(
        visitor_id=1,
        public_id=public_id,
        name=name,
        firm=firm,
        trade=trade,
        invited_by_member_id=None,
        wants_greeter=False,
        listens_only=False,
        arrived_at_utc=None,
    )


def visitors_are(monkeypatch: pytest.MonkeyPatch, *visitors: ExpectedVisitor) -> None:
    """Let the welcome answer that these are expected at every meeting."""

    class Said:
        def at_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> Sequence[ExpectedVisitor]:
            return visitors

    def reads(_plugin: WelcomePlugin, _work: object) -> dict[type[Any], Any]:
        return {ExpectedVisitors: Said()}

    monkeypatch.setattr(WelcomePlugin, "reads", reads)

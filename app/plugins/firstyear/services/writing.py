"""Rows of stays and talks, as they are first written."""

from datetime import date
from typing import Any

from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.firstyear.domain.keys import StayId
from app.plugins.firstyear.domain.talks import Planned, TalkState


def new_stay(
    work: UnitOfWork,
    group_id: GroupId,
    member: MemberId,
    started_on: date,
    *,
    earlier_until: date | None = None,
    has_plan: bool = False,
) -> dict[str, Any]:
    """Return the row of a stay that begins, with nobody who looks after it yet."""
    return {
        "group_id": group_id,
        "id": StayId(work.ids.key()),
        "public_id": work.ids.public_id(),
        "member_id": member,
        "started_on": started_on,
        "earlier_until": earlier_until,
        "has_plan": has_plan,
        "keeper_member_id": None,
        "is_keeper_named": False,
        "state": "running",
        "version": 1,
    }


def new_talk(
    work: UnitOfWork,
    group_id: GroupId,
    stay_id: StayId,
    planned: Planned,
    owner: MemberId | None,
    *,
    round_: int = 1,
) -> dict[str, Any]:
    """Return the row of a talk that is due."""
    return {
        "group_id": group_id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "stay_id": stay_id,
        "kind": planned.kind.value,
        "year": planned.year,
        "round": round_,
        "planned_on": planned.planned_on,
        "due_on": planned.planned_on,
        "is_moved": False,
        "owner_member_id": owner,
        "is_owner_named": False,
        "told_on": None,
        "state": TalkState.DUE.value,
        "outcome": "",
        "seen_by": "",
        "words": "",
        "wishes": "",
        "reason": "",
        "version": 1,
    }

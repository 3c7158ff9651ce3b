"""Writes the visits of a file, silently, and takes them away again."""

from dataclasses import dataclass
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visitor import KEPT_FOR
from app.plugins.welcome.interface import VisitorNoted, VisitorsImportUndone
from app.plugins.welcome.queries.visitors_of_files import brought_visits
from app.plugins.welcome.services.visitors_plan import PlannedVisit, VisitsPlan
from app.plugins.welcome.store import NOTHING_KNOWN, add_visitors, remove_visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many visits went, and how many stay because somebody changed them since."""

    gone: int
    kept: int


def take_in_visits(work: UnitOfWork, group: Group, plan: VisitsPlan, batch_id: int) -> None:
    """Write what is planned, each a fact of the ledger; nobody is told. The caller commits."""
    rows = [_values(work, group, visit, batch_id) for visit in plan.visits]
    add_visitors(work.session, rows)
    for values, visit in zip(rows, plan.visits, strict=True):
        work.record(
            VisitorNoted(
                group_id=group.id,
                visitor_id=values["id"],
                meeting_id=visit.meeting_id,
                invited_by_member_id=visit.wanted.inviter,
                visit=visit.kind.value,
                batch_id=batch_id,
            )
        )


def take_back_visits(work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]) -> Undone:
    """Take away what the file brought, without what was changed since unless its key is given. The caller commits."""
    brought = brought_visits(work.session, group.id, batch_id)
    going = [one.id for one in brought if not one.is_touched or one.public_id in also_touched]
    remove_visitors(work.session, group.id, going)
    if going:
        work.record(VisitorsImportUndone(group_id=group.id, batch_id=batch_id, visitors=len(going)))
    return Undone(gone=len(going), kept=len(brought) - len(going))


def _values(work: UnitOfWork, group: Group, visit: PlannedVisit, batch_id: int) -> dict[str, Any]:
    """Return the row of a visit; of one whose keeping time is over nothing personal is ever written."""
    about = visit.wanted.about
    written = {
        "name": about.name,
        "firm": about.firm,
        "trade": about.trade,
        "email": about.email,
        "phone": about.phone,
        "note": about.note,
    }
    return {
        **(NOTHING_KNOWN if visit.is_over else written),
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "meeting_id": visit.meeting_id,
        "came_on": visit.wanted.came_on,
        "kind": visit.kind.value,
        "invited_by_member_id": visit.wanted.inviter,
        "noted_by_member_id": None,
        "noted_at_utc": work.now,
        "origin": "import",
        "batch_id": batch_id,
        "expires_on": visit.wanted.came_on + KEPT_FOR,
        "forgotten_at_utc": work.now if visit.is_over else None,
        "version": 1,
    }

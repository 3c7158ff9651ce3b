"""Visitors are quietly forgotten at their time or on their wish: rows, links, notes, notices and mails, sent ones too."""

from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visit import WAITS_FOR, WISHES_KEPT_FOR
from app.plugins.welcome.interface import VisitForgotten
from app.plugins.welcome.queries.forgetting import due_to_forget, waiting_too_long
from app.plugins.welcome.queries.visits import Visit
from app.plugins.welcome.services.visit_letters import VisitAddresses, subject_key_of
from app.plugins.welcome.store import redact_visitors
from app.plugins.welcome.store_visits import drop_registration, forget_visits, forget_wishes


def forget_due(work: UnitOfWork, group: Group, addresses: VisitAddresses) -> int:
    """Forget everybody whose time has come, and what was written for a day that is past; return how many. The caller commits."""
    today = local_day(work.now, group.zone)
    due = due_to_forget(work.session, group.id, today)
    for visitor_id, public_id in due:
        _forget(work, group, visitor_id, public_id, addresses)
        work.record(VisitForgotten(group_id=group.id, visitor_id=visitor_id, by="house"))
    for visitor_id, public_id in waiting_too_long(work.session, group.id, work.now - WAITS_FOR, work.now):
        forget_traces(work, group, public_id, addresses)
        drop_registration(work.session, group.id, visitor_id)
    forget_wishes(work.session, group.id, today - WISHES_KEPT_FOR + timedelta(days=1))
    return len(due)


def forget_one(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses, *, by: str) -> None:
    """Forget one visitor now; the caller commits. A registration that waits goes altogether."""
    if visit.is_waiting:
        forget_traces(work, group, visit.public_id, addresses)
        drop_registration(work.session, group.id, visit.id)
        return
    _forget(work, group, visit.id, visit.public_id, addresses)
    work.record(VisitForgotten(group_id=group.id, visitor_id=visit.id, by=by))


def forget_traces(work: UnitOfWork, group: Group, public_id: str, addresses: VisitAddresses) -> None:
    """Delete notices and mails about a visitor; the caller commits."""
    forget_about(
        work,
        group.id,
        path=addresses.visitor_path(public_id),
        subject_key=subject_key_of(public_id),
    )
    forget_about(work, group.id, path=addresses.listed_path(public_id))


def _forget(
    work: UnitOfWork, group: Group, visitor_id: int, public_id: str, addresses: VisitAddresses
) -> None:
    forget_traces(work, group, public_id, addresses)
    forget_visits(work.session, group.id, [visitor_id])
    redact_visitors(work.session, group.id, [visitor_id], work.now)

"""Events on their way: every subscriber hears after the commit, in a unit of work of its own; what fails is tried again."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app.core.clock import Clock
from app.core.database import table_of
from app.core.events import DomainEvent
from app.core.groups.queries import switched_on
from app.core.ids import GroupId, Ids
from app.core.ledger.models import LedgerDeliveryRow, LedgerEntryRow
from app.core.ledger.store import Delivery
from app.core.work import HOUSE, UnitOfWork
from app.plugin_api import Subscription
from app.plugin_runtime.answers import Answers
from app.plugin_runtime.registry import Registry

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)
BATCH = 50
_GONE = "The plugin of this event or of its subscriber is no longer installed."

log = structlog.get_logger("givefirst.bus")


class Bus:
    """Delivers committed events to the plugins that are on for the group."""

    def __init__(
        self,
        registry: Registry,
        new_session: Callable[[], Session],
        clock: Clock,
        ids: Ids,
        *,
        within: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """`within` is what a handler runs in: the application's context, for handlers make addresses and ask others."""
        self._within = within
        self._registry = registry
        self._new_session = new_session
        self._clock = clock
        self._ids = ids

    def names_for(self, session: Session, events: Sequence[DomainEvent]) -> list[tuple[str, ...]]:
        """Return, for each of these events of one group, the subscribers that want it and whose plugin is on there."""
        wanted = [self._wanting(event) for event in events]
        if not any(wanted):
            return [() for _event in events]
        on = switched_on(session, events[0].group_id)
        return [
            tuple(f"{plugin}.{subscription.name}" for plugin, subscription in pairs if plugin in on)
            for pairs in wanted
        ]

    def _wanting(self, event: DomainEvent) -> list[tuple[str, Subscription]]:
        pairs = self._registry.subscriptions.get(type(event), [])
        return [(plugin, subscription) for plugin, subscription in pairs if _wants(subscription, event)]

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        """Hand over each delivery; a failure is kept with its error and left to `deliver_waiting`."""
        for delivery in deliveries:
            try:
                self._deliver_one(delivery)
            except Exception:
                # What happened is committed: whoever did it must not be told that it failed. The worker tries again.
                log.exception(
                    "An event could not be handed over",
                    subscriber=delivery.subscriber,
                    group_id=delivery.group_id,
                )

    def deliver_waiting(self) -> int:
        """Hand over what is due and not leased by another worker; return how many were tried."""
        claimed = self._claim()
        self.deliver(claimed)
        return len(claimed)

    def _deliver_one(self, delivery: Delivery) -> None:
        found = self._registry.subscription(delivery.subscriber)
        with self._new_session() as session:
            work = self._work(session)
            row = _locked(session, delivery)
            if row.state != "waiting":
                return
            if found is None:
                _settle(work, row, state="gone", error=_GONE)
                return
            plugin, subscription = found
            if plugin not in switched_on(session, delivery.group_id):
                _settle(work, row, state="waiting", error="The plugin is switched off in this group.")
                return
            try:
                with self._within():
                    subscription.handler(work, delivery.event)
                _settle(work, row, state="done", error="")
            except Exception as failure:
                work.rollback()
                log.exception(
                    "A subscriber failed", subscriber=delivery.subscriber, group_id=delivery.group_id
                )
                self._keep_waiting(session, delivery, error=f"{type(failure).__name__}: {failure}")

    def _keep_waiting(self, session: Session, delivery: Delivery, *, error: str) -> None:
        row = _locked(session, delivery)
        if row.state == "waiting":  # another worker may have done it meanwhile
            _settle(self._work(session), row, state="waiting", error=error)

    def _claim(self) -> list[Delivery]:
        now = self._clock.now()
        with self._new_session() as session:
            rows = session.execute(_claim_statement(now)).all()
            self._work(session).commit()
            found = [self._delivery(session, row.group_id, row.sequence, row.subscriber) for row in rows]
        claimed = [delivery for delivery in found if delivery is not None]
        return sorted(claimed, key=lambda delivery: (delivery.group_id, delivery.sequence))

    def _delivery(self, session: Session, group_id: int, sequence: int, subscriber: str) -> Delivery | None:
        """Return what is to be handed over; where the event's own plugin is gone, note it and return None."""
        entry = session.get_one(LedgerEntryRow, (group_id, sequence))
        kind = self._registry.events.get(entry.kind)
        if kind is None:
            row = session.get_one(LedgerDeliveryRow, (group_id, sequence, subscriber), with_for_update=True)
            _settle(self._work(session), row, state="gone", error=_GONE)
            return None
        try:
            event = kind.from_facts(GroupId(group_id), json.loads(entry.facts))
        except TypeError as misfit:
            # An event that changed its shape must not hold up the ones behind it.
            row = session.get_one(LedgerDeliveryRow, (group_id, sequence, subscriber), with_for_update=True)
            _settle(self._work(session), row, state="waiting", error=f"{entry.kind} cannot be read: {misfit}")
            return None
        return Delivery(group_id=GroupId(group_id), sequence=sequence, subscriber=subscriber, event=event)

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(
            session=session,
            clock=self._clock,
            ids=self._ids,
            actor=HOUSE,
            subscribers=self,
            readers=Answers(self._registry),
        )


def _wants(subscription: Subscription, event: DomainEvent) -> bool:
    """Return whether the subscriber asks for this one event; where its question fails, it hears of the event."""
    if subscription.when is None:
        return True
    try:
        return subscription.when(event)
    except Exception:
        # What a member does must not fail because a plugin cannot decide whether it wants to know.
        log.exception("A subscriber's question failed", subscriber=subscription.name, kind=event.kind)
        return True


def _locked(session: Session, delivery: Delivery) -> LedgerDeliveryRow:
    key = (delivery.group_id, delivery.sequence, delivery.subscriber)
    return session.get_one(LedgerDeliveryRow, key, with_for_update=True)


def _settle(work: UnitOfWork, row: LedgerDeliveryRow, *, state: str, error: str) -> None:
    row.state, row.last_error, row.leased_until_utc = state, error[:1000], None
    row.attempts += 1
    row.due_at_utc = work.now + _wait_after(row.attempts)
    work.commit()


def _claim_statement(now: datetime) -> ReturningUpdate[Any]:
    table = table_of(LedgerDeliveryRow)
    key = (table.c.group_id, table.c.sequence, table.c.subscriber)
    due = (
        select(*key)
        .where(
            table.c.state == "waiting",
            table.c.due_at_utc <= now,
            (table.c.leased_until_utc.is_(None)) | (table.c.leased_until_utc <= now),
        )
        .order_by(table.c.due_at_utc)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return update(table).where(tuple_(*key).in_(due)).values(leased_until_utc=now + LEASE).returning(*key)


def _wait_after(attempts: int) -> timedelta:
    return min(timedelta(seconds=10 * 2 ** min(attempts, 12)), LONGEST_WAIT)

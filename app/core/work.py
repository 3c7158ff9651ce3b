"""One unit of work: a session, the present instant, who acts, what happened, and the only commit in the house."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.events import DomainEvent
from app.core.ids import DeviceId, GroupId, Ids, PersonId
from app.core.ledger.store import Delivery, Recorded, append

ReadProtocol = TypeVar("ReadProtocol")
"""A protocol of some plugin's interface."""

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a person, a device of the group (`device_id`), a command at the terminal, or the house itself."""

    person_id: PersonId | None = None
    device_id: DeviceId | None = None
    name: str = "house"

    @property
    def label(self) -> str:
        """How the ledger names the actor: `person:<key>`, `device:<key>`, or a plain name."""
        if self.person_id is not None:
            return f"person:{self.person_id}"
        if self.device_id is not None:
            return f"device:{self.device_id}"
        return self.name


HOUSE = Actor()
"""What happens by itself: jobs and subscribers."""


class Subscribers(Protocol):
    """Who wants to hear of events; provided by the plugin runtime, so that core knows no plugin."""

    def names_for(self, session: Session, events: Sequence[DomainEvent]) -> list[tuple[str, ...]]:
        """Return who is to hear of each of these events of one group, in their order; called before the commit."""
        ...

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        """Hand over what was committed, each in a unit of work of its own; never raises."""
        ...


class NoSubscribers:
    """Nobody listens: for commands that build a database, and for tests of core alone."""

    def names_for(self, session: Session, events: Sequence[DomainEvent]) -> list[tuple[str, ...]]:
        return [() for _event in events]

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        return


class Readers(Protocol):
    """Who answers the read protocols of plugins; provided by the plugin runtime, so that core knows no plugin."""

    def reader(
        self, work: "UnitOfWork", group_id: GroupId, protocol: type[ReadProtocol]
    ) -> ReadProtocol | None:
        """Return who answers `protocol` among the plugins that are on in the group, or None."""
        ...


class UnitOfWork:
    """Everything a use case needs to change facts, and the one way to make the change last.

    Rows that services add, the ledger entries of recorded events, notices and outgoing mail are committed
    together or not at all. Subscribers hear of it after the commit.
    """

    def __init__(
        self,
        *,
        session: Session,
        clock: Clock,
        ids: Ids,
        actor: Actor,
        subscribers: Subscribers | None = None,
        readers: Readers | None = None,
        only_reads: bool = False,
    ) -> None:
        self.session = session
        self.clock = clock
        self.ids = ids
        self.actor = actor
        self._subscribers: Subscribers = subscribers or NoSubscribers()
        self._readers = readers
        self._recorded: list[tuple[DomainEvent, str | None]] = []
        self._asked: dict[Hashable, Any] | None = {} if only_reads else None

    @cached_property
    def now(self) -> datetime:
        """The instant of this unit of work, in UTC: the same for every rule and row in it."""
        return self.clock.now()

    def asked_once(self, name: Hashable, ask: Callable[[], Fact]) -> Fact:
        """Return `ask()`; while nothing can be written, as in a GET, asked the first time alone.

        For what plugins answer one another, each time with a reader of its own. `name` begins with the plugin's name
        and holds the group, for one unit of work may read several.
        """
        if self._asked is None:
            return ask()
        if name not in self._asked:
            self._asked[name] = ask()
        return self._asked[name]  # type: ignore[no-any-return]  # what `ask` of this name returned

    def reader(self, group_id: GroupId, protocol: type[ReadProtocol]) -> ReadProtocol | None:
        """Return who answers a plugin's read protocol in the group, or None where that plugin is off: for jobs and handlers.

        Asks which plugins are on, unless a page is being read, which knows it already and has `page.reader`.
        """
        return None if self._readers is None else self._readers.reader(self, group_id, protocol)

    def record(self, event: DomainEvent, *, reason: str | None = None) -> None:
        """Note that `event` happens with this commit; `reason` is what its author wrote, kept beside the chain."""
        self._recorded.append((event, reason))

    def commit(self) -> None:
        """Make everything last in one transaction, then tell the subscribers."""
        deliveries: list[Delivery] = []
        for group_id, pairs in groupby(sorted(self._recorded, key=_group_of), key=_group_of):
            recorded = self._with_subscribers(list(pairs))
            deliveries += append(
                self.session,
                group_id,
                recorded,
                at=self.now,
                actor=self.actor.label,
                device_id=self.actor.device_id,
            )
        self.session.commit()
        self._recorded.clear()
        if deliveries:
            self._subscribers.deliver(deliveries)

    def _with_subscribers(self, pairs: Sequence[tuple[DomainEvent, str | None]]) -> list[Recorded]:
        """Return the events of one group with whom each is to reach, asked once: an import records thousands."""
        names = self._subscribers.names_for(self.session, [event for event, _reason in pairs])
        return [
            Recorded(event=event, reason=reason, subscribers=reached)
            for (event, reason), reached in zip(pairs, names, strict=True)
        ]

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        self._recorded.clear()
        self.session.rollback()


def _group_of(recorded: tuple[DomainEvent, str | None]) -> GroupId:
    return recorded[0].group_id

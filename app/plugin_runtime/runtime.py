"""What one running application holds: settings, clock, ids, the registry, and how a unit of work begins."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.database import may_only_read
from app.core.ids import Ids
from app.core.work import Actor, UnitOfWork
from app.plugin_runtime.answers import Answers
from app.plugin_runtime.bus import Bus
from app.plugin_runtime.dispatch import Dispatch
from app.plugin_runtime.registry import Registry

EXTENSION = "givefirst"


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The parts of a running application that requests, commands and jobs share."""

    clock: Clock
    ids: Ids
    registry: Registry
    dispatch: Dispatch
    bus: Bus
    request_session: Callable[[], Session]
    new_session: Callable[[], Session]

    def request_work(self, actor: Actor) -> UnitOfWork:
        """Return the unit of work of this request; its session is closed with the request."""
        return self.work(self.request_session(), actor, only_reads=may_only_read())

    def work(self, session: Session, actor: Actor, *, only_reads: bool = False) -> UnitOfWork:
        """Return a unit of work on a session of the caller's: for commands and jobs."""
        return UnitOfWork(
            session=session,
            clock=self.clock,
            ids=self.ids,
            actor=actor,
            subscribers=self.bus,
            readers=Answers(self.registry),
            only_reads=only_reads,
        )


def runtime(app: Flask | None = None) -> Runtime:
    """Return the parts of `app`, by default of the application at work."""
    held: Runtime = (app or current_app).extensions[EXTENSION]
    return held

"""A world that several tests of one file share: each founds groups of its own, and reads without holding up writers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from tests.support.world import World


class Town(World):
    """A world with a way to look at what stands in the database at this moment."""

    @property
    def session(self) -> Session:
        """A new session that only reads; on SQLite one that might write would make the next writer wait."""
        session = self.held.new_session()
        self._sessions.append(session)
        session.connection(execution_options={"givefirst_transaction": "read"})
        return session

    @contextmanager
    def act(self, member: MemberLine | None = None) -> Iterator[UnitOfWork]:
        """Yield a unit of work that is committed at the end of the block, or forgotten where the block raises."""
        work = self.work(member)
        try:
            yield work
            work.commit()
        finally:
            work.session.close()

    def value(self, query: str) -> object:
        """Return the one value that a query in plain SQL finds."""
        session = self.session
        found: object = session.connection().exec_driver_sql(query).scalar_one()
        session.close()
        return found

"""Mails of tests: put in the outbox of a town, sent as the worker does, and looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.outbox import Mail, send_due
from app.core.notices.postman import SmtpPostman
from app.core.notices.services import Letter, write_to
from app.core.sentences import N_
from app.core.work import HOUSE, UnitOfWork
from tests.support.smtp import Postbox
from tests.support.town import Town

SENDER = "Givefirst <no-reply@localhost>"


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """The outbox of a town, with one member of one group to write to."""

    town: Town
    group: Group
    member: MemberLine

    def write(self, *numbers: int, period: str = "", kind: str = "tests.letter") -> None:
        """Write a letter about each of the numbers, to an address that tells it."""
        with self.town.act() as work:
            for number in numbers:
                letter = Letter(
                    kind=kind,
                    subject=N_("Letter %(number)s"),
                    body=N_("This is letter %(number)s.\n"),
                    subject_key=str(number),
                    period=period,
                    facts={"number": number},
                )
                write_to(
                    work,
                    person_id=self.member.person_id,
                    language="en",
                    address=address_of(number),
                    group_id=self.group.id,
                    letter=letter,
                )

    def new_work(self) -> tuple[Session, UnitOfWork]:
        """Return a unit of work as the worker begins one."""
        session = self.town.held.new_session()
        return session, self.town.held.work(session, HOUSE)

    def send(self, postman: Callable[[Mail], None]) -> int:
        """Send what is due now, batch after batch, and return how many left the house."""
        total = 0
        while sent := send_due(self.new_work, postman):
            total += sent
        return total

    def states(self) -> dict[str, int]:
        """Return how many mails are in each state."""
        query = "SELECT state, count(*) FROM outgoing_mail GROUP BY state"
        return {row[0]: row[1] for row in self.town.session.connection().exec_driver_sql(query)}


def address_of(number: int) -> str:
    """Return the address that letter `number` goes to."""
    return f"reader{number}@readers.example"


def by_smtp(postbox: Postbox) -> Callable[[Mail], None]:
    """Return the postman who speaks to this server."""
    return by_smtp_at(postbox.url)


def by_smtp_at(url: str) -> Callable[[Mail], None]:
    """Return the postman who speaks to the server at `url`."""
    return SmtpPostman(url, SENDER)

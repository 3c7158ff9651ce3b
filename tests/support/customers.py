"""Asks the customers of slips in tests, and answers for them; the test states only what it is about."""

from dataclasses import dataclass

from sqlalchemy import select, update

from app.core.groups.queries import MemberLine
from app.core.notices.models import OutgoingMailRow
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.models_confirming import ConfirmationRow
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.secret import Evidence, Known
from app.plugins.credibility.services.confirming import AskCustomer, ask_customer, take_answer
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.referrals.models import ProspectRow, SlipRow
from tests.support.records import Recorded
from tests.support.slips import acting, reading

YES = ("yes", "yes")


@dataclass(frozen=True, kw_only=True)
class Asking(Recorded):
    """A group whose givers ask their customers."""

    def ask(self, giver: MemberLine, slip: str, *, way: str = "link", number: int = 1) -> str:
        """Let the giver make a link, and return its secret."""
        secret_of_link = f"{slip} {number}"
        link = f"http://localhost/{secret_of_link}"
        with acting(self.world, giver) as work:
            ask_customer(
                work,
                AskCustomer(
                    group=self.group, giver=giver.id, slip=slip, secret=secret_of_link, link=link, way=way
                ),
            )
        return secret_of_link

    def answer(self, link: str, says: tuple[str, str] = YES) -> bool:
        """Let the customer answer both questions behind the link."""
        with acting(self.world) as work:
            return take_answer(work, self.group, link, called=says[0], helpful=says[1])

    def confirmed(self, giver: MemberLine, receiver: MemberLine, answer: str = "yes") -> str:
        """Hand over a slip whose giver reports on it and whose customer confirms; return the slip."""
        slip = self.handled(giver, receiver, answer)
        assert self.answer(self.ask(giver, slip))
        return slip

    def rows(self, about: MemberLine, facet: Facet = Facet.HANDLING) -> list[Evidence]:
        """Return the counted reports about a member."""
        with reading(self.world) as session:
            return list(secret.evidence_about(session, self.group.id, (facet, about.id)))

    def known(self, about: MemberLine) -> Known:
        """Return how a member's handling of referrals stands."""
        with reading(self.world) as session:
            found = secret.known_of(session, self.group.id, about.id)
        return found.get(Facet.HANDLING, secret.NOTHING_KNOWN)

    def differing(self) -> list[object]:
        """Rebuild every record, and return those that were not what a rebuild makes."""
        with acting(self.world) as work:
            return [one.whose for one in rebuild(work, self.group) if one.differed]

    def kept(self) -> list[tuple[bool, bool]]:
        """Return of each asking whether its link is kept, and whether a yes is."""
        with reading(self.world) as session:
            rows = session.scalars(select(ConfirmationRow).where(ConfirmationRow.group_id == self.group.id))
            return [(row.link_hash is not None, row.confirmed_at_utc is not None) for row in rows]

    def mails(self) -> list[tuple[str, str]]:
        """Return address and text of the mails to customers that the house still holds."""
        with reading(self.world) as session:
            kind = OutgoingMailRow.kind == "credibility.customer_asked"
            return [
                (mail.address, mail.body) for mail in session.scalars(select(OutgoingMailRow).where(kind))
            ]

    def reached_at(self, slip: str, contact: str) -> None:
        """Let the prospect of the slip be reached there."""
        with acting(self.world) as work:
            prospect = select(SlipRow.prospect_id).where(
                SlipRow.group_id == self.group.id, SlipRow.public_id == slip
            )
            work.session.execute(
                update(ProspectRow)
                .where(ProspectRow.group_id == self.group.id, ProspectRow.id == prospect.scalar_subquery())
                .values(contact=contact)
            )
            work.commit()

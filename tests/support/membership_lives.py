"""People on their way into a group, on a real database: anybody tries anything, and what the test itself knows of it.

Which state may follow which is written down here a second time, so that a change of the rules shows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access.domain.code import CodeKey
from app.core.access.services.invitations import Inviting
from app.core.access.services.links import LINK_MARK, LinkAddress
from app.core.database import transaction_mode
from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.groups.services import end_membership, leave_office, take_office
from app.core.local_time import local_day
from app.core.notices.models import OutgoingMailRow
from app.core.work import Actor, UnitOfWork
from app.plugins.joining.domain.application import RefereeTyped, Typed
from app.plugins.joining.models import ApplicationRow
from app.plugins.joining.services.answering import answer_reference, delete_reference
from app.plugins.joining.services.applying import Apply, apply, confirm, withdraw
from app.plugins.joining.services.clock import forget_due, run_clock
from app.plugins.joining.services.deciding import CastVote, Decide, cast_vote, decide, reopen
from app.plugins.joining.services.leaving import delete_own
from app.plugins.joining.services.links import MARK, Links
from app.plugins.joining.services.taking import take_seat
from tests.support.engines import STARTS_AT
from tests.support.world import World

TRADES: Final = ("Piano tuner", "piano  TUNER", "Sailmaker", "Beekeeper", "Baker")
LINKS: Final = Links(
    key=b"a key of the tests",
    applicant=f"http://localhost/a/{MARK}",
    referee=f"http://localhost/r/{MARK}",
    base="http://localhost",
    slug="",
)
MAY_FOLLOW: Final = {
    ("", "unconfirmed"),
    ("unconfirmed", ""),
    ("unconfirmed", "open"),
    ("open", "approved"),
    ("open", "declined"),
    ("open", "later"),
    ("open", "withdrawn"),
    ("open", "lapsed"),
    ("later", "open"),
    ("later", "withdrawn"),
    ("later", "lapsed"),
    ("approved", "taken"),
    ("approved", "later"),
    ("approved", "withdrawn"),
    ("approved", "lapsed"),
    ("lapsed", "open"),
}
_SECRET = re.compile(r"/([ar])/([0-9a-f]{64})")


@dataclass(kw_only=True)
class Applicant:
    """Somebody who applies, perhaps several times; `secrets` are the own links that were ever mailed to them."""

    number: int
    secrets: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        """The address, the same each time."""
        return f"applicant{self.number}@applicant.example"

    @property
    def name(self) -> str:
        """A name that stands nowhere else."""
        return f"Applicant-{self.number}-of-nobody"

    def referee(self, number: int) -> str:
        """The address of one of the two referees."""
        return f"referee{number}.of{self.number}@referee.example"


@dataclass(kw_only=True)
class Chapter:
    """One group, whoever applies to it, and in which states their applications were seen."""

    world: World
    group: Group
    president: MemberLine
    people: list[Applicant]
    seen: dict[int, str] = field(default_factory=dict)
    jumps: list[tuple[str, str]] = field(default_factory=list)
    referee_secrets: list[str] = field(default_factory=list)
    last_mail: int = 0
    now_members: list[MemberLine] | None = None
    now_applications: list[ApplicationRow] | None = None

    @property
    def links(self) -> Links:
        """How links are made for this group."""
        return replace(LINKS, slug=self.group.slug)

    @contextmanager
    def acting(self) -> Iterator[UnitOfWork]:
        """Lend a unit of work, and give its connection back."""
        with self.world.held.new_session() as session:
            yield self.world.held.work(session, Actor())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Lend a session that only reads."""
        with transaction_mode("read"), self.world.held.new_session() as session:
            yield session

    def members(self) -> list[MemberLine]:
        """Return the members of today."""
        if self.now_members is None:
            today = local_day(self.world.now, self.group.zone)
            with self.reading() as session:
                self.now_members = members_on(session, self.group.id, today)
        return self.now_members

    def attempt(self, act: Callable[[UnitOfWork], object]) -> bool:
        """Let somebody try something; return whether it was taken. Afterwards note what has changed."""
        with self.acting() as work:
            try:
                act(work)
            except (Refused, NotFound):
                work.rollback()
                self.note()
                return False
        self.note()
        return True

    def note(self) -> None:
        """Note the states that stand now, and each change that is in no table; know the links that were mailed."""
        self.now_members = self.now_applications = None
        with self.reading() as session:
            stand = {
                row.id: row.state
                for row in session.execute(
                    select(ApplicationRow.id, ApplicationRow.state).where(
                        ApplicationRow.group_id == self.group.id
                    )
                )
            }
            mails = session.execute(
                select(OutgoingMailRow.id, OutgoingMailRow.address, OutgoingMailRow.body)
                .where(
                    OutgoingMailRow.group_id == self.group.id,
                    OutgoingMailRow.kind.startswith("joining."),
                    OutgoingMailRow.id > self.last_mail,
                )
                .order_by(OutgoingMailRow.id)
            ).all()
        for key in stand | self.seen:
            before, after = self.seen.get(key, ""), stand.get(key, "")
            if before != after and (before, after) not in MAY_FOLLOW:
                self.jumps.append((before, after))
        self.seen = stand
        for mail in mails:
            self._know_links(mail.address, mail.body)
            self.last_mail = mail.id

    def _know_links(self, address: str, body: str) -> None:
        for kind, secret in _SECRET.findall(body):
            if kind == "r" and secret not in self.referee_secrets:
                self.referee_secrets.append(secret)
            for person in self.people:
                if kind == "a" and person.email == address and secret not in person.secrets:
                    person.secrets.append(secret)

    def apply(self, person: Applicant, trade: str) -> bool:
        """Let somebody apply."""
        typed = Typed(
            name=person.name,
            firm="",
            trade=trade,
            email=person.email,
            phone="",
            why=f"Because of {person.name}.",
            years=None,
            years_typed="",
            referees=(
                RefereeTyped(name=f"One for {person.name}", email=person.referee(1)),
                RefereeTyped(name=f"Two for {person.name}", email=person.referee(2)),
            ),
            consents=True,
        )
        return self.attempt(lambda work: apply(work, Apply(group=self.group, typed=typed, links=self.links)))

    def by_link(self, person: Applicant, act: str) -> bool:
        """Let an applicant press a button behind the link that was mailed to them last."""
        if not person.secrets:
            return False
        secret = person.secrets[-1]
        inviting = Inviting(
            group=self.group,
            by=None,
            address=LinkAddress(template=f"http://localhost/link/{LINK_MARK}"),
            key=CodeKey(b"k"),
        )
        acts: dict[str, Callable[[UnitOfWork], object]] = {
            "confirm": lambda work: confirm(work, self.group, secret, self.links),
            "withdraw": lambda work: withdraw(work, self.group, secret, self.links),
            "delete": lambda work: delete_own(work, self.group, secret, self.links),
            "yes": lambda work: take_seat(work, self.group, secret, links=self.links, inviting=inviting),
        }
        return self.attempt(acts[act])

    def refer(self, number: int, answer: str) -> bool:
        """Let a referee answer, or have what is kept about them deleted."""
        if not self.referee_secrets:
            return False
        secret = self.referee_secrets[number % len(self.referee_secrets)]
        if answer == "delete":
            return self.attempt(lambda work: delete_reference(work, self.group, secret))
        return self.attempt(
            lambda work: answer_reference(
                work, self.group, secret, answer=answer, words="A word.", links=self.links
            )
        )

    def vote(self, application: str, member: MemberLine, ballot: str) -> bool:
        """Let a member vote, in charge or not."""
        command = CastVote(
            group=self.group, application=application, member=member.id, ballot=ballot, reason="Because."
        )
        return self.attempt(lambda work: cast_vote(work, command))

    def decide(self, application: ApplicationRow, member: MemberLine, outcome: str, in_days: int) -> bool:
        """Let a member decide, in charge or not."""
        command = Decide(
            group=self.group,
            application=application.public_id,
            member=member.id,
            outcome=outcome,
            starts_on=local_day(self.world.now, self.group.zone) + timedelta(days=in_days),
            seen_version=application.version,
            links=self.links,
        )
        return self.attempt(lambda work: decide(work, command))

    def reopen(self, application: str, member: MemberLine) -> bool:
        """Let a member take an application up again."""
        return self.attempt(lambda work: reopen(work, self.group, application, member.id, self.links))

    def applications(self) -> list[ApplicationRow]:
        """Return every application that is not forgotten, as it stands."""
        if self.now_applications is None:
            query = select(ApplicationRow).where(
                ApplicationRow.group_id == self.group.id, ApplicationRow.forgotten_at_utc.is_(None)
            )
            with self.reading() as session:
                self.now_applications = list(session.scalars(query.order_by(ApplicationRow.id)))
                session.expunge_all()
        return self.now_applications

    def leave(self, member: MemberLine, in_days: int) -> bool:
        """Let a member go, now or on a day to come; the president stays, so that somebody leads."""
        if member.id == self.president.id or member.ended_on is not None:
            return False
        last = local_day(self.world.now, self.group.zone) + timedelta(days=in_days)

        def go(work: UnitOfWork) -> None:
            end_membership(work, group_id=self.group.id, member_id=member.id, last_day=last, reason="left")
            work.commit()

        return self.attempt(go)

    def change_committee(self, member: MemberLine, *, joins: bool) -> bool:
        """Let a member join the committee from today, or leave it as of yesterday."""
        today = local_day(self.world.now, self.group.zone)

        def change(work: UnitOfWork) -> None:
            group_id, office = self.group.id, Office.MEMBERSHIP_COMMITTEE
            if joins:
                take_office(
                    work, group_id=group_id, member_id=member.id, office=office, starts_on=today,
                    ends_on=member.ended_on,
                )  # fmt: skip
            else:
                leave_office(
                    work, group_id=group_id, member_id=member.id, office=office,
                    last_day=today - timedelta(days=1),
                )  # fmt: skip
            work.commit()

        return self.attempt(change)

    def let_time_pass(self, days: float) -> None:
        """Let time pass, and the worker do what is due."""
        self.world.pass_time(days=days)
        with self.acting() as work:
            run_clock(work, self.group, self.links)
            work.commit()
        with self.acting() as work:
            forget_due(work, self.group)
            work.commit()
        self.note()


def new_chapter(world: World, number: int) -> Chapter:
    """Return a group of its own with a president, a committee of two and a baker, at the beginning of the test's time.

    Each life begins at the same instant with the same names, so that one that goes wrong goes wrong again.
    """
    world.clock.move_to(STARTS_AT)
    group = world.group(f"ways{number}", plugins=("joining",))
    president = world.member(group, "Paula Alves", offices=(Office.PRESIDENT,), trade="Lawyer")
    for name, trade in (("Ana Borges", "Florist"), ("Ben Costa", "Roofer")):
        world.member(group, name, offices=(Office.MEMBERSHIP_COMMITTEE,), trade=trade)
    world.member(group, "Dora Dias", trade="Baker")
    people = [Applicant(number=one) for one in range(4)]
    return Chapter(world=world, group=group, president=president, people=people)

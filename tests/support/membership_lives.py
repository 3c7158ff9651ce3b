"""People on their way into a group, on a real database: anybody tries anything, and what the test itself knows of it.

Which state may follow which is written down here a second time, so that a change of the rules shows.
"""

import re
from collections import Counter
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
from app.plugin_api.contributions import Job
from app.plugins.joining.domain.application import RefereeTyped, Typed
from app.plugins.joining.models import ApplicationRow
from app.plugins.joining.services.answering import answer_reference, delete_reference
from app.plugins.joining.services.applying import Apply, apply, confirm, withdraw
from app.plugins.joining.services.clock import forget_due, run_clock
from app.plugins.joining.services.deciding import CastVote, Decide, cast_vote, decide, reopen
from app.plugins.joining.services.leaving import delete_own
from app.plugins.joining.services.links import MARK, Links
from app.plugins.joining.services.taking import take_seat
from app.plugins.welcome.domain.public_page import PageWords
from app.plugins.welcome.services.public_page import KeepPage, keep_public_page
from tests.support.engines import STARTS_AT
from tests.support.world import World

TRADES: Final = ("Piano tuner", "piano  TUNER", "Sailmaker", "Beekeeper", "Baker")
FURTHER: Final = ("welcome", "firstyear")
"""Plugins that hear of visitors and newcomers, and keep matters of their own about them."""
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
ACTS: Final = {
    ("", "unconfirmed"): "apply",
    ("unconfirmed", "open"): "confirm",
    ("open", "approved"): "approve",
    ("open", "declined"): "decline",
    ("open", "later"): "let wait",
    ("later", "open"): "take up again",
    ("lapsed", "open"): "take up again",
    ("open", "withdrawn"): "withdraw",
    ("later", "withdrawn"): "withdraw",
    ("approved", "withdrawn"): "withdraw",
    ("approved", "lapsed"): "lapse",
    ("approved", "taken"): "take the seat",
}
"""What was done where a state follows another."""
EVERY_ACT: Final = frozenset(ACTS.values()) | {
    *("visit", "arrive", "call", "ask a referee", "answer a reference", "delete a reference", "vote"),
    *("rejoin", "leave", "take an office", "leave an office", "merge", "erase", "delete everything"),
}
"""What a proof must have seen done, not only tried."""
_SECRET = re.compile(r"/([ar])/([0-9a-f]{64})")


@dataclass(kw_only=True)
class Applicant:
    """Somebody who applies in one place, perhaps several times; `secrets` are the own links that were ever mailed to them."""

    number: int
    place: str
    secrets: list[str] = field(default_factory=list)
    writes_anew: bool = False

    @property
    def email(self) -> str:
        """The address from which they write now."""
        return self.addresses[self.writes_anew]

    @property
    def addresses(self) -> tuple[str, str]:
        """Their usual address, and another that nobody knows to be theirs."""
        own = f"applicant{self.number}.{self.place}"
        return (f"{own}@applicant.example", f"{own}.anew@applicant.example")

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
    done: Counter[str] = field(default_factory=Counter)
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

    def attempt(self, act: Callable[[UnitOfWork], object], what: str = "") -> bool:
        """Let somebody try something, counted as `what`; return whether it was taken. Afterwards note what has changed."""
        with self.acting() as work, self.world.app.app_context():
            try:
                act(work)
            except (Refused, NotFound):
                work.rollback()
                self.note()
                return False
        if what:
            self.done[what] += 1
        self.note()
        return True

    def note(self) -> None:
        """Note the states that stand now, and each change that is in no table; know the links that were mailed."""
        self.now_members = self.now_applications = None
        with self.reading() as session:
            rows = session.execute(
                select(ApplicationRow.id, ApplicationRow.state, ApplicationRow.rejoins_member_id).where(
                    ApplicationRow.group_id == self.group.id
                )
            ).all()
            mails = session.execute(
                select(OutgoingMailRow.id, OutgoingMailRow.address, OutgoingMailRow.body)
                .where(
                    OutgoingMailRow.group_id == self.group.id,
                    OutgoingMailRow.kind.startswith("joining."),
                    OutgoingMailRow.id > self.last_mail,
                )
                .order_by(OutgoingMailRow.id)
            ).all()
        stand = {row.id: row.state for row in rows}
        again = {row.id for row in rows if row.rejoins_member_id is not None}
        for key in stand | self.seen:
            before, after = self.seen.get(key, ""), stand.get(key, "")
            if before == after:
                continue
            if (before, after) not in MAY_FOLLOW:
                self.jumps.append((before, after))
            if act := ACTS.get((before, after)):
                self.done[act] += 1
            self.done["rejoin"] += after == "taken" and key in again
        self.seen = stand
        for mail in mails:
            self._know_links(mail.address, mail.body)
            self.last_mail = mail.id

    def _know_links(self, address: str, body: str) -> None:
        for kind, secret in _SECRET.findall(body):
            if kind == "r" and secret not in self.referee_secrets:
                self.referee_secrets.append(secret)
                self.done["ask a referee"] += 1
            for person in self.people:
                if kind == "a" and address in person.addresses and secret not in person.secrets:
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
        return self.attempt(acts[act], {"delete": "delete everything"}.get(act, ""))

    def refer(self, number: int, answer: str) -> bool:
        """Let a referee answer, or have what is kept about them deleted."""
        if not self.referee_secrets:
            return False
        secret = self.referee_secrets[number % len(self.referee_secrets)]
        if answer == "delete":
            return self.attempt(lambda work: delete_reference(work, self.group, secret), "delete a reference")
        return self.attempt(
            lambda work: answer_reference(
                work, self.group, secret, answer=answer, words="A word.", links=self.links
            ),
            "answer a reference",
        )

    def vote(self, application: str, member: MemberLine, ballot: str) -> bool:
        """Let a member vote, in charge or not."""
        command = CastVote(
            group=self.group, application=application, member=member.id, ballot=ballot, reason="Because."
        )
        return self.attempt(lambda work: cast_vote(work, command), "vote")

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

        was_taken = self.attempt(go, "leave")
        self.let_time_pass(1 / 24)
        return was_taken

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

        was_taken = self.attempt(change, "take an office" if joins else "leave an office")
        self.let_time_pass(1 / 24)
        return was_taken

    def let_time_pass(self, days: float) -> None:
        """Let time pass, and the worker do what is due."""
        self.world.pass_time(days=days)
        for job in self._further_jobs():
            with self.acting() as work, self.world.app.app_context():
                job.run(work, self.group)
                work.commit()
        with self.acting() as work:
            run_clock(work, self.group, self.links)
            work.commit()
        with self.acting() as work:
            forget_due(work, self.group)
            work.commit()
        self.note()

    def _further_jobs(self) -> list[Job]:
        """Return what other plugins do about visitors and newcomers by themselves."""
        others = [one for one in self.world.held.registry.plugins if one.manifest.name in FURTHER]
        return [job for one in others for job in one.jobs()]


def new_chapter(world: World, number: int) -> Chapter:
    """Return a group of its own with a president, a committee of two and a baker, at the beginning of the test's time.

    Each life begins at the same instant with the same names, so that one that goes wrong goes wrong again.
    """
    world.clock.move_to(STARTS_AT)
    group = world.group(f"ways{number}", plugins=("joining", *FURTHER))
    president = world.member(group, "Paula Alves", offices=(Office.PRESIDENT,), trade="Lawyer")
    for name, trade in (("Ana Borges", "Florist"), ("Ben Costa", "Roofer")):
        world.member(group, name, offices=(Office.MEMBERSHIP_COMMITTEE,), trade=trade)
    world.member(group, "Dora Dias", trade="Baker")
    with world.held.new_session() as session, world.app.app_context():
        keep_public_page(
            world.held.work(session, Actor()),
            KeepPage(group=group, words=PageWords(), is_open=True, months=3, visits=2, seen_version=0),
        )
    people = [Applicant(number=one, place=group.slug) for one in range(4)]
    chapter = Chapter(world=world, group=group, president=president, people=people)
    chapter.let_time_pass(1 / 24)
    return chapter

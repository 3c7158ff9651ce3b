"""People who want to join, in tests: everybody acts through the pages, with the links that stand in the mails."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.joining.models import ApplicationRow
from tests.support.slips import reading
from tests.support.world import World

FILLED = {
    "name": "Teresa Fonseca",
    "firm": "Fonseca Pianos",
    "trade": "Piano tuner",
    "email": "teresa@applicant.example",
    "phone": "+351 210 111 222",
    "years": "12",
    "why": "I tune in half of the town.",
    "referee1_name": "Marta Lopes",
    "referee1_email": "marta@referee.example",
    "referee2_name": "João Pinto",
    "referee2_email": "joao@referee.example",
    "consents": "y",
}
_LINK = re.compile(r"/joining/[ar]/([0-9a-f]{64})")


@dataclass(kw_only=True)
class Chapter:
    """A group that takes applications, with a committee of two, a president and a member."""

    world: World
    group: Group
    ana: MemberLine
    ben: MemberLine
    president: MemberLine
    member: MemberLine
    forms_opened: int = 0

    @property
    def visit(self) -> str:
        """The beginning of the public addresses."""
        return f"/visit/{self.group.slug}/joining"

    @property
    def inside(self) -> str:
        """The beginning of the members' addresses."""
        return f"/g/{self.group.slug}/joining"

    def apply(self, **change: str) -> TestResponse:
        """Send the application."""
        return self.stranger().post(f"{self.visit}/apply", data=FILLED | change)

    def confirmed(self, **change: str) -> str:
        """Apply and prove the address; return the secret of the own link."""
        assert self.apply(**change).status_code == 303
        secret = self.link_to(change.get("email", FILLED["email"]))
        assert self.own(secret, "confirm").status_code == 303
        return secret

    def approved(self, starts_on: str = "2026-11-24", **change: str) -> str:
        """Apply, prove the address, vote and approve; return the secret of the own link."""
        secret = self.confirmed(**change)
        name = change.get("name", FILLED["name"])
        for voter in (self.ana, self.ben):
            self.vote(voter, name)
        answer = self.decide(self.ana, "approved", name, starts_on=starts_on)
        assert answer.status_code == 303, answer.text
        return secret

    def own(self, secret: str, act: str = "") -> TestResponse:
        """Open the applicant's own page, or press a button there."""
        address = f"{self.visit}/a/{secret}"
        return self.stranger().post(f"{address}/{act}") if act else self.stranger().get(address)

    def refer(self, secret: str, **fields: str) -> TestResponse:
        """Answer as a referee."""
        return self.stranger().post(f"{self.visit}/r/{secret}", data=fields)

    def vote(
        self, by: MemberLine, name: str = FILLED["name"], ballot: str = "yes", reason: str = ""
    ) -> TestResponse:
        """Vote as a member."""
        return self.post(by, f"/applications/{self.public_id(name)}/vote", ballot=ballot, reason=reason)

    def decide(
        self,
        by: MemberLine,
        outcome: str,
        name: str = FILLED["name"],
        *,
        starts_on: str = "2026-11-24",
        version: int | None = None,
    ) -> TestResponse:
        """Decide as a member, over the version that stands."""
        stands = self.row(name).version if version is None else version
        return self.post(
            by,
            f"/applications/{self.public_id(name)}/decide",
            outcome=outcome,
            starts_on=starts_on,
            version=str(stands),
        )

    def post(self, by: MemberLine, address: str, **fields: str) -> TestResponse:
        """Send a form as a member; every form is opened anew."""
        self.forms_opened += 1
        data = {"form_token": f"form-{self.forms_opened}"} | fields
        return self.world.client(by).post(f"{self.inside}{address}", data=data)

    def get(self, by: MemberLine, address: str) -> TestResponse:
        """Open a page as a member."""
        return self.world.client(by).get(f"{self.inside}{address}")

    def page_of(self, by: MemberLine, name: str = FILLED["name"]) -> TestResponse:
        """Open an application as a member."""
        return self.get(by, f"/applications/{self.public_id(name)}")

    def stranger(self) -> FlaskClient:
        """Return the browser of somebody without an account."""
        return self.world.client()

    def row(self, name: str = FILLED["name"]) -> ApplicationRow:
        """Return the newest application under that name."""
        query = select(ApplicationRow).where(
            ApplicationRow.group_id == self.group.id, ApplicationRow.name == name
        )
        with reading(self.world) as session:
            found = session.scalars(query.order_by(ApplicationRow.id.desc())).first()
            assert found is not None, name
            session.expunge(found)
            return found

    def public_id(self, name: str = FILLED["name"]) -> str:
        """Return the public id of the newest application under that name."""
        return self.row(name).public_id

    def mails(self, address: str = "", kind: str = "") -> list[OutgoingMailRow]:
        """Return the mails in the outbox, oldest first."""
        query = select(OutgoingMailRow).where(OutgoingMailRow.group_id == self.group.id)
        if address:
            query = query.where(OutgoingMailRow.address == address)
        if kind:
            query = query.where(OutgoingMailRow.kind == f"joining.{kind}")
        with reading(self.world) as session:
            found = list(session.scalars(query.order_by(OutgoingMailRow.id)))
            session.expunge_all()
            return found

    def kinds(self, address: str) -> list[str]:
        """Return the kinds of the mails to an address, oldest first."""
        return [mail.kind.partition(".")[2] for mail in self.mails(address)]

    def link_to(self, address: str) -> str:
        """Return the secret of the link in the newest mail to an address."""
        found = [secret for mail in self.mails(address) for secret in _LINK.findall(mail.body)]
        assert found, f"no link was mailed to {address}"
        return str(found[-1])

    def notices(self, member: MemberLine) -> list[str]:
        """Return what stands on a member's page, oldest first."""
        query = select(NoticeRow.text).where(
            NoticeRow.group_id == self.group.id, NoticeRow.member_id == member.id
        )
        with reading(self.world) as session:
            return list(session.scalars(query.order_by(NoticeRow.id)))

    def run_jobs(self) -> None:
        """Let the worker do what is due."""
        jobs = [job for job in plugin_jobs(self.world.held) if job.name.startswith("joining.")]
        with self.world.app.app_context():
            run_all(jobs)


def chapter(world: World, *, plugins: tuple[str, ...] = ("joining",), is_open: bool = True) -> Chapter:
    """Found a group that takes applications."""
    group = world.group(plugins=plugins)
    committee = [Office.MEMBERSHIP_COMMITTEE]
    made = Chapter(
        world=world,
        group=group,
        ana=world.member(group, "Ana Sousa", offices=committee, trade="Florist"),
        ben=world.member(group, "Ben Ferreira", offices=committee, trade="Roofer"),
        president=world.member(group, "Carla Nunes", offices=[Office.PRESIDENT], trade="Lawyer"),
        member=world.member(group, "Dora Matos", trade="Baker"),
    )
    if is_open:
        set_up(made)
    return made


def set_up(made: Chapter, **change: str) -> TestResponse:
    """Open the group for applications, as its president."""
    fields = {"is_open": "y", "rule": "majority", "approval_days": "30", "keep_months": "6", "version": "0"}
    return made.post(made.president, "/settings", **(fields | change))

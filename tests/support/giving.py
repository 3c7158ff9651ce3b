"""Asks, answers, introductions and kind words in tests, through the pages as members send them."""

from dataclasses import dataclass

from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.world import World

HERE = "/g/harbour/giving"
ASK = {
    "kind": "advice",
    "what": "I’m stuck with late payers",
    "why": "How do you ask?",
    "until_on": "2026-12-15",
}
WHY = "You both look after older houses."


@dataclass(kw_only=True)
class Givers:
    """A group with three members who can do all there is to do; every form is opened anew."""

    world: World
    group: Group
    ana: MemberLine
    ben: MemberLine
    eva: MemberLine
    forms_opened: int = 0

    def post(self, by: MemberLine, address: str, **fields: str) -> TestResponse:
        """Send a form as `by`."""
        self.forms_opened += 1
        data = {"form_token": f"form-{self.forms_opened}"} | fields
        return self.world.client(by).post(f"{HERE}{address}", data=data)

    def get(self, by: MemberLine, address: str) -> TestResponse:
        """Open a page as `by`."""
        return self.world.client(by).get(f"{HERE}{address}")

    def ask(self, by: MemberLine, **change: str) -> str:
        """Ask something and return the ask's public id."""
        return _last_part(self.post(by, "/", **(ASK | change)))

    def answer(self, by: MemberLine, ask: str, words: str = "I bring you our letter.") -> str:
        """Answer an ask and return the answer's public id."""
        answered = self.post(by, f"/asks/{ask}", words=words)
        assert answered.status_code == 303, answered.text
        return self.newest("giving_reply")

    def introduce(self, by: MemberLine, one: MemberLine, other: MemberLine, why: str = WHY) -> str:
        """Introduce two members and return the introduction's public id."""
        return _last_part(self.post(by, "/introductions", one=one.public_id, other=other.public_id, why=why))

    def say(self, by: MemberLine, introduction: str, word: str = "yes") -> TestResponse:
        """Say yes or no to an introduction."""
        return self.post(by, f"/introductions/{introduction}/word", word=word)

    def made(self) -> str:
        """Let Ana introduce Ben and Eva, who both say yes; return the introduction's public id."""
        introduction = self.introduce(self.ana, self.ben, self.eva)
        for one in (self.ben, self.eva):
            assert self.say(one, introduction).status_code == 303
        return introduction

    def newest(self, table: str) -> str:
        """Return the public id of the newest row of a table."""
        session = self.world.work().session
        statement = f"SELECT public_id FROM {table} ORDER BY id DESC LIMIT 1"
        found: str = session.connection().exec_driver_sql(statement).scalar_one()
        session.rollback()
        return found


def givers(world: World, *, plugins: tuple[str, ...] = ("giving",)) -> Givers:
    """Found a group of three with giving on."""
    group = world.group(plugins=plugins)
    ana, ben, eva = (world.member(group, name) for name in ("Ana Sousa", "Ben Ferreira", "Eva Novák"))
    return Givers(world=world, group=group, ana=ana, ben=ben, eva=eva)


def _last_part(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.location).rstrip("/").rpartition("/")[2]

"""A group with a newcomer, for tests of the pages of the first year."""

from datetime import date
from html import unescape

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.firstyear.models import MentorAskRow, StayRow, TalkRow
from tests.support.world import World

TODAY = date(2026, 11, 24)


LONG_AGO = date(2024, 8, 6)


PLUGINS = ("attendance", "referrals", "welcome", "activities", "giving", "firstyear")


HERE = "/g/harbour/firstyear"


WORDS = "Knows half of us by now."


class Year:
    """A group with a newcomer, a mentor to be, a committee, a president and another member."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group(plugins=PLUGINS)
        self.committee = world.member(
            self.group, "Carla Nunes", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO
        )
        self.president = world.member(self.group, "Pedro Alves", offices=[Office.PRESIDENT], joined=LONG_AGO)
        self.ana = world.member(self.group, "Ana Sousa", offices=[Office.MENTOR], joined=LONG_AGO)
        self.other = world.member(self.group, "Otto Berg", joined=LONG_AGO)
        self.rui = world.member(self.group, "Rui Almeida", joined=TODAY, trade="Roofer")

    def get(self, who: MemberLine | None, path: str) -> TestResponse:
        return self.world.client(who).get(f"{HERE}{path}")

    def post(self, who: MemberLine | None, path: str, **fields: str) -> TestResponse:
        return self.world.client(who).post(f"{HERE}{path}", data={"form_token": "one", **fields})

    def text(self, who: MemberLine, path: str) -> str:
        answer = self.get(who, path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.text)

    def home(self, who: MemberLine) -> str:
        return unescape(self.world.client(who).get("/g/harbour/").text)

    def one(self, column: object, *where: object) -> str:
        work = self.world.work()
        found = work.session.scalars(select(column).where(*where)).first()  # type: ignore[call-overload]  # a column
        work.rollback()
        return str(found)

    @property
    def stay(self) -> str:
        return self.one(StayRow.public_id, StayRow.member_id == self.rui.id)

    def talk(self, kind: str = "month-3") -> str:
        stay = int(self.one(StayRow.id, StayRow.member_id == self.rui.id))
        return self.one(TalkRow.public_id, TalkRow.stay_id == stay, TalkRow.kind == kind)

    def ask(self) -> str:
        assert (
            self.post(self.committee, f"/newcomers/{self.stay}/mentor", mentor=self.ana.public_id).status_code
            == 303
        )
        return self.one(MentorAskRow.public_id, MentorAskRow.state == "asked")

    def mentored(self) -> str:
        ask = self.ask()
        assert self.post(self.ana, f"/mentoring/{ask}/yes").status_code == 303
        return ask

    def run(self, name: str) -> None:
        with self.world.app.app_context():
            run_all([job for job in plugin_jobs(self.world.held) if job.name == f"firstyear.{name}"])

    def held(self, **change: str) -> TestResponse:
        said = {
            "held_on": TODAY.isoformat(),
            "outcome": "well",
            "words": WORDS,
            "seen_by": "two",
            "version": self.one(TalkRow.version, TalkRow.public_id == self.talk()),
        }
        return self.post(self.committee, f"/talks/{self.talk()}/held", **(said | change))

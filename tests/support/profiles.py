"""Profiles in tests, through the pages as members send them."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.world import World

HERE = "/g/harbour/profiles"
SHOWN = {f"shows_{part}": "y" for part in ("talk_to_me_about", "good_fit", "not_a_good_fit", "interests")}
WORDS = {
    "talk_to_me_about": "Old lighthouses",
    "good_fit": "Small hotels",
    "not_a_good_fit": "Rush jobs",
    "interests": "jazz, chess",
    "how_to_say": "AH-na",
    "is_practised": "y",
}


@dataclass(kw_only=True)
class Tellers:
    """A group that meets tomorrow, with three members of whom Ana leads and Eva hosts visitors."""

    world: World
    group: Group
    meeting: Meeting
    ana: MemberLine
    ben: MemberLine
    eva: MemberLine
    forms_opened: int = 0

    def tell(self, by: MemberLine, **change: Any) -> TestResponse:
        """Save a profile as `by`, over the version that stands; None leaves a field out, bytes are files."""
        self.forms_opened += 1
        fields = {"form_token": f"form-{self.forms_opened}", "version": str(self.version(by))}
        said = fields | SHOWN | WORDS | change
        data = {
            name: (BytesIO(value), f"{name}.bin") if isinstance(value, bytes) else value
            for name, value in said.items()
            if value is not None
        }
        return self.world.client(by).post(f"{HERE}/own", data=data, content_type="multipart/form-data")

    def press(self, by: MemberLine, address: str) -> TestResponse:
        """Press a button as `by`."""
        self.forms_opened += 1
        return self.world.client(by).post(
            f"{HERE}{address}", data={"form_token": f"form-{self.forms_opened}"}
        )

    def get(self, by: MemberLine | None, address: str) -> TestResponse:
        """Open a page as `by`, or as a stranger."""
        return self.world.client(by).get(f"{HERE}{address}")

    def page_of(self, by: MemberLine, member: MemberLine) -> str:
        """Return a member's page as `by` reads it."""
        return self.world.client(by).get(f"/g/harbour/members/{member.public_id}").text

    def version(self, member: MemberLine) -> int:
        """Return the version of a profile that stands, 0 where there is none."""
        session = self.world.work().session
        found = session.connection().exec_driver_sql(
            f"SELECT version FROM profiles_profile WHERE member_id = {int(member.id)}"
        )
        version = found.scalar_one_or_none() or 0
        session.rollback()
        return int(version)


def tellers(world: World, *, plugins: tuple[str, ...] = ("attendance", "profiles")) -> Tellers:
    """Found a group of three with profiles on."""
    group = world.group(plugins=plugins)
    ana = world.member(group, "Ana Sousa", offices=[Office.PRESIDENT])
    ben = world.member(group, "Ben Ferreira", trade="Photographer")
    eva = world.member(group, "Eva Novák", offices=[Office.VISITOR_HOST])
    return Tellers(world=world, group=group, meeting=world.meeting(group), ana=ana, ben=ben, eva=eva)


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """Return a picture as a file of a kind."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()

"""The demo's house with one of everything, so that each address of the URL map leads to something that is there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import or_, select
from werkzeug.routing import Rule

from app.core.access.services.devices import trade_pass
from app.core.groups.queries import MemberLine
from app.http.door import DEVICE_COOKIE
from app.plugins.attendance.services.room_screen import open_room_screen
from app.plugins.referrals.models import SlipRow
from tests.support.browsing import DemoHouse, demo_house_in
from tests.support.planned_roster import chapter_grid
from tests.support.reading import column
from tests.support.sheets import xlsx_bytes

HERE: Final = "/g/harbour"
HARD_NAMES: Final = (
    "ليلى حداد",
    "小明 王",
    "Wolfeschlegelsteinhausenbergerdorff Hubert-Blaine-Ferdinand-Maximilian-Konstantin",
)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """What stands in the house to fill the addresses of its pages with."""

    values: Mapping[str, tuple[str, ...]]

    def of(self, rule: Rule) -> list[str]:
        """Return the rule's addresses, one for each of the things that it may name."""
        names = sorted(rule.arguments)
        things = product(*(self.values[name] for name in names))
        return [_filled(rule.rule, dict(zip(names, one, strict=True))) for one in things]


@dataclass(frozen=True, kw_only=True)
class House:
    """The demo's house with one of everything, and whom each browser belongs to."""

    demo: DemoHouse
    addresses: Addresses

    def walk_in(self, page: Page, person: str) -> None:
        """Let the browser be that of `person`; a stranger's is the machine of the room's screen."""
        if person != "stranger":
            self.demo.enter(page, self.demo.demo_sign_in(person))
            page.goto(f"/visit/harbour/attendance/scan/{self.demo.meeting.public_id}/{self.code}")
            return
        work = self.demo.world.work()
        token, _until = trade_pass(work, group_id=self.demo.group.id, one_time_pass=_screen_pass(self.demo))
        work.commit()
        page.context.add_cookies([{"name": DEVICE_COOKIE, "value": token, "url": self.demo.base_url}])

    @property
    def code(self) -> str:
        """The code on the room's screen."""
        return self.demo.room_code(self.demo.group, self.demo.meeting)

    def pages(self, page: Page) -> dict[str, str]:
        """Return the address and endpoint of every whole page that this browser is shown."""
        rules = [rule for rule in self.demo.world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return {
            address: rule.endpoint
            for rule in rules
            if rule.endpoint != "static"
            for address in self.addresses.of(rule)
            if _is_whole_page(page, address)
        }


def furnished(built: DemoHouse) -> House:
    """Return the house after people with hard names, a file and a mark of today came into it."""
    for name in HARD_NAMES:
        built.world.member(built.group, name, trade="Fachanwaltskanzleigemeinschaftsvorsitz")
    demo = demo_house_in(built)
    batch = _brought_file(demo)
    _sign_in_by_roster(demo, demo.demo_sign_in("secretary"))
    return House(demo=demo, addresses=_addresses(demo, batch))


def _filled(rule: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


def _is_whole_page(page: Page, address: str) -> bool:
    answer = page.request.get(address, max_redirects=0)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html and "<!doctype html>" in answer.text()


def _addresses(demo: DemoHouse, batch: str) -> Addresses:
    work = demo.world.work()
    me = demo.demo_sign_in("member").id
    slips = work.session.execute(
        select(SlipRow.public_id, SlipRow.state, SlipRow.giver_member_id == me)
        .where(SlipRow.group_id == demo.group.id)
        .where(or_(SlipRow.giver_member_id == me, SlipRow.receiver_member_id == me))
    ).all()
    one_of_each = {(state, is_given): slip for slip, state, is_given in slips}
    work.rollback()
    long_named = next(member for member in demo.members if member.name == HARD_NAMES[2])
    return Addresses(
        values={
            "group": ("harbour",),
            "member": (demo.demo_sign_in("member").public_id, long_named.public_id),
            "meeting": (demo.meetings[0].public_id, demo.meeting.public_id),
            "slip": tuple(one_of_each.values()),
            "batch": (batch,),
            "token": (_invitation(demo, long_named),),
            "plugin": ("attendance",),
            "key": ("today",),
            "code": ("AAAA2222",),
            "one_time_pass": (_screen_pass(demo),),
        }
    )


def _screen_pass(demo: DemoHouse) -> str:
    leader = demo.demo_sign_in("president").id
    return open_room_screen(demo.world.work(), demo.group.id, demo.meeting.public_id, leader)


def _invitation(demo: DemoHouse, member: MemberLine) -> str:
    leader = demo.world.client(demo.demo_sign_in("president"))
    assert leader.post(f"{HERE}/members/{member.public_id}/invite").status_code == 303
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    mails = " ".join(str(body) for body in column(demo.world, "outgoing_mail", "body"))
    tokens: list[str] = re.findall(r"/account/link/(\S+)", mails)
    return tokens[-1]


def _brought_file(demo: DemoHouse) -> str:
    leader = demo.world.client(demo.demo_sign_in("president"))
    data = BytesIO(xlsx_bytes({"Roster": chapter_grid()}))
    answer = leader.post(f"{HERE}/import", data={"file": (data, "roster.xlsx")})
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    return str(answer.location).rsplit("/", 1)[-1]


def _sign_in_by_roster(demo: DemoHouse, member: MemberLine) -> None:
    leader = demo.world.client(demo.demo_sign_in("president"))
    address = f"{HERE}/attendance/meetings/{demo.meeting.public_id}/members/{member.public_id}"
    assert leader.post(address, data={"status": "P", "seen_version": "0"}).status_code == 303
    demo.world.app.config["WTF_CSRF_ENABLED"] = True

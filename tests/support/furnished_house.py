"""The demo's house with one of everything, so that each address of the URL map leads to something that is there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice, product
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import and_, func, or_, select
from werkzeug.routing import Rule

from app.core.access.services.devices import trade_pass
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.http.door import device_cookie
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import QualityCheckRow
from tests.support.browsing import DemoHouse, demo_house_in
from tests.support.elsewhere import found_by_others
from tests.support.furnished_credibility import disagreements
from tests.support.furnished_giving import asked_and_introduced
from tests.support.furnished_greetings import received_guests
from tests.support.furnished_talks import arranged_and_promised
from tests.support.furnished_things import (
    HERE,
    answer_link,
    cancelled_and_planned,
    founding,
    invitation,
    look_after,
    look_after_the_network,
    office_to_come,
    record_what_was_done,
    screen_pass,
    steward_pass,
    tablet_code,
)
from tests.support.furnished_words import mails_and_offices
from tests.support.neighbours import FURTHER_WORDS, public_ids
from tests.support.planned_roster import chapter_grid
from tests.support.rare_things import keep_rare_things, leader_of, secrets_of
from tests.support.reading import column
from tests.support.sheets import xlsx_bytes
from tests.support.slips import passed_slip

MOST_OF_A_KIND: Final = 9
"""So many things of one page are looked at: as many as a slip has states."""
HARD_NAMES: Final = (
    "ليلى حداد",
    "小明 王",
    "Wolfeschlegelsteinhausenbergerdorff Hubert-Blaine-Ferdinand-Maximilian-Konstantin",
)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """What stands in the house to fill the addresses of its pages with."""

    values: Mapping[str, Sequence[str]]

    def of(self, rule: Rule) -> list[str]:
        """Return the rule's addresses, one for each of the things that it may name."""
        names = sorted(rule.arguments)
        things = product(*(self._named(rule, name) for name in names))
        return [_filled(rule.rule, dict(zip(names, one, strict=True))) for one in things]

    def _named(self, rule: Rule, argument: str) -> Sequence[str]:
        """Return what the argument may name: a secret is good at its own endpoint alone."""
        of_endpoint = self.values.get(f"{rule.endpoint}/{argument}")
        return self.values[argument] if of_endpoint is None else of_endpoint


@dataclass(frozen=True, kw_only=True)
class House:
    """The demo's house with one of everything, and whom each browser belongs to."""

    demo: DemoHouse
    addresses: Addresses

    def walk_in(self, page: Page, person: str) -> None:
        """Let the browser be that of `person`, who has scanned the room's code.

        A stranger's is the machine of the room's screen and the tablet too, a steward's helps at the door, a claimant chose their name.
        """
        if person == "steward":
            self._become(page, "steward", steward_pass(self.demo))
        elif person == "stranger":
            self._become(page, "screen", screen_pass(self.demo))
            self._become(page, "tablet", tablet_code(self.demo))
        elif person != "claimant":
            self.demo.enter(page, self.demo.demo_sign_in(person))
        page.goto(f"/visit/harbour/attendance/scan/{self.demo.meeting.public_id}/{self.code}")
        if person == "claimant":
            page.get_by_role("link", name="I have never signed in here").click()
            page.locator("a.tile").first.click()
            page.locator("button.tile").first.click()

    def _become(self, page: Page, kind: str, one_time_pass: str) -> None:
        work = self.demo.world.work()
        token, _until = trade_pass(work, group_id=self.demo.group.id, one_time_pass=one_time_pass)
        work.commit()
        page.context.add_cookies([{"name": device_cookie(kind), "value": token, "url": self.demo.base_url}])

    @property
    def code(self) -> str:
        """The code on the room's screen."""
        return self.demo.room_code(self.demo.group, self.demo.meeting)

    def pages(self, page: Page) -> dict[str, str]:
        """Return the address and endpoint of every whole page that this browser is shown, each about a few things."""
        rules = [rule for rule in self.demo.world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return {
            address: rule.endpoint
            for rule in rules
            if rule.endpoint != "static"
            for address in islice(self._shown(page, rule), MOST_OF_A_KIND)
        }

    def endpoints(self, page: Page, but: Collection[str] = ()) -> set[str]:
        """Return the endpoints, all `but` those, of which this browser is shown a whole page."""
        rules = [rule for rule in self.demo.world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        asked = [rule for rule in rules if rule.endpoint not in but]
        return {rule.endpoint for rule in asked if any(self._shown(page, rule))}

    def _shown(self, page: Page, rule: Rule) -> Iterator[str]:
        return (address for address in self.addresses.of(rule) if _is_whole_page(page, address))


def furnished(built: DemoHouse) -> House:
    """Return the house after people with hard names, a file and a mark of today came into it."""
    for name in HARD_NAMES:
        built.world.member(built.group, name, trade="Fachanwaltskanzleigemeinschaftsvorsitz")
    demo = demo_house_in(built)
    leader = leader_of(demo.world, demo.group, demo.demo_sign_in("president"))
    keep_rare_things(leader)
    found_by_others(built.world, built.group)
    secrets = secrets_of(leader)
    _brought_file(demo)
    _sign_in_by_roster(demo, demo.demo_sign_in("secretary"))
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    return House(demo=demo_house_in(built), addresses=_addresses(demo, secrets))


def _filled(rule: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


def _is_whole_page(page: Page, address: str) -> bool:
    answer = page.request.get(address, max_redirects=0)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html and "<!doctype html>" in answer.text()


def _addresses(demo: DemoHouse, secrets: Mapping[str, Sequence[str]]) -> Addresses:
    me, president = demo.demo_sign_in("member"), demo.demo_sign_in("president")
    long_named = next(one for one in demo.members if one.name == HARD_NAMES[2])
    welcomed = column(demo.world, "welcome_newcomer", "member_id")
    newcomer = next(one for one in demo.members if one.id in welcomed)
    look_after_the_network(demo, president)
    office, first_day = office_to_come(demo, me)
    record_what_was_done(demo, me)
    look_after(demo, me, president)
    passed_slip(demo.world, demo.group, me, president)  # may still be put right
    cancelled, planned = cancelled_and_planned(demo)
    with demo.world.held.new_session() as session:
        things, own = public_ids(session, demo.group), public_ids(session, demo.group, me.id)
    return Addresses(
        values={
            **FURTHER_WORDS,
            **{name: [*own[name][:1], *found[:1]] for name, found in things.items()},
            **secrets,
            "group": ["harbour"],
            "plugin": ["attendance"],
            "member": [one.public_id for one in (me, long_named, president, newcomer)],
            "meeting": [one.public_id for one in (demo.meetings[0], demo.meeting, planned, cancelled)],
            "slip": _slips(demo, me.id),
            **asked_and_introduced(demo, me, president),
            **arranged_and_promised(demo, me, president),
            **mails_and_offices(demo, me, president),
            **received_guests(demo, me, president),
            **disagreements(demo, me, president),
            "group.referrals.check/slip": _drawn(demo),
            "batch": things["batch"],
            "excuse": things["excuse"],
            "leave": things["leave"],
            "visit.attendance.answer/token": [answer_link(demo, me, planned)],
            "account.link/token": [invitation(demo, long_named)],
            "founding.link/token": [founding(demo)],
            "office": [office, *FURTHER_WORDS["office"]],
            "first_day": [first_day],
        }
    )


def _slips(demo: DemoHouse, me: MemberId) -> Sequence[str]:
    """Return one slip of each state, given and received."""
    work = demo.world.work()
    slips = work.session.execute(
        select(SlipRow.public_id, SlipRow.state, SlipRow.giver_member_id == me)
        .where(SlipRow.group_id == demo.group.id)
        .where(or_(SlipRow.giver_member_id == me, SlipRow.receiver_member_id == me))
    ).all()
    work.rollback()
    return list({(state, is_given): slip for slip, state, is_given in slips}.values())


def _drawn(demo: DemoHouse) -> Sequence[str]:
    """Return a slip of each receiver that was drawn for the quality check."""
    work = demo.world.work()
    found = work.session.scalars(
        select(func.min(SlipRow.public_id))
        .join(
            QualityCheckRow,
            and_(QualityCheckRow.group_id == SlipRow.group_id, QualityCheckRow.slip_id == SlipRow.id),
        )
        .where(SlipRow.group_id == demo.group.id)
        .group_by(QualityCheckRow.receiver_member_id)
    ).all()
    work.rollback()
    return list(found)


def _brought_file(demo: DemoHouse) -> None:
    """Bring a roster from which names and columns are still to be asked."""
    leader = demo.world.client(demo.demo_sign_in("president"))
    data = BytesIO(xlsx_bytes({"Roster": chapter_grid()}))
    answer = leader.post(f"{HERE}/import", data={"file": (data, "roster.xlsx")})
    assert answer.status_code == 303
    demo.world.app.config["WTF_CSRF_ENABLED"] = True


def _sign_in_by_roster(demo: DemoHouse, member: MemberLine) -> None:
    leader = demo.world.client(demo.demo_sign_in("president"))
    address = f"{HERE}/attendance/meetings/{demo.meeting.public_id}/members/{member.public_id}"
    assert leader.post(address, data={"status": "P", "seen_version": "0"}).status_code == 303
    demo.world.app.config["WTF_CSRF_ENABLED"] = True

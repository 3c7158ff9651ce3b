"""One of each thing that a page of the demo's house can be about: made as people make it, or found in the demo."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from app.core.access.domain.code import CodeKey
from app.core.access.queries import account_of_person
from app.core.access.services.links import LINK_MARK, LinkAddress
from app.core.founding.domain.who_may import Founding
from app.core.founding.network import choose_founding, make_site_admin
from app.core.founding.services import ask_to_found
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.groups.services import take_office
from app.core.meetings.domain.changes import seen_mark
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_public_id, meetings_between
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.services.room_screen import open_room_screen
from app.plugins.attendance.services.steward import ask_steward
from app.plugins.attendance.services.tablets import RegisterTablet, code_of, register_tablet
from app.plugins.attendance.web.answer_links import LinkedAnswer, token_of
from tests.support.browsing import DemoHouse
from tests.support.rare_care import asked_and_cared
from tests.support.rare_things import NEW_GROUP
from tests.support.reading import column

HERE: Final = "/g/harbour"
TERM_TO_COME: Final = "2026-12-15"


def screen_pass(demo: DemoHouse) -> str:
    """Return a one-time pass for the room's screen of today's meeting."""
    leader = demo.demo_sign_in("president").id
    return open_room_screen(demo.world.work(), demo.group.id, demo.meeting.public_id, leader)


def steward_pass(demo: DemoHouse) -> str:
    """Return a one-time pass for a door steward of today's meeting."""
    leader = demo.demo_sign_in("president").id
    return ask_steward(demo.world.work(), demo.group.id, demo.meeting.public_id, leader)


def tablet_code(demo: DemoHouse) -> str:
    """Return a one-time code for a tablet of the group."""
    secret = f"tablet {demo.world.held.ids.public_id()}"
    work = demo.world.work()
    register_tablet(
        work,
        RegisterTablet(
            group_id=demo.group.id,
            leader_id=demo.demo_sign_in("president").id,
            label="Entrance",
            public_id=work.ids.public_id(),
            secret=secret,
        ),
    )
    return code_of(secret)


def cancelled_and_planned(demo: DemoHouse) -> tuple[Meeting, Meeting]:
    """Return two meetings to come, of which the leader has cancelled the first."""
    today = demo.world.now.date()
    work = demo.world.work()
    ahead = meetings_between(
        work.session, demo.group.id, today + timedelta(days=1), today + timedelta(weeks=3)
    )
    first, second = sorted(ahead, key=lambda meeting: meeting.starts_at_utc)[:2]
    found = meeting_by_public_id(work.session, demo.group.id, first.public_id)
    work.rollback()
    assert found is not None
    _post(
        demo,
        f"{HERE}/meetings/{first.public_id}/off",
        {"state": "cancelled", "seen": seen_mark([found]), "step": "confirm"},
    )
    return first, second


def office_to_come(demo: DemoHouse, member: MemberLine) -> tuple[str, str]:
    """Give the member an office from a day to come on; return both as addresses name them."""
    data = {"member": member.public_id, "office": "mentor", "starts_on": TERM_TO_COME}
    _post(demo, f"{HERE}/offices", data)
    return "mentor", TERM_TO_COME


def invitation(demo: DemoHouse, member: MemberLine) -> str:
    """Return the token of an invitation that was mailed to the member."""
    _post(demo, f"{HERE}/members/{member.public_id}/invite", {})
    return _tokens_in_mails(demo, "/account/link/")[-1]


def founding(demo: DemoHouse) -> str:
    """Return the token mailed to a stranger who wants to found a group."""
    address = LinkAddress(template=f"/found/link/{LINK_MARK}")
    ask_to_found(demo.world.work(), NEW_GROUP, "zoe@pier.example", address=address, key=CodeKey(b"k"))
    return _tokens_in_mails(demo, "/found/link/")[-1]


def answer_link(demo: DemoHouse, member: MemberLine, meeting: Meeting) -> str:
    """Return what stands in the link with which the member sends a substitute to a meeting to come."""
    linked = LinkedAnswer(
        member_public_id=member.public_id,
        meeting_public_id=meeting.public_id,
        intent=Intent.SUBSTITUTE,
        asked_for=meeting.starts_at_utc,
    )
    with demo.world.app.app_context():
        return token_of(demo.group, linked)


def look_after_the_network(demo: DemoHouse, member: MemberLine) -> None:
    """Let the member be the one who looks after the installation, in which anyone may found a group."""
    work = demo.world.work()
    account = account_of_person(work.session, member.person_id)
    assert account is not None
    make_site_admin(work, account.id)
    choose_founding(work, Founding.ANYONE)
    work.commit()


def record_what_was_done(demo: DemoHouse, member: MemberLine) -> None:
    """Let the member record a talk and a learning unit of today."""
    other = next(one for one in demo.members if one.id != member.id)
    today = f"{demo.world.now:%Y-%m-%d}"
    talk = {"talk-partner": other.public_id, "talk-held_on": today, "talk-same": "another"}
    unit = {"learning-what": "Reading a balance sheet", "learning-learned_on": today, "learning-units": "2"}
    for address, data in (("talks", talk), ("learning", unit)):
        answer = demo.world.client(member).post(f"{HERE}/activities/{address}", data=data)
        assert answer.status_code == 303, answer.text
    demo.world.app.config["WTF_CSRF_ENABLED"] = True


def look_after(demo: DemoHouse, member: MemberLine, carer: MemberLine) -> None:
    """Let a conversation of care about the member be the carer's to lead, an excuse and a leave of theirs wait."""
    work = demo.world.work()
    today = work.now.date()
    take_office(
        work,
        group_id=demo.group.id,
        member_id=carer.id,
        office=Office.MEMBERSHIP_COMMITTEE,
        starts_on=today,
    )
    work.session.add_all(asked_and_cared(work, demo.group, member, demo.meetings[0].id))
    work.commit()
    asked = {"kind": "weather", "meeting": demo.meetings[1].public_id, "note": "The ferry lay still."}
    leave = {
        "kind": "family",
        "first_day": f"{today + timedelta(days=60):%Y-%m-%d}",
        "last_day": f"{today + timedelta(days=150):%Y-%m-%d}",
    }
    for address, data in (("excuse", asked), ("leave", leave)):
        answer = demo.world.client(member).post(f"{HERE}/attendance/away/{address}", data=data)
        assert answer.status_code == 303, answer.text
    demo.world.app.config["WTF_CSRF_ENABLED"] = True


def _post(demo: DemoHouse, address: str, data: Mapping[str, str]) -> None:
    leader = demo.world.client(demo.demo_sign_in("president"))
    answer = leader.post(address, data=dict(data))
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    assert answer.status_code == 303, answer.get_data(as_text=True)


def _tokens_in_mails(demo: DemoHouse, path: str) -> list[str]:
    mails = " ".join(str(body) for body in column(demo.world, "outgoing_mail", "body"))
    return re.findall(rf"{path}(\S+)", mails)

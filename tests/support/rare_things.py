"""What no demo fills: one of each thing that a group keeps only now and then, and the secrets that stand in addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.access.domain.code import CodeKey
from app.core.access.services.links import LINK_MARK, LinkAddress
from app.core.founding.domain.asked import Asked
from app.core.founding.services import ask_to_found
from app.core.groups.domain.standing import Group
from app.core.groups.events import PluginSwitched
from app.core.groups.first_steps import set_step_aside
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.intake.models import ImportAliasRow, ImportBatchRow, ImportEffectRow, ImportExtraRow
from app.core.meetings.models import MeetingRow
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugin_runtime.switching import switch_on
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.door import Asks, Door
from app.plugins.attendance.models import AnswerRow, ClaimRow, OpeningBalanceRow
from app.plugins.attendance.services.door_keys import set_pin
from app.plugins.attendance.services.tablets import change_door
from app.plugins.attendance.web.answer_links import LinkedAnswer, token_of
from app.plugins.credibility.store_schemes import add_scheme
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import LookBackRow
from app.plugins.referrals.web.report_links import LinkedReport
from app.plugins.referrals.web.report_links import token_of as report_token_of
from app.plugins.welcome.services.newcomers import keep_own_words
from tests.support.furnished_firstyear import keep_first_year, secrets_of_first_year
from tests.support.furnished_greetings import DOOR_ACTS, declined_and_put_aside
from tests.support.furnished_joining import links_of_joining
from tests.support.furnished_visits import OWN_ACTS, keep_visits, own_secret
from tests.support.rare_care import asked_and_cared
from tests.support.rare_credibility import customer_secret, keep_disagreement, keep_record
from tests.support.rare_elsewhere import keep_slip_elsewhere
from tests.support.rare_profiles import keep_face_and_voice
from tests.support.rare_referrals import noted_and_corrected, prospect_token
from tests.support.rare_slips import keep_waiting_slips, tap_token
from tests.support.sheets import csv_bytes
from tests.support.tablets import registered
from tests.support.world import World

NEW_GROUP: Final = Asked(
    founder="Noa Pier",
    name="Pier",
    kind="referral-group",
    weekday=1,
    week=0,
    wall_time=time(7),
    minutes=90,
    zone="Europe/Lisbon",
    currency="EUR",
    locale="en-GB",
    vocabulary="standard",
)


@dataclass(frozen=True, kw_only=True)
class Leader:
    """Who leads a group, with their browser, the meeting that is on or comes next, and the first that did not begin."""

    world: World
    group: Group
    member: MemberLine
    client: FlaskClient
    meeting: MeetingRow
    ahead: MeetingRow

    @property
    def home(self) -> str:
        """The beginning of the group's addresses."""
        return f"/g/{self.group.slug}"


def leader_of(world: World, group: Group, member: MemberLine) -> Leader:
    """Return `member` as the one who leads the group."""
    with world.held.new_session() as session:
        coming = (
            select(MeetingRow)
            .where(MeetingRow.group_id == group.id, MeetingRow.ends_at_utc > world.now)
            .where(MeetingRow.state == "planned")
            .order_by(MeetingRow.starts_at_utc)
        )
        meetings = session.scalars(coming).all()
    return Leader(
        world=world,
        group=group,
        member=member,
        client=world.client(member),
        meeting=meetings[0],
        ahead=next(meeting for meeting in meetings if meeting.starts_at_utc > world.now),
    )


def keep_rare_things(leader: Leader) -> None:
    """Bring two files and apply the first, invite somebody, and keep one row of everything else that is rare."""
    applied, _shown = (_bring(leader, name) for name in ("First", "Second"))
    answer = leader.client.post(f"{leader.home}/import/{applied}/apply")
    assert answer.status_code == 303, answer.text
    assert leader.client.post(f"{leader.home}/members/{leader.member.public_id}/invite").status_code == 303
    newcomer = leader.world.member(leader.group, "Newly Come", joined=leader.world.now.date())
    work, group, member = leader.world.work(), leader.group, leader.member
    notify(work, group_id=group.id, member_id=member.id, kind="x", text=N_("A word to you."))
    work.record(PluginSwitched(group_id=group.id, plugin="none", is_on=False), reason="because")
    set_step_aside(work, group.id, "group.roster")
    keep_own_words(work, group, subject="Welcome here", body="Hello from all of us.", seen_version=0)
    key = _key_of(work.session, group, applied)
    work.session.add_all([*_names_in_files(work, leader, key), _note_of_file(leader, key)])
    work.session.add_all(_said_of_the_meeting(work, leader))
    work.session.add(LookBackRow(group_id=group.id, member_id=member.id, batch_id=key, at_utc=work.now))
    work.session.add_all(asked_and_cared(work, group, member, leader.meeting.id))
    work.session.add_all(noted_and_corrected(work, group, member.id))
    keep_face_and_voice(work, group.id, member.id)
    keep_first_year(work, group, member)
    work.session.add_all(declined_and_put_aside(work, group, member, newcomer))
    add_scheme(work.session, group.id, ("standard", 1), work.now.date(), work.now)
    switch_on(work, leader.world.held.registry, group_id=group.id, name="credibility")
    keep_record(work, group, member, newcomer)
    keep_disagreement(work, group, member, newcomer)
    work.commit()
    _open_the_door(leader)
    keep_waiting_slips(leader.world, group, member)
    keep_slip_elsewhere(leader.world, group, member)
    keep_visits(leader)


def _open_the_door(leader: Leader) -> None:
    """Register a tablet, let a guest sign in after a reload, and give the leader a PIN."""
    tablet = registered(leader.world, leader.group, leader.member)
    tablet.contact()
    tablet.reload()
    tablet.tap(None, leader.meeting.public_id, kind="guest", name="Guest Atthedoor", firm="Atthedoor Ltd")
    runs = [{"boot": tablet.boot, "after": tablet.anchors[0]}]
    body = {"boot": tablet.boot, "m": tablet.reading, "events": tablet.queue, "runs": runs}
    answer = tablet.post("sign-ins", body)
    assert answer.status_code == 200, answer.text
    set_pin(leader.world.work(), leader.group.id, leader.member.id, pin="8361", again="8361")
    change_door(leader.world.work(), leader.group.id, Door(asks=Asks.PIN), seen_version=0)


def ask_for_a_group(world: World) -> None:
    """Let a stranger ask to found a group, without proving their address."""
    ask_to_found(
        world.work(),
        NEW_GROUP,
        "stranger@pier.example",
        address=LinkAddress(template=LINK_MARK),
        key=CodeKey(b"k"),
    )


def secrets_of(leader: Leader) -> Mapping[str, list[str]]:
    """Return the secrets that stand in addresses of the group, by `endpoint/argument`."""
    record = f"{leader.home}/attendance/meetings/{leader.meeting.public_id}"
    steward, screen = (_last_part(leader.client.post(f"{record}/{kind}")) for kind in ("stewards", "screen"))
    feed = re.findall(
        r"/calendar/[\w-]+/([^/\s\"<]+)\.ics", leader.client.get(f"{leader.home}/meetings/calendar").text
    )
    answer = _answer_token(leader)
    about_you = prospect_token(leader.world, leader.group)
    report = _report_link(leader)
    code = _last_part(leader.client.post(f"{leader.home}/attendance/tablets", data={"label": "Entrance"}))
    return {
        "group.profiles.photo/member": [leader.member.public_id],
        "group.profiles.recording/member": [leader.member.public_id],
        "group.attendance.tablet_code/code": [code],
        "group.attendance.steward_link/one_time_pass": [steward],
        "visit.attendance.take_steward/one_time_pass": [steward],
        "visit.attendance.become_steward/one_time_pass": [steward],
        "visit.attendance.take_screen/one_time_pass": [screen],
        "visit.attendance.become_screen/one_time_pass": [screen],
        "visit.attendance.answer/token": [answer],
        "visit.referrals.tap/token": [tap_token(leader.world, leader.group, leader.member)],
        "visit.attendance.give_answer/token": [answer],
        **secrets_of_first_year(leader.world, leader.group),
        "visit.referrals.about_you/token": [about_you],
        "visit.referrals.objected/token": [about_you],
        "visit.referrals.report_from_mail/token": [report],
        "visit.referrals.give_report_from_mail/token": [report],
        "visit.credibility.confirm/token": [customer_secret(leader.group)],
        "calendar.feed/token": [feed[0]],
        **{f"visit.welcome.{act}/secret": [own_secret(leader)] for act in (*OWN_ACTS, *DOOR_ACTS)},
        **links_of_joining(leader.world, leader.group),
    }


def _answer_token(leader: Leader) -> str:
    """Return what stands in the link with which the leader sends apologies for the meeting ahead."""
    linked = LinkedAnswer(
        member_public_id=leader.member.public_id,
        meeting_public_id=leader.ahead.public_id,
        intent=Intent.APOLOGIES,
        asked_for=leader.ahead.starts_at_utc,
    )
    with leader.world.app.app_context():
        return token_of(leader.group, linked)


def _report_link(leader: Leader) -> str:
    """Return what stands in the link with which a giver reports on the group's latest slip that was won."""
    with leader.world.held.new_session() as session:
        slip, giver = session.execute(
            select(SlipRow.public_id, MemberRow.public_id)
            .join(
                MemberRow,
                and_(MemberRow.group_id == SlipRow.group_id, MemberRow.id == SlipRow.giver_member_id),
            )
            .where(SlipRow.group_id == leader.group.id)
            .order_by(SlipRow.state.desc(), SlipRow.id.desc())
        ).all()[0]
    linked = LinkedReport(
        member_public_id=giver, slip=slip, report=Report.HANDLING, written_at=leader.world.now
    )
    with leader.world.app.app_context():
        return report_token_of(leader.group, linked)


def _last_part(answer: object) -> str:
    location = str(getattr(answer, "location", ""))
    assert location, answer
    return location.rstrip("/").rpartition("/")[2]


def _bring(leader: Leader, name: str) -> str:
    address = f"{name.lower()}@{leader.group.slug}.example"
    roster = csv_bytes(
        [("First Name", "Last Name", "Profession", "Email"), (f"{name}ly", "Named", "Baker", address)]
    )
    data = {"file": (BytesIO(roster), f"{name}.csv")}
    answer = leader.client.post(f"{leader.home}/import", data=data)
    assert answer.status_code == 303
    return _last_part(answer)


def _key_of(session: Session, group: Group, batch: str) -> int:
    row = select(ImportBatchRow).where(ImportBatchRow.group_id == group.id, ImportBatchRow.public_id == batch)
    found = session.scalars(row).one()
    found.answers = '{"names": {"old name": "nobody"}}'
    return found.id


def _note_of_file(leader: Leader, batch: int) -> ImportExtraRow:
    return ImportExtraRow(
        group_id=leader.group.id,
        batch_id=batch,
        number=99,
        row_number=7,
        name="Old Name",
        member_id=leader.member.id,
        heading="Region",
        text="as listed",
    )


def _names_in_files(
    work: UnitOfWork, leader: Leader, batch: int
) -> tuple[ImportAliasRow, ImportEffectRow, OpeningBalanceRow]:
    group_id, member_id = leader.group.id, leader.member.id
    return (
        ImportAliasRow(
            group_id=group_id,
            folded_name="old name",
            member_id=member_id,
            set_by_member_id=member_id,
            set_at_utc=work.now,
        ),
        ImportEffectRow(
            group_id=group_id,
            batch_id=batch,
            number=99,
            kind="tests.name",
            subject=f"member:{member_id}",
            before='{"name": "Old Name"}',
            after='{"name": "New Name"}',
        ),
        OpeningBalanceRow(
            group_id=group_id,
            id=work.ids.key(),
            member_id=member_id,
            listed_name="Old Name",
            first_day=date(2026, 7, 1),
            last_day=date(2026, 9, 30),
            meetings=13,
            p=12,
            currency=leader.group.currency,
            batch_id=batch,
        ),
    )


def _said_of_the_meeting(work: UnitOfWork, leader: Leader) -> tuple[AnswerRow, ClaimRow]:
    meeting, member_id = leader.meeting, leader.member.id
    return (
        AnswerRow(
            group_id=leader.group.id,
            meeting_id=meeting.id,
            member_id=member_id,
            answer=Intent.SUBSTITUTE.value,
            substitute_name="Sub Stitute",
            note="said at lunch",
            for_starts_at_utc=meeting.starts_at_utc,
            via="page",
            said_at_utc=work.now,
            said_by_member_id=member_id,
        ),
        ClaimRow(
            group_id=leader.group.id,
            meeting_id=meeting.id,
            member_id=member_id,
            how="own-name",
            claimed_at_utc=work.now,
            device_key="k" * 64,
        ),
    )

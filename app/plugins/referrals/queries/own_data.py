"""All that referrals keep of one member's own doing, for that member: slips of both sides, steps, own reports, own notes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.former import name_or_nobody
from app.core.people.models import PersonRow
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow
from app.plugins.referrals.models_reports import ReportRow
from app.plugins.referrals.models_rights import OwnNoteRow

_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_REPORT: Any = ReportRow.__table__
_NOTE: Any = OwnNoteRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSlip:
    """A slip with the words of its giver, as codes. The contact of its prospect is not in it: each look at one is on record."""

    public_id: str
    is_given: bool
    other_name: str
    prospect_name: str
    about: str
    tier: str
    how_well: int | None
    basis: str
    urgency: str
    agreed_how: str
    agreed_on: date | None
    state: str
    origin: str
    passed_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """A step of one of the member's slips; `by_name` is empty where the house took it."""

    slip: str
    number: int
    act: str
    to_state: str
    at: datetime
    by_name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """A version of a sealed report that the member gave themselves."""

    slip: str
    report: str
    number: int
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAbout:
    """A note of the member's about a colleague."""

    name: str
    text: str
    changed_at: datetime


def own_slips(session: Session, group_id: GroupId, member_id: MemberId) -> list[OwnSlip]:
    """Return every slip that the member gave or received, the oldest first."""
    is_given = _SLIP.c.giver_member_id == member_id
    other = case((is_given, _SLIP.c.receiver_member_id), else_=_SLIP.c.giver_member_id)
    outside = case((is_given, _SLIP.c.receiver_outside), else_=_SLIP.c.giver_outside)
    query = (
        select(
            _SLIP.c.public_id,
            case((is_given, 1), else_=0).label("is_given"),
            func.coalesce(_PERSON.c.name, outside).label("other_name"),
            func.coalesce(_PROSPECT.c.name, "").label("prospect_name"),
            func.coalesce(_PROSPECT.c.agreed_how, "").label("agreed_how"),
            _PROSPECT.c.agreed_on,
            *(_SLIP.c[name] for name in ("about", "tier", "how_well", "basis", "urgency", "state", "origin")),
            _SLIP.c.passed_at_utc.label("passed_at"),
            _SLIP.c.acknowledged_at_utc.label("acknowledged_at"),
            _SLIP.c.closed_at_utc.label("closed_at"),
        )
        .select_from(_SLIP)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == other))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            _PROSPECT, and_(_PROSPECT.c.group_id == _SLIP.c.group_id, _PROSPECT.c.id == _SLIP.c.prospect_id)
        )
        .where(_SLIP.c.group_id == group_id, _is_of(member_id))
        .order_by(_SLIP.c.passed_at_utc, _SLIP.c.id)
    )
    rows = session.execute(query).mappings()
    return [OwnSlip(**{**row, "is_given": bool(row["is_given"])}) for row in rows]


def own_steps(session: Session, group_id: GroupId, member_id: MemberId) -> list[OwnStep]:
    """Return every step of the member's slips, slip by slip."""
    query = (
        select(
            _SLIP.c.public_id.label("slip"),
            _STEP.c.number,
            _STEP.c.act,
            _STEP.c.to_state,
            _STEP.c.at_utc.label("at"),
            name_or_nobody(_PERSON.c.name).label("by_name"),
            _STEP.c.note,
        )
        .select_from(_STEP)
        .join(_SLIP, and_(_SLIP.c.group_id == _STEP.c.group_id, _SLIP.c.id == _STEP.c.slip_id))
        .outerjoin(
            _MEMBER, and_(_MEMBER.c.group_id == _STEP.c.group_id, _MEMBER.c.id == _STEP.c.by_member_id)
        )
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_STEP.c.group_id == group_id, _is_of(member_id))
        .order_by(_SLIP.c.passed_at_utc, _SLIP.c.id, _STEP.c.number)
    )
    return [OwnStep(**row) for row in session.execute(query).mappings()]


def own_reports(session: Session, group_id: GroupId, member_id: MemberId) -> list[OwnReport]:
    """Return every version of the member's own sealed reports; nobody else's is looked at."""
    query = (
        select(
            _SLIP.c.public_id.label("slip"),
            _REPORT.c.kind.label("report"),
            _REPORT.c.number,
            _REPORT.c.answer,
            _REPORT.c.at_utc.label("at"),
        )
        .select_from(_REPORT)
        .join(_SLIP, and_(_SLIP.c.group_id == _REPORT.c.group_id, _SLIP.c.id == _REPORT.c.slip_id))
        .where(_REPORT.c.group_id == group_id, _REPORT.c.by_member_id == member_id)
        .order_by(_REPORT.c.at_utc, _REPORT.c.slip_id, _REPORT.c.number)
    )
    return [OwnReport(**row) for row in session.execute(query).mappings()]


def own_notes(session: Session, group_id: GroupId, member_id: MemberId) -> list[NoteAbout]:
    """Return what the member noted of colleagues, by their names; emptied notes are left out."""
    query = (
        select(_PERSON.c.name, _NOTE.c.text, _NOTE.c.changed_at_utc.label("changed_at"))
        .select_from(_NOTE)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _NOTE.c.group_id, _MEMBER.c.id == _NOTE.c.about_member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.member_id == member_id, _NOTE.c.text != "")
        .order_by(_PERSON.c.sort_name, _NOTE.c.about_member_id)
    )
    return [NoteAbout(**row) for row in session.execute(query).mappings()]


def _is_of(member_id: MemberId) -> ColumnElement[bool]:
    return or_(_SLIP.c.giver_member_id == member_id, _SLIP.c.receiver_member_id == member_id)

"""Tables of excuses, leave and care: what was asked and decided, trends that were noticed, and what was done about them."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_GROUP, Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]
_MEETING = ["meeting.group_id", "meeting.id"]
_ASKED_STATES = "state IN ('asked', 'approved', 'declined', 'withdrawn')"


class ExcuseRow(Base):
    """A reason asked to be accepted for one meeting: `asked`, then `approved`, `declined` or `withdrawn`.

    `number` counts what the member asked for this meeting; `note` is theirs, `word` that of who decided.
    """

    __tablename__ = "attendance_excuse"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "meeting_id", "member_id", "number"),
        ForeignKeyConstraint(["group_id", "meeting_id"], _MEETING),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "asked_by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "decided_by_member_id"], _MEMBER),
        CheckConstraint(_ASKED_STATES, name="state"),
        Index("ix_attendance_excuse_member", "group_id", "member_id"),
        Index("ix_attendance_excuse_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    state: Mapped[str] = mapped_column(String(10))
    asked_at_utc: Mapped[datetime]
    asked_by_member_id: Mapped[int] = mapped_column(BigInteger)
    word: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    decided_at_utc: Mapped[datetime | None]
    decided_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)


class LeaveRow(Base):
    """Medical or family leave from `first_day` to `last_day`, both included; states as of an excuse.

    `asked_last_day` is the end that was asked for, where the leave was ended early.
    """

    __tablename__ = "attendance_leave"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "asked_by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "decided_by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "ended_by_member_id"], _MEMBER),
        CheckConstraint(_ASKED_STATES, name="state"),
        Index("ix_attendance_leave_member", "group_id", "member_id", "state"),
        Index("ix_attendance_leave_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    first_day: Mapped[date]
    last_day: Mapped[date]
    asked_last_day: Mapped[date]
    note: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    state: Mapped[str] = mapped_column(String(10))
    asked_at_utc: Mapped[datetime]
    asked_by_member_id: Mapped[int] = mapped_column(BigInteger)
    word: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    decided_at_utc: Mapped[datetime | None]
    decided_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    ended_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)


class CareNumbersRow(Base):
    """From which numbers on a group looks after somebody; no row means the usual ones (domain/care_patterns.py)."""

    __tablename__ = "attendance_care_numbers"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    absences: Mapped[int] = mapped_column(Integer)
    absences_weeks: Mapped[int] = mapped_column(Integer)
    lates: Mapped[int] = mapped_column(Integer)
    lates_weeks: Mapped[int] = mapped_column(Integer)
    good_meetings: Mapped[int] = mapped_column(Integer)
    good_percent: Mapped[int] = mapped_column(Integer)
    drop_weeks: Mapped[int] = mapped_column(Integer)
    drop_meetings: Mapped[int] = mapped_column(Integer)
    drop_percent: Mapped[int] = mapped_column(Integer)
    leave_weeks: Mapped[int] = mapped_column(Integer)
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class CareRow(Base):
    """A trend of one member: `noticed` (the member alone sees it), then `open` for an office, then `closed` or `gone`.

    `newest_on` is the day of the last meeting counted in it; `gone_at_utc` is set while it no longer holds.
    """

    __tablename__ = "attendance_care"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "member_id", "pattern", "newest_on"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "closed_by_member_id"], _MEMBER),
        CheckConstraint("state IN ('noticed', 'open', 'closed', 'gone')", name="state"),
        Index("ix_attendance_care_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    pattern: Mapped[str] = mapped_column(String(12))
    count: Mapped[int] = mapped_column(Integer)
    weeks: Mapped[int] = mapped_column(Integer)
    newest_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    noticed_at_utc: Mapped[datetime]
    seen_at_utc: Mapped[datetime | None]
    opened_at_utc: Mapped[datetime | None]
    gone_at_utc: Mapped[datetime | None]
    closed_at_utc: Mapped[datetime | None]
    closed_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    close_reason: Mapped[str] = mapped_column(
        PersonalText("note", told="closed_by_member_id", about="member_id"), default=""
    )
    version: Mapped[int] = mapped_column(Integer, default=1)


class CareStepRow(Base):
    """What an office did: a `call`, a `note` or a `letter`. `note` stays with the office; `body` went to the member."""

    __tablename__ = "attendance_care_step"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "care_id"], ["attendance_care.group_id", "attendance_care.id"]),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
        CheckConstraint("kind IN ('call', 'note', 'letter')", name="kind"),
        Index("ix_attendance_care_step_care", "group_id", "care_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    care_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(10))
    done_on: Mapped[date]
    by_member_id: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(
        PersonalText("note", told="by_member_id", about="care_id.member_id"), default=""
    )
    subject: Mapped[str] = mapped_column(
        PersonalText("mail", of="care_id.member_id", told="by_member_id"), default=""
    )
    body: Mapped[str] = mapped_column(
        PersonalText("mail", of="care_id.member_id", told="by_member_id"), default=""
    )
    at_utc: Mapped[datetime]


class CareWordsRow(Base):
    """The group's own words for one step of care; no row means the usual ones."""

    __tablename__ = "attendance_care_words"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    body: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

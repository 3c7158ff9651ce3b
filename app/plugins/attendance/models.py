"""Tables of attendance: one record a meeting, one mark a member and meeting, substitutes, and the rules in force."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class RuleSetRow(Base):
    """The rules by which meetings from `effective_on` on are judged; a change is a new version, never an update.

    `cut_off_kind` is `clock` or `agenda`; `cut_off_minutes` counts from the start, of an agenda point it is the
    planned minute. `rules` is the JSON of `domain/rule_set_json.py`; with a `fresh_start` earlier meetings do not count.
    """

    __tablename__ = "attendance_rule_set"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    effective_on: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))
    cut_off_minutes: Mapped[int] = mapped_column(Integer)
    rules: Mapped[str] = mapped_column(Text, default="{}")
    cut_off_kind: Mapped[str] = mapped_column(String(8), default="clock", server_default="clock")
    fresh_start: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    created_at_utc: Mapped[datetime]


class RecordRow(Base):
    """The record of a meeting: `draft`, `submitted` or `reopened`; no row is a draft nobody has closed yet."""

    __tablename__ = "attendance_record"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "submitted_by_member_id"], ["member.group_id", "member.id"]),
        CheckConstraint("state IN ('draft', 'submitted', 'reopened')", name="state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(Integer)
    submitted_at_utc: Mapped[datetime | None]
    submitted_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    presentations_began_at_utc: Mapped[datetime | None]
    head_count: Mapped[int | None] = mapped_column(Integer)


class SubstituteRow(Base):
    """A person who stood in for a member at one meeting; redacted after `expires_on`."""

    __tablename__ = "attendance_substitute"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_attendance_substitute_meeting", "group_id", "meeting_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(PersonalText("visitor"))
    firm: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    created_at_utc: Mapped[datetime]
    expires_on: Mapped[date]


class MarkRow(Base):
    """What the record says of one member: the letter, the arrival with its bounds, and what vouches for it.

    `status` is null once a mark was taken back. `excuse` is a reason beside the letter, never instead of it.
    `device_key` is the hash of the browser that signed in, to show where one phone signed in two members.
    `stood_before` is what a recorder's last tap wrote over, so that it can be taken back.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(
            ["group_id", "substitute_id"], ["attendance_substitute.group_id", "attendance_substitute.id"]
        ),
        ForeignKeyConstraint(["group_id", "excused_by_member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "recorded_by_member_id"], ["member.group_id", "member.id"]),
        CheckConstraint("status IN ('P', 'A', 'L', 'M', 'S')", name="status"),
        Index("ix_attendance_mark_member", "group_id", "member_id", "meeting_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    status: Mapped[str | None] = mapped_column(String(1))
    arrived_at_utc: Mapped[datetime | None]
    earliest_utc: Mapped[datetime | None]
    latest_utc: Mapped[datetime | None]
    grade: Mapped[str | None] = mapped_column(String(1))
    origin: Mapped[str] = mapped_column(String(16))
    device_key: Mapped[str | None] = mapped_column(String(64))
    substitute_id: Mapped[int | None] = mapped_column(BigInteger)
    left_early_at_utc: Mapped[datetime | None]
    excuse: Mapped[str | None] = mapped_column(String(30))
    excused_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    rules_version: Mapped[int | None] = mapped_column(Integer)
    recorded_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    stood_before: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(Integer)
    updated_at_utc: Mapped[datetime]


class ClaimRow(Base):
    """A sign-in that waits for the leader: by name at the door, with a neighbour's phone, or (later) offline.

    `how` is `own-name`, `neighbour` or `offline`. `decided_at_utc` once the leader said whether they are here.
    """

    __tablename__ = "attendance_claim"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "vouched_by_member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "decided_by_member_id"], ["member.group_id", "member.id"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    how: Mapped[str] = mapped_column(String(12))
    claimed_at_utc: Mapped[datetime]
    device_key: Mapped[str | None] = mapped_column(String(64))
    vouched_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    is_here: Mapped[bool | None] = mapped_column(Boolean)
    decided_at_utc: Mapped[datetime | None]
    decided_by_member_id: Mapped[int | None] = mapped_column(BigInteger)


class AnswerRow(Base):
    """What a member said beforehand of one meeting: `coming`, `late`, `substitute` or `apologies`.

    `for_starts_at_utc` is when the meeting was to begin as they said it: once it is moved, they are asked again.
    `via` is `mail`, `page`, or `leader` (who confirmed a message pasted from a chat).
    """

    __tablename__ = "attendance_answer"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "said_by_member_id"], ["member.group_id", "member.id"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(12))
    substitute_name: Mapped[str] = mapped_column(PersonalText("visitor", of="member_id"), default="")
    note: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    for_starts_at_utc: Mapped[datetime]
    via: Mapped[str] = mapped_column(String(10))
    said_at_utc: Mapped[datetime]
    said_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)


class OpeningBalanceRow(Base):
    """What a PALMS summary of an earlier system says of one listed name over its period: counts, never meetings.

    `member_id` is None for people who left before; `meetings` is how many meetings the period held, where the file
    tells. Amounts are minor units of `currency`.
    """

    __tablename__ = "attendance_opening_balance"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "batch_id"], ["import_batch.group_id", "import_batch.id"]),
        Index("ix_attendance_opening_balance_period", "group_id", "first_day", "last_day"),
        Index("ix_attendance_opening_balance_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    listed_name: Mapped[str] = mapped_column(PersonalText("profile", of="member_id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    meetings: Mapped[int | None] = mapped_column(Integer)
    p: Mapped[int] = mapped_column(Integer, default=0)
    a: Mapped[int] = mapped_column(Integer, default=0)
    l: Mapped[int] = mapped_column(Integer, default=0)  # noqa: E741  # the field's own letter for late
    m: Mapped[int] = mapped_column(Integer, default=0)
    s: Mapped[int] = mapped_column(Integer, default=0)
    rgi: Mapped[int] = mapped_column(Integer, default=0)
    rgo: Mapped[int] = mapped_column(Integer, default=0)
    rri: Mapped[int] = mapped_column(Integer, default=0)
    rro: Mapped[int] = mapped_column(Integer, default=0)
    visitors: Mapped[int] = mapped_column(Integer, default=0)
    one_to_ones: Mapped[int] = mapped_column(Integer, default=0)
    thank_you_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    learning_units: Mapped[int] = mapped_column(Integer, default=0)
    testimonials: Mapped[int] = mapped_column(Integer, default=0)
    currency: Mapped[str] = mapped_column(String(3))
    batch_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)

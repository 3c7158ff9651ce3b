"""Tables of the first year. Keys lead with the group; what is written about people stands in labelled columns."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_GROUP, Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]
_STAY = ["firstyear_stay.group_id", "firstyear_stay.id"]
_IS_OPEN = text("state IN ('asked', 'accepted')")


class StepsRow(Base):
    """The steps of the induction in the group's own words, a line each; no row means the usual ones."""

    __tablename__ = "firstyear_steps"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    steps: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class StayRow(Base):
    """A member's time in the group since they joined; `earlier_until` is the last day of an earlier one.

    `keeper_member_id` looks after it, None where nobody else holds an office. Joining again begins another stay.
    """

    __tablename__ = "firstyear_stay"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "member_id", "started_on"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "keeper_member_id"], _MEMBER),
        CheckConstraint("state IN ('running', 'over')", name="state"),
        Index("ix_firstyear_stay_state", "group_id", "state", "started_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    started_on: Mapped[date]
    earlier_until: Mapped[date | None]
    has_plan: Mapped[bool]
    keeper_member_id: Mapped[int | None] = mapped_column(BigInteger)
    is_keeper_named: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8), default="running")
    version: Mapped[int] = mapped_column(Integer, default=1)


class StepRow(Base):
    """One step of somebody's induction, as it was worded when they joined; ticked by the office."""

    __tablename__ = "firstyear_step"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "stay_id"], _STAY),
        ForeignKeyConstraint(["group_id", "done_by_member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    stay_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    done_at_utc: Mapped[datetime | None]
    done_by_member_id: Mapped[int | None] = mapped_column(BigInteger)


class MentorOfferRow(Base):
    """A member who would gladly be a mentor, without holding the office."""

    __tablename__ = "firstyear_mentor_offer"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    offered_at_utc: Mapped[datetime]


class MentorAskRow(Base):
    """Somebody was asked to be a newcomer's mentor; accepted, they are it until stepping back or leaving.

    Of one stay one at most is open: the database sees to it.
    """

    __tablename__ = "firstyear_mentor_ask"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "stay_id"], _STAY),
        ForeignKeyConstraint(["group_id", "mentor_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "asked_by_member_id"], _MEMBER),
        CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'withdrawn', 'stepped-back', 'over')", name="state"
        ),
        Index(
            "ix_firstyear_mentor_ask_open",
            "group_id",
            "stay_id",
            unique=True,
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
        Index("ix_firstyear_mentor_ask_mentor", "group_id", "mentor_member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    stay_id: Mapped[int] = mapped_column(BigInteger)
    mentor_member_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    asked_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    asked_at_utc: Mapped[datetime]
    answered_at_utc: Mapped[datetime | None]
    ended_at_utc: Mapped[datetime | None]


class ToMeetRow(Base):
    """Somebody on a newcomer's plan, and why; the newcomer may set them aside."""

    __tablename__ = "firstyear_to_meet"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "stay_id"], _STAY),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    stay_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(12))
    met_on: Mapped[date | None]
    is_set_aside: Mapped[bool] = mapped_column(default=False)


class TalkRow(Base):
    """A review or a renewal talk. `year` is the year of membership, `round` counts talks put off to another day.

    `words` and `outcome` are for the two, and for the membership committee where `seen_by` says so; `wishes` are what the
    member wants from the next year. All of it is forgotten after `forget_on`.
    """

    __tablename__ = "firstyear_talk"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "stay_id", "kind", "year", "round"),
        ForeignKeyConstraint(["group_id", "stay_id"], _STAY),
        ForeignKeyConstraint(["group_id", "owner_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "settled_by_member_id"], _MEMBER),
        CheckConstraint("state IN ('due', 'held', 'skipped', 'off')", name="state"),
        Index("ix_firstyear_talk_due", "group_id", "state", "due_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    stay_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(10))
    year: Mapped[int] = mapped_column(SmallInteger)
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
    planned_on: Mapped[date]
    due_on: Mapped[date]
    is_moved: Mapped[bool] = mapped_column(default=False)
    owner_member_id: Mapped[int | None] = mapped_column(BigInteger)
    is_owner_named: Mapped[bool] = mapped_column(default=False)
    told_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(8), default="due")
    held_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(8), default="")
    seen_by: Mapped[str] = mapped_column(String(10), default="")
    words: Mapped[str] = mapped_column(
        PersonalText("note", of="stay_id.member_id", told="owner_member_id"), default=""
    )
    wishes: Mapped[str] = mapped_column(
        PersonalText("note", of="stay_id.member_id", told="owner_member_id"), default=""
    )
    reason: Mapped[str] = mapped_column(
        PersonalText("reason", of="stay_id.member_id", told="owner_member_id"), default=""
    )
    settled_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    forget_on: Mapped[date | None]
    forgotten_at_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)


class ExitRow(Base):
    """The one question to somebody who left, asked on `ask_on` unless an office said otherwise."""

    __tablename__ = "firstyear_exit"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "member_id", "ended_on"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        CheckConstraint("state IN ('waiting', 'asked', 'answered', 'not-asked', 'off')", name="state"),
        Index("ix_firstyear_exit_state", "group_id", "state", "ask_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    ended_on: Mapped[date]
    ask_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    answered_at_utc: Mapped[datetime | None]
    forget_on: Mapped[date | None]
    forgotten_at_utc: Mapped[datetime | None]

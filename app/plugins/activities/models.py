"""Tables of activities. Keys lead with the group; what is written about people stands in labelled columns."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]


class OneToOneRow(Base):
    """A talk of two members, one record for both.

    `with_member_id` is None where the other is of another group: the name stands in `with_outside`. `place` and `note`
    are for the two alone. `recorded_by_member_id` is one of the two, an office, or None for a file (`batch_id`).
    `version` grows with every change.
    """

    __tablename__ = "activities_one_to_one"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "with_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "recorded_by_member_id"], _MEMBER),
        CheckConstraint("member_id <> with_member_id", name="two"),
        Index("ix_activities_one_to_one_member", "group_id", "member_id", "held_on"),
        Index("ix_activities_one_to_one_with", "group_id", "with_member_id", "held_on"),
        Index("ix_activities_one_to_one_day", "group_id", "held_on"),
        Index("ix_activities_one_to_one_created", "group_id", "created_at_utc"),
        Index("ix_activities_one_to_one_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    with_member_id: Mapped[int | None] = mapped_column(BigInteger)
    with_outside: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(PersonalText("note", of=("member_id", "with_member_id")), default="")
    note: Mapped[str] = mapped_column(PersonalText("note", of=("member_id", "with_member_id")), default="")
    origin: Mapped[str] = mapped_column(String(10), default="online")
    recorded_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class LearningRow(Base):
    """What a member learned, worth `units` whole learning units; `batch_id` names the file of an imported one."""

    __tablename__ = "activities_learning"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "recorded_by_member_id"], _MEMBER),
        CheckConstraint("units > 0", name="units"),
        Index("ix_activities_learning_member", "group_id", "member_id", "learned_on"),
        Index("ix_activities_learning_day", "group_id", "learned_on"),
        Index("ix_activities_learning_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    learned_on: Mapped[date]
    what: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    units: Mapped[int] = mapped_column(SmallInteger)
    origin: Mapped[str] = mapped_column(String(10), default="online")
    recorded_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

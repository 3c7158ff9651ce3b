"""Tables of meetings: local wall time, zone and the computed instant, side by side."""

from datetime import date, datetime, time

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_GROUP, Base, PersonalText


class ScheduleRow(Base):
    """When a group meets: an RFC 5545 rule over local days, at `wall_time` in `zone`, for `minutes`."""

    __tablename__ = "schedule"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    wall_time: Mapped[time]
    zone: Mapped[str] = mapped_column(String(60))
    minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(Text, default="")
    call_link: Mapped[str] = mapped_column(Text, default="")


class MeetingRow(Base):
    """One dated gathering: `planned`, `cancelled` or `holiday`. Its attendance record is the attendance plugin's.

    `scheduled_on` is the day that the schedule named and stays when the meeting is moved, so that a moved or
    cancelled meeting is never planned a second time; a meeting outside the schedule has none. `note` is what
    everyone was told about its last change. `version` counts the changes: calendars know it as SEQUENCE.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "schedule_id", "scheduled_on"),
        ForeignKeyConstraint(["group_id", "schedule_id"], ["schedule.group_id", "schedule.id"]),
        Index("ix_meeting_starts", "group_id", "starts_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    schedule_id: Mapped[int | None] = mapped_column(BigInteger)
    scheduled_on: Mapped[date | None]
    local_date: Mapped[date]
    wall_time: Mapped[time]
    zone: Mapped[str] = mapped_column(String(60))
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    place: Mapped[str] = mapped_column(Text, default="")
    call_link: Mapped[str] = mapped_column(Text, default="")
    topic: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="", server_default="")
    state: Mapped[str] = mapped_column(String(12), default="planned")
    version: Mapped[int] = mapped_column(Integer, default=1)

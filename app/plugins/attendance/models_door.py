"""Tables of the door: tablets with what they sent, what the group's door asks, and the keys that members set for it."""

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
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_DEVICE = ["device.group_id", "device.id"]
_MEMBER = ["member.group_id", "member.id"]


class TabletRow(Base):
    """A registered tablet: its device, until when its one-time code is good, and what it told at its last contact.

    `clock_off_ms` is by how much its clock on the wall ran ahead (negative: behind) at the last sign-in it sent.
    """

    __tablename__ = "attendance_tablet"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "device_id"], _DEVICE),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    device_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    code_expires_at_utc: Mapped[datetime]
    last_contact_at_utc: Mapped[datetime | None]
    waiting: Mapped[int] = mapped_column(Integer, default=0)
    clock_off_ms: Mapped[int | None] = mapped_column(BigInteger)


class TabletAnchorRow(Base):
    """One contact of a page run of a tablet: the server's instant, with the readings before and after it."""

    __tablename__ = "attendance_tablet_anchor"
    __table_args__ = (ForeignKeyConstraint(["group_id", "device_id"], _DEVICE),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    device_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    boot: Mapped[str] = mapped_column(String(32), primary_key=True)
    server_at_utc: Mapped[datetime] = mapped_column(primary_key=True)
    sent_ms: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    got_ms: Mapped[int | None] = mapped_column(BigInteger)


class TabletRunRow(Base):
    """A page run of a tablet that began after a contact of an earlier one, at `began_after_utc`."""

    __tablename__ = "attendance_tablet_run"
    __table_args__ = (ForeignKeyConstraint(["group_id", "device_id"], _DEVICE),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    device_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    boot: Mapped[str] = mapped_column(String(32), primary_key=True)
    began_after_utc: Mapped[datetime]


class TabletEventRow(Base):
    """One tap on a tablet as it was sent, kept under the hash of its content, with what became of it.

    `state` is `done`, `waits` (a leader decides; `reason` says why) or `decided` (`reason` is what they said). `proof` is what came of the PIN or
    code: `none`, `right` or `wrong`. `name` and `firm` are those of who is no member, gone after `expires_on`.
    """

    __tablename__ = "attendance_tablet_event"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "device_id"], _DEVICE),
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "decided_by_member_id"], _MEMBER),
        CheckConstraint("state IN ('done', 'waits', 'decided')", name="state"),
        Index("ix_attendance_tablet_event_meeting", "group_id", "meeting_id", "state"),
        Index("ix_attendance_tablet_event_uploaded", "group_id", "device_id", "uploaded_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    device_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16))
    claimed_hash: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    boot: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int] = mapped_column(BigInteger)
    reading_ms: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    firm: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    proof: Mapped[str] = mapped_column(String(8))
    uploaded_at_utc: Mapped[datetime]
    earliest_utc: Mapped[datetime | None]
    latest_utc: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(40), default="")
    decided_at_utc: Mapped[datetime | None]
    decided_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    expires_on: Mapped[date]


class DoorRow(Base):
    """What the group's tablet asks: `nothing` beside the name, or a `pin` (or personal code); no row asks nothing."""

    __tablename__ = "attendance_door"
    __table_args__ = (CheckConstraint("asks IN ('nothing', 'pin')", name="asks"),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    asks: Mapped[str] = mapped_column(String(8))
    guests_allowed: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[int] = mapped_column(Integer)


class MemberKeyRow(Base):
    """How a member proves at the tablet who they are: an argon2id hash of a PIN, and the hash of a personal code.

    The code itself is made of the installation's secret and `code_serial`, so that it can be shown again.
    """

    __tablename__ = "attendance_member_key"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        UniqueConstraint("group_id", "code_hash"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    pin_set_at_utc: Mapped[datetime | None]
    code_hash: Mapped[str | None] = mapped_column(String(64))
    code_serial: Mapped[int] = mapped_column(Integer, default=0)

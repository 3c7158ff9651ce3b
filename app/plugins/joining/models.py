"""Tables of joining: what is set, wanted seats, neighbouring trades, applications, references, votes."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_GROUP = ["member_group.id"]
_MEMBER = ["member.group_id", "member.id"]
_APPLICATION = ["joining_application.group_id", "joining_application.id"]


class SettingRow(Base):
    """What a group has set; one without a row has never changed anything (see `domain.settings.Settings`)."""

    __tablename__ = "joining_setting"
    __table_args__ = (ForeignKeyConstraint(["group_id"], _GROUP),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    is_open: Mapped[bool] = mapped_column(Boolean)
    rule: Mapped[str] = mapped_column(String(12))
    approval_days: Mapped[int] = mapped_column(SmallInteger)
    keep_months: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(Integer)


class WantedRow(Base):
    """A trade that the group looks for; `seat` is the key by which spellings are the same."""

    __tablename__ = "joining_wanted"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "seat"),
        ForeignKeyConstraint(["group_id"], _GROUP),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    trade: Mapped[str] = mapped_column(String(120))
    seat: Mapped[str] = mapped_column(String(120))
    at_utc: Mapped[datetime]


class NeighbourRow(Base):
    """Two trades that the group holds for neighbours; `seats` is the key of the pair, in whichever order."""

    __tablename__ = "joining_neighbour"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "seats"),
        ForeignKeyConstraint(["group_id"], _GROUP),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    one: Mapped[str] = mapped_column(String(120))
    other: Mapped[str] = mapped_column(String(120))
    seats: Mapped[str] = mapped_column(String(250))
    at_utc: Mapped[datetime]


class ApplicationRow(Base):
    """Somebody who wants to join, from the form to the seat, forgotten after `expires_on`.

    `mail_key` is the hash of the address while the application lives, so that an address has one; `held_seat` the seat
    that an approval keeps, so that a seat has one. `keep_months` is how long after the decision they were told. `round` counts how often it was taken up; votes belong to a round.
    """

    __tablename__ = "joining_application"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "mail_key"),
        UniqueConstraint("group_id", "held_seat"),
        UniqueConstraint("group_id", "link_hash"),
        ForeignKeyConstraint(["group_id"], _GROUP),
        ForeignKeyConstraint(["group_id", "inviter_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "rejoins_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        Index("ix_joining_application_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(PersonalText("applicant"))
    firm: Mapped[str] = mapped_column(PersonalText("applicant"), default="")
    trade: Mapped[str] = mapped_column(PersonalText("applicant"))
    email: Mapped[str] = mapped_column(PersonalText("applicant"))
    phone: Mapped[str] = mapped_column(PersonalText("applicant"), default="")
    why: Mapped[str] = mapped_column(PersonalText("applicant"))
    years: Mapped[int | None] = mapped_column(SmallInteger)
    mail_key: Mapped[str | None] = mapped_column(String(64))
    held_seat: Mapped[str | None] = mapped_column(PersonalText("applicant"))
    visitor_public_id: Mapped[str] = mapped_column(String(16), default="")
    inviter_member_id: Mapped[int | None] = mapped_column(BigInteger)
    rejoins_member_id: Mapped[int | None] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
    yes_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    no_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    keep_months: Mapped[int] = mapped_column(SmallInteger)
    consented_at_utc: Mapped[datetime]
    asked_at_utc: Mapped[datetime]
    confirmed_at_utc: Mapped[datetime | None]
    decided_at_utc: Mapped[datetime | None]
    starts_on: Mapped[date | None]
    approved_until: Mapped[date | None]
    expires_on: Mapped[date]
    forgotten_at_utc: Mapped[datetime | None]
    link_nonce: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer, default=1)


class ReferenceRow(Base):
    """Somebody whom the applicant named, and what they said; read by those who decide alone."""

    __tablename__ = "joining_reference"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "application_id", "number"),
        UniqueConstraint("group_id", "link_hash"),
        ForeignKeyConstraint(["group_id", "application_id"], _APPLICATION),
        Index("ix_joining_reference_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    application_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(PersonalText("referee"))
    email: Mapped[str] = mapped_column(PersonalText("referee"))
    answer: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(PersonalText("referee"), default="")
    times_asked: Mapped[int] = mapped_column(SmallInteger, default=0)
    asked_at_utc: Mapped[datetime | None]
    reminded_at_utc: Mapped[datetime | None]
    answered_at_utc: Mapped[datetime | None]
    expires_at_utc: Mapped[datetime | None]
    link_nonce: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str | None] = mapped_column(String(64))


class VoteRow(Base):
    """What a member says of an application in one round, with the reason; taken away when the application is forgotten."""

    __tablename__ = "joining_vote"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "application_id"], _APPLICATION),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    application_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    round: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ballot: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(PersonalText("reason", of="member_id"), default="")
    at_utc: Mapped[datetime]

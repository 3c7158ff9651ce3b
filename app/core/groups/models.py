"""Tables of groups. Every key leads with the group, so that one group's rows lie together and never mix."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class GroupRow(Base):
    """A chapter or club. `slug` stands in addresses; `zone` is IANA, `currency` ISO 4217, `locale` BCP 47.

    `is_found_by_others` lets members of other groups that chose the same find its members, and it find theirs.
    """

    __tablename__ = "member_group"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20), default="referral-group")
    zone: Mapped[str] = mapped_column(String(60))
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(12), default="en-GB")
    vocabulary: Mapped[str] = mapped_column(String(40), default="standard")
    settling_in_days: Mapped[int] = mapped_column(Integer, default=91)
    is_found_by_others: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    created_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class NetworkRow(Base):
    """The one row of what the whole network chose: `founding` says who may found a group (see `founding.Founding`)."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    founding: Mapped[str] = mapped_column(String(12))
    changed_at_utc: Mapped[datetime]


class StepSetAsideRow(Base):
    """A first step that a group's leader does not want to be reminded of any more."""

    __tablename__ = "step_set_aside"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    at_utc: Mapped[datetime]


class MemberRow(Base):
    """A person in a group: the record that continues when they leave and rejoin, and what they show there.

    `calendar_number` is part of the secret address of their calendar: counted up, the old address is dead.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("group_id", "public_id"), UniqueConstraint("group_id", "person_id"))

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    firm: Mapped[str] = mapped_column(PersonalText("profile", of="id"), default="")
    trade: Mapped[str] = mapped_column(PersonalText("profile", of="id"), default="")
    phone: Mapped[str] = mapped_column(PersonalText("contact", of="id"), default="")
    email: Mapped[str] = mapped_column(PersonalText("contact", of="id"), default="")
    about: Mapped[str] = mapped_column(PersonalText("profile", of="id"), default="")
    shows_contact: Mapped[bool] = mapped_column(Boolean, default=True)
    calendar_number: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    created_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class MembershipRow(Base):
    """A member's time in the group, from `started_on` to `ended_on` (its last day, or open)."""

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_membership_member", "group_id", "member_id", "started_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(30), default="")


class OfficeTermRow(Base):
    """An office held by a member from `starts_on` to `ends_on` (its last day, or open)."""

    __tablename__ = "office_term"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_office_term_member", "group_id", "member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger)
    office: Mapped[str] = mapped_column(String(30))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class PluginSwitchRow(Base):
    """Whether a plugin is on for a group; no row means off."""

    __tablename__ = "plugin_switch"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    plugin: Mapped[str] = mapped_column(String(60), primary_key=True)
    is_on: Mapped[bool] = mapped_column(Boolean)
    changed_at_utc: Mapped[datetime]

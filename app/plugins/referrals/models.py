"""Tables of referrals. Keys lead with the group; what is written about people stands in labelled columns."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BY_HAND, Base, PersonalText

_GROUP = ["member_group.id"]
_MEMBER = ["member.group_id", "member.id"]


class ProspectRow(Base):
    """The third party of a slip: a name, one contact, and that they agreed. `redacted_at_utc` once it is forgotten.

    Only giver and receiver see it. `expires_on` is the day on which it is forgotten by itself, set when the slip
    ends. `agreed_how` says how they agreed, `objected_at_utc` when they changed their mind.
    """

    __tablename__ = "referrals_prospect"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], _GROUP),
        Index("ix_referrals_prospect_expires_on", "group_id", "expires_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(PersonalText("prospect"))
    contact: Mapped[str] = mapped_column(PersonalText("prospect"))
    agreed: Mapped[bool] = mapped_column(Boolean)
    agreed_how: Mapped[str] = mapped_column(PersonalText("prospect"), default="")
    agreed_on: Mapped[date | None]
    created_at_utc: Mapped[datetime]
    expires_on: Mapped[date | None]
    objected_at_utc: Mapped[datetime | None]
    redacted_at_utc: Mapped[datetime | None]


class SlipRow(Base):
    """A referral on record.

    A side that is not of this group has no member: its name stands in `giver_outside` or `receiver_outside`, and
    `exchange_id` names what passed between groups. `state` is a SlipState, the result among them; `tier`, `basis`
    and `urgency` are short codes; `how_well` is 1 to 5; `known_how` says how the giver knows a receiver who is new in
    the group. An imported slip `is_historic`: it counts on
    `historic_on`, starts no clock, has no prospect, and belongs to the file `batch_id`. `news_at_utc` is the
    latest word of either side. Before `told_from_utc`, the end of the minute in which it may be undone, the receiver
    does not know of it, and what ended before then never reaches them; None is told at once. `version` grows with
    every change.
    """

    __tablename__ = "referrals_slip"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "giver_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "receiver_member_id"], _MEMBER),
        ForeignKeyConstraint(
            ["group_id", "prospect_id"], ["referrals_prospect.group_id", "referrals_prospect.id"]
        ),
        CheckConstraint("how_well between 1 and 5", name="how_well"),
        CheckConstraint("is_historic = (historic_on is not null)", name="historic"),
        Index("ix_referrals_slip_receiver", "group_id", "receiver_member_id", "passed_at_utc"),
        Index("ix_referrals_slip_giver", "group_id", "giver_member_id", "passed_at_utc"),
        Index("ix_referrals_slip_passed", "group_id", "passed_at_utc"),
        Index("ix_referrals_slip_told", "group_id", "told_from_utc"),
        Index("ix_referrals_slip_closed", "group_id", "closed_at_utc"),
        Index("ix_referrals_slip_historic", "group_id", "historic_on"),
        Index("ix_referrals_slip_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    giver_member_id: Mapped[int | None] = mapped_column(BigInteger)
    giver_outside: Mapped[str] = mapped_column(
        PersonalText("note", of=BY_HAND, told="receiver_member_id"), default=""
    )
    receiver_member_id: Mapped[int | None] = mapped_column(BigInteger)
    receiver_outside: Mapped[str] = mapped_column(
        PersonalText("note", of=BY_HAND, told="giver_member_id"), default=""
    )
    exchange_id: Mapped[int | None] = mapped_column(BigInteger)
    prospect_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    tier: Mapped[str] = mapped_column(String(10))
    how_well: Mapped[int | None] = mapped_column(SmallInteger)
    basis: Mapped[str] = mapped_column(String(20), default="")
    about: Mapped[str] = mapped_column(
        PersonalText("note", of="giver_member_id", told="receiver_member_id"), default=""
    )
    known_how: Mapped[str] = mapped_column(
        PersonalText("note", of="giver_member_id", told="receiver_member_id"), default="", server_default=""
    )
    urgency: Mapped[str] = mapped_column(String(20), default="")
    origin: Mapped[str] = mapped_column(String(10), default="online")
    is_historic: Mapped[bool] = mapped_column(Boolean, default=False)
    historic_on: Mapped[date | None]
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    passed_at_utc: Mapped[datetime]
    acknowledged_at_utc: Mapped[datetime | None]
    news_at_utc: Mapped[datetime]
    closed_at_utc: Mapped[datetime | None]
    told_from_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)


class StepRow(Base):
    """One step in the life of a slip; `number` is the version of the slip that it led to.

    `by_member_id` is None where the house took it. The first step has no `from_state`.
    """

    __tablename__ = "referrals_step"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "slip_id"], ["referrals_slip.group_id", "referrals_slip.id"]),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    at_utc: Mapped[datetime]
    by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(PersonalText("note", of="by_member_id"), default="")


class ThankYouRow(Base):
    """Thank-you business: an amount invoiced that came of a referral, in whole minor units of `currency`.

    Credited in PALMS to the person thanked; who gave thanks is private to the two. A side that is not a member,
    as in imported files, has no member; its name, where known, stands in `thanker_outside` or `thanked_outside`.
    `withdrawn_at_utc` once its thanker took it back: then it counts nowhere. Earlier versions stand in
    `referrals_thank_you_version`.
    """

    __tablename__ = "referrals_thank_you"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id"], _GROUP),
        ForeignKeyConstraint(["group_id", "thanker_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "thanked_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "slip_id"], ["referrals_slip.group_id", "referrals_slip.id"]),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index("ix_referrals_thank_you_day", "group_id", "thanked_on"),
        Index("ix_referrals_thank_you_thanked", "group_id", "thanked_member_id", "thanked_on"),
        Index("ix_referrals_thank_you_thanker", "group_id", "thanker_member_id", "thanked_on"),
        Index("ix_referrals_thank_you_slip", "group_id", "slip_id"),
        Index("ix_referrals_thank_you_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    thanker_member_id: Mapped[int | None] = mapped_column(BigInteger)
    thanker_outside: Mapped[str] = mapped_column(
        PersonalText("note", of=BY_HAND, told="thanked_member_id"), default=""
    )
    thanked_member_id: Mapped[int | None] = mapped_column(BigInteger)
    thanked_outside: Mapped[str] = mapped_column(
        PersonalText("note", of=BY_HAND, told="thanker_member_id"), default=""
    )
    slip_id: Mapped[int | None] = mapped_column(BigInteger)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    thanked_on: Mapped[date]
    note: Mapped[str] = mapped_column(
        PersonalText("note", of="thanker_member_id", told="thanked_member_id"), default=""
    )
    origin: Mapped[str] = mapped_column(String(10), default="online")
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    withdrawn_at_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)

"""Tables of credibility. All of it is secret: nothing but this plugin's one reader (`queries/secret.py`) and its store look at it."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

_MEMBER = ["member.group_id", "member.id"]
_DOUBLE = Float(53)
"""Eight bytes on both engines, so that what is read back are the bits that were written."""

_SEALED = {"info": {"sealed": "credibility"}}
"""On PostgreSQL the web role reaches the table through functions alone (`sealed.py`)."""


class EvidenceRow(Base):
    """One counted report on one referral, with its weight frozen on the day it was counted.

    `facet` is handling (the giver's report on the receiver) or lead (the receiver's on the giver). `day` counts days since
    1970 in UTC. A corrected report replaces its row; `is_frozen` is out of the sums while an appeal runs, `published_on` is the
    weekly day since which it is part of what is shown. The order of `id` is the order of counting.
    """

    __tablename__ = "credibility_evidence"
    __table_args__ = (
        UniqueConstraint("group_id", "facet", "slip_id"),
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        Index("ix_credibility_evidence_about", "group_id", "facet", "about_member_id", "id"),
        _SEALED,
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    facet: Mapped[str] = mapped_column(String(10))
    slip_id: Mapped[int] = mapped_column(BigInteger)
    report_number: Mapped[int] = mapped_column(Integer)
    by_member_id: Mapped[int] = mapped_column(BigInteger)
    about_member_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[float] = mapped_column(_DOUBLE)
    worth: Mapped[float] = mapped_column(_DOUBLE)
    weight: Mapped[float] = mapped_column(_DOUBLE)
    voice: Mapped[str] = mapped_column(String(10))
    is_independent: Mapped[bool] = mapped_column(Boolean)
    is_frozen: Mapped[bool] = mapped_column(Boolean, default=False)
    counted_on: Mapped[date]
    published_on: Mapped[date | None]


class PairRow(Base):
    """One colleague's voice about a member, faded to `day`; see `domain.standing.Pair`."""

    __tablename__ = "credibility_pair"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
        _SEALED,
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    about_member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    by_member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[float] = mapped_column(_DOUBLE)
    good: Mapped[float] = mapped_column(_DOUBLE)
    bad: Mapped[float] = mapped_column(_DOUBLE)
    good_in: Mapped[float] = mapped_column(_DOUBLE)
    bad_in: Mapped[float] = mapped_column(_DOUBLE)
    day: Mapped[float] = mapped_column(_DOUBLE)
    independent: Mapped[int] = mapped_column(Integer)


class StandingRow(Base):
    """A member's standing, as counted, and as it was when it was last published (`shown_…`); `shown_on` is that weekly day."""

    __tablename__ = "credibility_standing"
    __table_args__ = (ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER), _SEALED)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    about_member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    good: Mapped[float] = mapped_column(_DOUBLE)
    bad: Mapped[float] = mapped_column(_DOUBLE)
    day: Mapped[float] = mapped_column(_DOUBLE)
    outcomes: Mapped[int] = mapped_column(Integer)
    independent: Mapped[int] = mapped_column(Integer)
    shown_good: Mapped[float] = mapped_column(_DOUBLE, default=0.0)
    shown_bad: Mapped[float] = mapped_column(_DOUBLE, default=0.0)
    shown_day: Mapped[float] = mapped_column(_DOUBLE, default=0.0)
    shown_outcomes: Mapped[int] = mapped_column(Integer, default=0)
    shown_independent: Mapped[int] = mapped_column(Integer, default=0)
    shown_on: Mapped[date | None]


class WeekRow(Base):
    """That the group's reports were counted on a weekly day: it happens once."""

    __tablename__ = "credibility_week"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    counted_on: Mapped[date] = mapped_column(primary_key=True)
    at_utc: Mapped[datetime]


class SchemeRow(Base):
    """A scheme that the group chose: its name and which version of it, from which day. The highest `number` is in force."""

    __tablename__ = "credibility_scheme"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    scheme: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    effective_on: Mapped[date]
    chosen_at_utc: Mapped[datetime]


class PartRow(Base):
    """What a member said when asked whether they take part: `says` is yes, no or object. No row: not asked, or no answer yet."""

    __tablename__ = "credibility_part"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER), {"info": {"secret": True}})

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    says: Mapped[str] = mapped_column(String(10))
    said_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

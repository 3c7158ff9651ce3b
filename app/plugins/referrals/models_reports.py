"""Tables of what is said in confidence: the two sealed reports, who looked back after an import, the quality check."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

_MEMBER = ["member.group_id", "member.id"]
_SLIP = ["referrals_slip.group_id", "referrals_slip.id"]


class ReportRow(Base):
    """One version of one side's report on a slip; the highest `number` is what stands, the others are what it replaced.

    `kind` is handling (the giver's) or lead (the receiver's). Nothing here is changed, and nothing but the author's own
    pages and `SlipHistory`, which opens them, reads it.
    """

    __tablename__ = "referrals_report"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "slip_id"], _SLIP),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
        {"info": {"secret": True}},
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(10))
    by_member_id: Mapped[int] = mapped_column(BigInteger)
    at_utc: Mapped[datetime]


class LookBackRow(Base):
    """That a member has seen the screen of their last 26 weeks of slips for one file: it comes once."""

    __tablename__ = "referrals_look_back"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at_utc: Mapped[datetime]


class QualityCheckRow(Base):
    """A slip that was drawn in the week beginning on `week`, and what its receiver answered, if they did."""

    __tablename__ = "referrals_quality_check"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "slip_id"], _SLIP),
        ForeignKeyConstraint(["group_id", "receiver_member_id"], _MEMBER),
        Index("ix_referrals_quality_check_week", "group_id", "week"),
        Index("ix_referrals_quality_check_receiver", "group_id", "receiver_member_id", "week"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    week: Mapped[date]
    receiver_member_id: Mapped[int] = mapped_column(BigInteger)
    called: Mapped[bool | None] = mapped_column(Boolean)
    welcome: Mapped[bool | None] = mapped_column(Boolean)
    real: Mapped[bool | None] = mapped_column(Boolean)
    answered_at_utc: Mapped[datetime | None]

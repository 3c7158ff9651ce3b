"""The table of the receiver's clock: what was sent about a waiting slip, and what its giver said of the office's help."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class ClockRow(Base):
    """How far the clock of one slip has come. A slip without a row has not been spoken of.

    `wants_help` is None until the giver has said; an office sees the slip only while it is true. `helper_member_id`
    is who of the office has spoken with the receiver.
    """

    __tablename__ = "referrals_clock"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "slip_id"], ["referrals_slip.group_id", "referrals_slip.id"]),
        ForeignKeyConstraint(["group_id", "helper_member_id"], ["member.group_id", "member.id"]),
        Index("ix_referrals_clock_wants_help", "group_id", "wants_help"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_at_utc: Mapped[datetime | None]
    second_at_utc: Mapped[datetime | None]
    asked_at_utc: Mapped[datetime | None]
    wants_help: Mapped[bool | None] = mapped_column(Boolean)
    said_at_utc: Mapped[datetime | None]
    helper_member_id: Mapped[int | None] = mapped_column(BigInteger)
    helped_at_utc: Mapped[datetime | None]

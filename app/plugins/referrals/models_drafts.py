"""The table of slips that are kept as they are typed."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class DraftRow(Base):
    """A slip that its author has not passed yet; seen by nobody else, and in no export, event or count.

    `public_id` is the token of the form it stands in, so that it is passed once from wherever it is sent. `typed` is
    what stands in the fields, as JSON. `version` counts how often it was kept, so that two windows lose nothing.
    """

    __tablename__ = "referrals_draft"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_referrals_draft_saved", "group_id", "saved_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    typed: Mapped[str] = mapped_column(PersonalText("prospect", of="member_id", erased="row"))
    saved_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)

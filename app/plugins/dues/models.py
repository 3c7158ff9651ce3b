"""The table of dues."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class EntryRow(Base):
    """One amount that somebody owes, or has paid: for what, until when.

    Without a member the file named somebody who is none, by `listed_name`. `state` is `owed`, `paid` or `dropped` (no
    longer owed); whether it is overdue is told by `due_on`. A file may say that it is paid and not when: then
    `paid_on` is empty. `amount_minor` is in minor units of `currency`.
    """

    __tablename__ = "dues_entry"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_dues_entry_member", "group_id", "member_id"),
        Index("ix_dues_entry_due", "group_id", "state", "due_on"),
        Index("ix_dues_entry_batch", "group_id", "batch_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    listed_name: Mapped[str] = mapped_column(PersonalText("profile", of="member_id"), default="")
    kind: Mapped[str] = mapped_column(String(12))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    paid_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(PersonalText("note", of="member_id"), default="")
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    noted_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

"""The table of imports: each file with what became of it. The file itself is kept only until it is applied."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class ImportBatchRow(Base):
    """One file that somebody brought: `shown` (looked at, nothing changed) or `applied` (whole)."""

    __tablename__ = "import_batch"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "by_member_id"], ["member.group_id", "member.id"]),
        Index("ix_import_batch_hash", "group_id", "file_hash"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(60))
    file_name: Mapped[str] = mapped_column(PersonalText("note"))
    file_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    applied_at_utc: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")

"""The table of imports: each file with what became of it. The file itself is kept only until it is applied."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BY_HAND, Base, PersonalText


class ImportBatchRow(Base):
    """One file that somebody brought, and what became of it.

    `state` is `shown` (looked at, nothing changed), `queued` (the worker applies it), `applied` (whole), `failed`
    (nothing changed) or `undone` (whole). `answers` is what was said about the file, as JSON; `step_done` of `step_total` is how far reading it has come.
    """

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
    file_name: Mapped[str] = mapped_column(PersonalText("note", of=BY_HAND))
    file_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    applied_at_utc: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[str] = mapped_column(PersonalText("note", of=BY_HAND), default="", server_default="")
    step_done: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    step_total: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    undone_at_utc: Mapped[datetime | None]
    undone_by_member_id: Mapped[int | None] = mapped_column(BigInteger)


class ImportAliasRow(Base):
    """A name as files write it (folded), and whom it means; without a member it means nobody of the group."""

    __tablename__ = "import_alias"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    folded_name: Mapped[str] = mapped_column(
        PersonalText("profile", of="member_id", erased="row"), primary_key=True
    )
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    set_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    set_at_utc: Mapped[datetime]


class ImportEffectRow(Base):
    """One thing an import did to a row that has no `batch_id` of its own, so that it can be undone.

    `subject` names what was made or changed (`member:123`), `before` and `after` what it held, as JSON.
    """

    __tablename__ = "import_effect"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "batch_id"], ["import_batch.group_id", "import_batch.id"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(PersonalText("note", of=BY_HAND))
    after: Mapped[str] = mapped_column(PersonalText("note", of=BY_HAND))


class ImportExtraRow(Base):
    """A cell of a column that nobody asked for, kept as a note with its file; it goes when the file is undone.

    `row_number` and `name` are the file's own; without a member the row is of nobody of the group.
    """

    __tablename__ = "import_extra"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "batch_id"], ["import_batch.group_id", "import_batch.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_import_extra_member", "group_id", "member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    row_number: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    heading: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    text: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))

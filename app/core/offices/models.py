"""Tables of what goes with an office, and of offices that members are asked to take."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class OfficeWordRow(Base):
    """Something that whoever holds `office` shall know, and nobody else; `member_id` wrote it last."""

    __tablename__ = "office_word"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        UniqueConstraint("group_id", "public_id"),
        Index("ix_office_word_office", "group_id", "office"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    office: Mapped[str] = mapped_column(String(30))
    member_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    written_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class OfficeOfferRow(Base):
    """An office for a term that members are asked to take: `state` is open, taken, withdrawn or expired."""

    __tablename__ = "office_offer"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "offered_by_member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "taken_by_member_id"], ["member.group_id", "member.id"]),
        UniqueConstraint("group_id", "public_id"),
        Index("ix_office_offer_state", "group_id", "state"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    office: Mapped[str] = mapped_column(String(30))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    offered_by_member_id: Mapped[int] = mapped_column(BigInteger)
    offered_at_utc: Mapped[datetime]
    taken_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    settled_at_utc: Mapped[datetime | None]


class OfficeAskedRow(Base):
    """One member who is asked: `answer` is empty, declined or accepted. No page shows it to another who is asked."""

    __tablename__ = "office_asked"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "offer_id"], ["office_offer.group_id", "office_offer.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_office_asked_member", "group_id", "member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    offer_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at_utc: Mapped[datetime | None]

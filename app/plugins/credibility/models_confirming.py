"""The table of customers who were asked for a word, and of those who confirmed. No customer stands in it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

_MEMBER = ["member.group_id", "member.id"]


class ConfirmationRow(Base):
    """That the giver of a slip asked its customer for a word; and, if there was a yes to both questions, since when.

    `link_hash` is all that is kept of the link, and gone once it was used, ran out or must not be used. An answer that
    confirms nothing leaves no trace. `links` counts the links made; the mail that the house sends leaves once.
    """

    __tablename__ = "credibility_confirmation"
    __table_args__ = (
        UniqueConstraint("group_id", "link_hash"),
        ForeignKeyConstraint(["group_id", "by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        Index("ix_credibility_confirmation_by", "group_id", "by_member_id"),
        Index("ix_credibility_confirmation_about", "group_id", "about_member_id"),
        {"info": {"secret": True}},
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    by_member_id: Mapped[int] = mapped_column(BigInteger)
    about_member_id: Mapped[int] = mapped_column(BigInteger)
    link_hash: Mapped[str | None] = mapped_column(String(64))
    links: Mapped[int] = mapped_column(Integer)
    asked_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    mailed_at_utc: Mapped[datetime | None]
    confirmed_at_utc: Mapped[datetime | None]

"""The table of what crosses groups."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class ExchangeSideRow(Base):
    """One side of something that two groups share: each keeps its own row of it, `thing_id`, and its own people.

    `kind` says what it is: referrals.slip. Which side belongs to which is known here alone; no foreign key of a plugin
    leads out of its group.
    """

    __tablename__ = "exchange_side"
    __table_args__ = (Index("ix_exchange_side_exchange", "exchange_id", "group_id", unique=True),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    exchange_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int] = mapped_column(BigInteger)

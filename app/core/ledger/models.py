"""Tables of the ledger: entries that are only ever added, the head of each chain, and what hangs on entries."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BY_HAND, Base, PersonalText


class LedgerHeadRow(Base):
    """The end of one chain. Its row is locked while entries are added, so that a chain cannot fork.

    `pulse` counts the entries that pages may notice; sealed events leave it where it is.
    """

    __tablename__ = "ledger_head"

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    pulse: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")


class LedgerEntryRow(Base):
    """One fact. Triggers refuse every change and removal; a correction is a new entry."""

    __tablename__ = "ledger_entry"
    __table_args__ = (Index("ix_ledger_entry_group_id_kind", "group_id", "kind", "sequence"),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at_utc: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    device_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LedgerReasonRow(Base):
    """The written reason of an entry: personal text, so it stands beside the chain and can be erased."""

    __tablename__ = "ledger_reason"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "sequence"], ["ledger_entry.group_id", "ledger_entry.sequence"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(PersonalText("reason", of=BY_HAND))


class LedgerDeliveryRow(Base):
    """One entry on its way to one subscriber: waiting, done, or failed with the last error, and tried again."""

    __tablename__ = "ledger_delivery"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "sequence"], ["ledger_entry.group_id", "ledger_entry.sequence"]),
        Index("ix_ledger_delivery_state", "state", "due_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    subscriber: Mapped[str] = mapped_column(String(160), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at_utc: Mapped[datetime]
    leased_until_utc: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")

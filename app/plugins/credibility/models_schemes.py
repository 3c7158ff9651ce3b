"""The table of the schemes that the network made: one row a version, never changed."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

_DOUBLE = Float(53)


class NetworkSchemeRow(Base):
    """A version of the network's scheme, from a day on: a change is a new row under the next number.

    It belongs to no group: `group_id` is 0, the network. Days are days of 24 hours, the `min_…` are the gate.
    """

    __tablename__ = "credibility_network_scheme"

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    effective_on: Mapped[date]
    made_at_utc: Mapped[datetime]
    prior: Mapped[float] = mapped_column(_DOUBLE)
    kappa: Mapped[float] = mapped_column(_DOUBLE)
    half_life: Mapped[float] = mapped_column(_DOUBLE)
    mutual_factor: Mapped[float] = mapped_column(_DOUBLE)
    mutual_window: Mapped[float] = mapped_column(_DOUBLE)
    new_voice: Mapped[float] = mapped_column(_DOUBLE)
    min_tenure: Mapped[float] = mapped_column(_DOUBLE)
    min_attended: Mapped[float] = mapped_column(_DOUBLE)
    min_given: Mapped[float] = mapped_column(_DOUBLE)
    min_outcomes: Mapped[float] = mapped_column(_DOUBLE)
    min_independent: Mapped[float] = mapped_column(_DOUBLE)
    min_evidence: Mapped[float] = mapped_column(_DOUBLE)

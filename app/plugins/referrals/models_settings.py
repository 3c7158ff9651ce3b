"""The table of what a group has set about its referrals."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class SettingRow(Base):
    """What a group has set; one without a row has never changed anything.

    `prospect_months` is how long a prospect is kept after the slip has ended. `version` counts the changes.
    """

    __tablename__ = "referrals_setting"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        CheckConstraint("prospect_months between 1 and 36", name="months"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    prospect_months: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(Integer)

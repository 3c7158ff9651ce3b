"""The table of lunches."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class AnswerRow(Base):
    """One member's word about one meeting: the database allows no second one."""

    __tablename__ = "lunches_answer"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    is_coming: Mapped[bool] = mapped_column(Boolean)
    remark: Mapped[str] = mapped_column(PersonalText("note"), default="")
    answered_at_utc: Mapped[datetime]

"""Tables of what a member keeps of a colleague for themselves, and of what a thank-you said before it was corrected."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]


class OwnNoteRow(Base):
    """What a member noted of a colleague, for themselves alone; in no export, event or page of anybody else."""

    __tablename__ = "referrals_own_note"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        CheckConstraint("member_id <> about_member_id", name="two"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    about_member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(
        PersonalText("note", of="member_id", about="about_member_id", erased="row")
    )
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)


class ThankYouVersionRow(Base):
    """What a thank-you said at `version`, before its thanker corrected it at `until_utc`. Append-only."""

    __tablename__ = "referrals_thank_you_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "thank_you_id"],
            ["referrals_thank_you.group_id", "referrals_thank_you.id"],
            name="fk_referrals_thank_you_version_thank_you",
        ),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    thank_you_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    thanked_on: Mapped[date]
    note: Mapped[str] = mapped_column(PersonalText("note", of="thank_you_id.thanker_member_id"), default="")
    until_utc: Mapped[datetime]

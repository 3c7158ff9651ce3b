"""Tables of disagreements with counted reports: the appeal, who decides on it, which reports are void, and which had appeared."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]
_SECRET = {"info": {"secret": True}}


class AppealRow(Base):
    """That a member disagrees with one counted report on them, with their reason.

    `evidence_id` is the counted row, which is gone once the appeal is upheld; slip and number say of which report it is, also
    where that is counted anew. They are unknown where the row was gone before they were kept. It goes a year after its end.
    """

    __tablename__ = "credibility_appeal"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "evidence_id"),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        Index("ix_credibility_appeal_about", "group_id", "about_member_id", "filed_at_utc"),
        Index("ix_credibility_appeal_state", "group_id", "state"),
        _SECRET,
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    evidence_id: Mapped[int] = mapped_column(BigInteger)
    slip_id: Mapped[int | None] = mapped_column(BigInteger)
    report_number: Mapped[int | None] = mapped_column(Integer)
    about_member_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(PersonalText("reason", of="about_member_id"))
    state: Mapped[str] = mapped_column(String(10))
    filed_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    ended_at_utc: Mapped[datetime | None]


class DeciderRow(Base):
    """Who was asked to decide on an appeal, and their word: uphold or keep, empty before it; with the reason they wrote.

    `reminded_at_utc` is when they were reminded, or asked so late that no reminder is wanted. The row tells the member who
    disagreed nothing: the plugin gives them the reasons of what has ended, without a name (`services/of_a_person.py`).
    """

    __tablename__ = "credibility_decider"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "appeal_id"], ["credibility_appeal.group_id", "credibility_appeal.id"]
        ),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        Index("ix_credibility_decider_member", "group_id", "member_id"),
        _SECRET,
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    appeal_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    says: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(PersonalText("reason", of="member_id"), default="")
    said_at_utc: Mapped[datetime | None]
    reminded_at_utc: Mapped[datetime | None]


class VoidRow(Base):
    """A report that was found void: no counting takes it again. A later correction of it is a new report."""

    __tablename__ = "credibility_void"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_number: Mapped[int] = mapped_column(Integer)


class AppearedRow(Base):
    """That a report on a slip had appeared, kept where its member stops taking part. What it said is gone.

    `published_on` is the day from which its 30 days run, also where it is counted and published anew.
    """

    __tablename__ = "credibility_appeared"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    slip_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_number: Mapped[int] = mapped_column(Integer)
    published_on: Mapped[date]

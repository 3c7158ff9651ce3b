"""Tables of visits: the public page, its photo, a visitor's own links, further inviters, the call afterwards, the answer."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_GROUP, Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]
_VISITOR = ["welcome_visitor.group_id", "welcome_visitor.id"]


class PageRow(Base):
    """What a group says on its public page, and how long it keeps what visitors write; no row: closed, all as usual.

    `minutes` holds a line a point of the meeting, `minutes after the start | sentence`; empty means the usual ones.
    `visits_limit` 0 means that visits are not counted aloud.
    """

    __tablename__ = "welcome_page"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    is_open: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    minutes: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    whom_for: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    cost: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    dress: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    way: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP), default="")
    shows_trades: Mapped[bool] = mapped_column(default=True)
    months_kept: Mapped[int] = mapped_column(Integer, default=3)
    visits_limit: Mapped[int] = mapped_column(Integer, default=2)
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class DoorPhotoRow(Base):
    """A picture of the door, redrawn: nothing of the file that was sent is kept. `digest` is its ETag."""

    __tablename__ = "welcome_door_photo"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    changed_at_utc: Mapped[datetime]


class VisitLinkRow(Base):
    """A link to a visitor's own page, kept as a hash; each mail carries a fresh one, all are dead once forgotten."""

    __tablename__ = "welcome_visit_link"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        Index("ix_welcome_visit_link_visitor", "group_id", "visitor_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    link_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    visitor_id: Mapped[int] = mapped_column(BigInteger)
    made_at_utc: Mapped[datetime]


class CoInviterRow(Base):
    """Somebody else whom a further registration of the same visitor named: told, and given nobody's contact."""

    __tablename__ = "welcome_co_inviter"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        Index("ix_welcome_co_inviter_visitor", "group_id", "visitor_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("visitor", of="visitor_id"), default="")


class CallRow(Base):
    """The call after a visit: who makes it, by when, and when it was made."""

    __tablename__ = "welcome_call"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "owner_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "called_by_member_id"], _MEMBER),
        Index("ix_welcome_call_open", "group_id", "called_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    owner_member_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    called_at_utc: Mapped[datetime | None]
    called_by_member_id: Mapped[int | None] = mapped_column(BigInteger)


class CallNoteRow(Base):
    """What somebody noted of a call, for the offices; notes are added, never written over."""

    __tablename__ = "welcome_call_note"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "author_member_id"], _MEMBER),
        Index("ix_welcome_call_note_visitor", "group_id", "visitor_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int] = mapped_column(BigInteger)
    author_member_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("visitor", of="visitor_id"))
    written_at_utc: Mapped[datetime]


class VisitAnswerRow(Base):
    """What a visitor answered to the one question after the visit."""

    __tablename__ = "welcome_visit_answer"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(PersonalText("visitor", of="visitor_id"), default="")
    answered_at_utc: Mapped[datetime]

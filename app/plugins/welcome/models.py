"""Tables of the welcome: visitors, newcomers with their contact, and the group's own first message."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_GROUP, Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]


class VisitorRow(Base):
    """Somebody who came and is no member: a name at the door, completed later, forgotten after `expires_on`.

    `origin` is `door`, `public` (registered on the public page), or `import` with the file `batch_id`. Without a meeting
    of the calendar there is the day alone. `state` is `expected`, `came`, `cancelled` or `missed`; `waiting` is a further
    registration that looks like the one `same_as_id` and stays aside until its own mail address confirmed it.
    `mail_key` is a fingerprint by which an address is known again, never the address. Links to the own page
    stand in `welcome_visit_link`;
    `link_hash` is the first of them.
    """

    __tablename__ = "welcome_visitor"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "invited_by_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "noted_by_member_id"], _MEMBER),
        Index("ix_welcome_visitor_day", "group_id", "came_on"),
        Index("ix_welcome_visitor_batch", "group_id", "batch_id"),
        Index("ix_welcome_visitor_mail_key", "group_id", "mail_key"),
        Index("ix_welcome_visitor_expires", "group_id", "expires_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    came_on: Mapped[date]
    name: Mapped[str] = mapped_column(PersonalText("visitor"))
    firm: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    trade: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    email: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    phone: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    note: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    kind: Mapped[str] = mapped_column(String(12))
    invited_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    noted_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    noted_at_utc: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(10))
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    expires_on: Mapped[date]
    forgotten_at_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="came")
    registered_at_utc: Mapped[datetime | None]
    arrived_at_utc: Mapped[datetime | None]
    cancelled_at_utc: Mapped[datetime | None]
    wants_greeter: Mapped[bool] = mapped_column(default=False)
    listens_only: Mapped[bool] = mapped_column(default=False)
    introduction: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    access_needs: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    inviter_words: Mapped[str] = mapped_column(PersonalText("visitor"), default="")
    consented_at_utc: Mapped[datetime | None]
    mail_key: Mapped[str] = mapped_column(String(64), default="")
    link_hash: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    same_as_id: Mapped[int | None] = mapped_column(BigInteger)


class NewcomerRow(Base):
    """A member in their first time, and who is there for them. Joining again begins anew."""

    __tablename__ = "welcome_newcomer"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "contact_member_id"], _MEMBER),
        Index("ix_welcome_newcomer_started", "group_id", "started_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    started_on: Mapped[date]
    contact_member_id: Mapped[int | None] = mapped_column(BigInteger)
    written_at_utc: Mapped[datetime | None]
    called_at_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)


class WordsRow(Base):
    """The group's own first message to newcomers; no row means the usual one."""

    __tablename__ = "welcome_words"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    subject: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    body: Mapped[str] = mapped_column(PersonalText("note", of=THE_GROUP))
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

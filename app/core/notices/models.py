"""Tables of notices and of the outbox, the queue of record for outgoing mail."""

from datetime import datetime, time

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText


class NoticeRow(Base):
    """One sentence for one member, with the page it leads to; read when they open it."""

    __tablename__ = "notice"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        Index("ix_notice_member", "group_id", "member_id", "read_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    path: Mapped[str] = mapped_column(String(300), default="")
    at_utc: Mapped[datetime]
    read_at_utc: Mapped[datetime | None]


class OutgoingMailRow(Base):
    """A mail on its way. One row per kind, reader, subject and period, so that nothing is told twice.

    The reader is a person of the house, or somebody who is none (a visitor, a referee): then there is no `person_id`, and
    `reader_key` tells readers apart by their address.

    `message_id` never changes, so that a copy sent after a lost answer is seen as a copy. After
    `not_after_utc` the mail is pointless and is dropped as `expired`. One text file may go with it, such as a
    calendar entry. `state` is waiting, sent, refused (the mail server said never), bounced (it came back), expired,
    held (for the digest of the day) or gathered (it went with one). `topic` says what of it can be stopped by its
    link (see `stopping.Stoppable`); a mail without one always comes.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("kind", "reader_key", "subject_key", "period"),
        Index("ix_outgoing_mail_due", "state", "due_at_utc"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("member_group.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reader_key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(80))
    subject_key: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(PersonalText("mail", of="person_id", erased="row"))
    subject: Mapped[str] = mapped_column(PersonalText("mail", of="person_id", erased="row"))
    body: Mapped[str] = mapped_column(PersonalText("mail", of="person_id", erased="row"))
    attached_name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    attached_type: Mapped[str] = mapped_column(String(80), default="", server_default="")
    attached: Mapped[str] = mapped_column(
        PersonalText("mail", of="person_id", erased="row"), default="", server_default=""
    )
    message_id: Mapped[str] = mapped_column(String(120))
    topic: Mapped[str] = mapped_column(String(10), default="", server_default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    created_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    not_after_utc: Mapped[datetime]
    leased_until_utc: Mapped[datetime | None]
    sent_at_utc: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


class ToldWhenRow(Base):
    """How one member wants to be told of what can wait, and the wall times in the group's zone of their quiet hours.

    A member without a row has chosen nothing. `waiting_by` and `news_by` are at-once, daily or page.
    """

    __tablename__ = "told_when"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    waiting_by: Mapped[str] = mapped_column(String(10))
    news_by: Mapped[str] = mapped_column(String(10))
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]


class MailWordsRow(Base):
    """A group's own words for one of its mails, called `wording`; an empty body means the usual words.

    The row stays when the usual words come back, so that its `version` still tells an old page from the present.
    """

    __tablename__ = "mail_words"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    wording: Mapped[str] = mapped_column(String(80), primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

"""Tables of the door: who greets whom, what was done for the guest, who spoke with whom. Ids, codes and instants alone."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

_MEMBER = ["member.group_id", "member.id"]
_MEETING = ["meeting.group_id", "meeting.id"]
_VISITOR = ["welcome_visitor.group_id", "welcome_visitor.id"]
_GREETING = ["welcome_greeting.group_id", "welcome_greeting.id"]


class GreetingRow(Base):
    """Who receives a guest of a meeting: a visitor, or a newcomer among the members; one row a guest and meeting.

    `state` is `open` (nobody yet), `asked` or `accepted`. `met_at_utc`: the greeter is with the guest;
    `host_told_at_utc`: the hosts were told that nobody is. `asked_times` tells one letter from the next.
    """

    __tablename__ = "welcome_greeting"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "meeting_id", "visitor_id"),
        UniqueConstraint("group_id", "meeting_id", "newcomer_member_id"),
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "meeting_id"], _MEETING),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "newcomer_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "greeter_member_id"], _MEMBER),
        CheckConstraint("(visitor_id IS NULL) <> (newcomer_member_id IS NULL)", name="one_guest"),
        CheckConstraint("(state = 'open') = (greeter_member_id IS NULL)", name="greeter"),
        Index("ix_welcome_greeting_greeter", "group_id", "greeter_member_id", "meeting_id"),
        Index("ix_welcome_greeting_visitor", "group_id", "visitor_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    meeting_id: Mapped[int] = mapped_column(BigInteger)
    visitor_id: Mapped[int | None] = mapped_column(BigInteger)
    newcomer_member_id: Mapped[int | None] = mapped_column(BigInteger)
    greeter_member_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10))
    asked_at_utc: Mapped[datetime | None]
    asked_times: Mapped[int] = mapped_column(Integer, default=0)
    accepted_at_utc: Mapped[datetime | None]
    met_at_utc: Mapped[datetime | None]
    host_told_at_utc: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)


class SaidNoRow(Base):
    """A member who cannot greet this guest, and is not asked again for them."""

    __tablename__ = "welcome_greeting_no"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "greeting_id"], _GREETING),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    greeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at_utc: Mapped[datetime]


class GreetingStepRow(Base):
    """One thing done for a guest; `with_member_id` is whom they were introduced to, where that was said."""

    __tablename__ = "welcome_greeting_step"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "greeting_id"], _GREETING),
        ForeignKeyConstraint(["group_id", "with_member_id"], _MEMBER),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    greeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(String(24), primary_key=True)
    with_member_id: Mapped[int | None] = mapped_column(BigInteger)
    done_at_utc: Mapped[datetime]


class PutAsideRow(Base):
    """A member whom a visitor or a newcomer does not want named among the people to meet."""

    __tablename__ = "welcome_put_aside"
    __table_args__ = (
        UniqueConstraint("group_id", "visitor_id", "member_id"),
        UniqueConstraint("group_id", "newcomer_member_id", "member_id"),
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "newcomer_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        CheckConstraint("(visitor_id IS NULL) <> (newcomer_member_id IS NULL)", name="one_reader"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int | None] = mapped_column(BigInteger)
    newcomer_member_id: Mapped[int | None] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    at_utc: Mapped[datetime]


class SpokeRow(Base):
    """That a visitor and a member spoke, as each of them says, and what each shares once both have said it."""

    __tablename__ = "welcome_spoke"
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["member_group.id"]),
        ForeignKeyConstraint(["group_id", "visitor_id"], _VISITOR),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        Index("ix_welcome_spoke_member", "group_id", "member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    visitor_said_at_utc: Mapped[datetime | None]
    member_said_at_utc: Mapped[datetime | None]
    visitor_shares_email: Mapped[bool] = mapped_column(default=False)
    visitor_shares_phone: Mapped[bool] = mapped_column(default=False)
    member_shares_email: Mapped[bool] = mapped_column(default=False)
    member_shares_phone: Mapped[bool] = mapped_column(default=False)


class ShownToVisitorsRow(Base):
    """A member who chose to be named to visitors as somebody to meet: first and last name, trade, own words."""

    __tablename__ = "welcome_shown"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since_utc: Mapped[datetime]

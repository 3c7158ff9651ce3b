"""Tables of giving. Keys lead with the group; what people write stands in labelled columns."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]


class AskRow(Base):
    """What a member asks for until a day. `is_learning` is kept as it was asked: it reads “learn about me” for good."""

    __tablename__ = "giving_ask"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "asker_member_id"], _MEMBER),
        Index("ix_giving_ask_open", "group_id", "state", "until_on"),
        Index("ix_giving_ask_asker", "group_id", "asker_member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    asker_member_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    is_learning: Mapped[bool]
    what: Mapped[str] = mapped_column(PersonalText("note", of="asker_member_id"))
    why: Mapped[str] = mapped_column(PersonalText("note", of="asker_member_id"))
    until_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(12), default="open")
    opened_at_utc: Mapped[datetime]
    closed_at_utc: Mapped[datetime | None]


class ReplyRow(Base):
    """What one member answered to an ask, once; asker and helper alone read it."""

    __tablename__ = "giving_reply"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "ask_id", "helper_member_id"),
        ForeignKeyConstraint(["group_id", "ask_id"], ["giving_ask.group_id", "giving_ask.id"]),
        ForeignKeyConstraint(["group_id", "helper_member_id"], _MEMBER),
        Index("ix_giving_reply_helper", "group_id", "helper_member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    ask_id: Mapped[int] = mapped_column(BigInteger)
    helper_member_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(
        PersonalText("note", of="helper_member_id", told="ask_id.asker_member_id")
    )
    at_utc: Mapped[datetime]


class IntroductionRow(Base):
    """Two members whom a third would like to know each other. What each says, and what came of it, stands beside them.

    `one_says` and `other_says` are empty, yes or no; the outcomes are empty, helped, talked or nothing.
    """

    __tablename__ = "giving_introduction"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "introducer_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "one_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "other_member_id"], _MEMBER),
        CheckConstraint(
            "one_member_id <> other_member_id AND introducer_member_id <> one_member_id "
            "AND introducer_member_id <> other_member_id",
            name="three",
        ),
        Index("ix_giving_introduction_introducer", "group_id", "introducer_member_id"),
        Index("ix_giving_introduction_one", "group_id", "one_member_id"),
        Index("ix_giving_introduction_other", "group_id", "other_member_id"),
        Index("ix_giving_introduction_made", "group_id", "state", "made_at_utc"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    introducer_member_id: Mapped[int] = mapped_column(BigInteger)
    one_member_id: Mapped[int] = mapped_column(BigInteger)
    other_member_id: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(
        PersonalText("note", of=("introducer_member_id", "one_member_id", "other_member_id"))
    )
    state: Mapped[str] = mapped_column(String(12), default="offered")
    one_says: Mapped[str] = mapped_column(String(4), default="")
    other_says: Mapped[str] = mapped_column(String(4), default="")
    one_outcome: Mapped[str] = mapped_column(String(12), default="")
    other_outcome: Mapped[str] = mapped_column(String(12), default="")
    offered_at_utc: Mapped[datetime]
    made_at_utc: Mapped[datetime | None]
    asked_at_utc: Mapped[datetime | None]


class ThanksRow(Base):
    """A thank-you on the helper's page, for one reply or one introduction (`kind`); taken back, the row is gone."""

    __tablename__ = "giving_thanks"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "kind", "about_id", "helped_member_id"),
        ForeignKeyConstraint(["group_id", "helper_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "helped_member_id"], _MEMBER),
        Index("ix_giving_thanks_helper", "group_id", "helper_member_id"),
        Index("ix_giving_thanks_helped", "group_id", "helped_member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    helper_member_id: Mapped[int] = mapped_column(BigInteger)
    helped_member_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    about_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("note", of=("helped_member_id", "helper_member_id")))
    at_utc: Mapped[datetime]
    hidden_at_utc: Mapped[datetime | None]


class TestimonialRow(Base):
    """What a member says of another's work, in words, once; taken back by the author, the row is gone."""

    __tablename__ = "giving_testimonial"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "author_member_id", "about_member_id"),
        ForeignKeyConstraint(["group_id", "author_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        CheckConstraint("author_member_id <> about_member_id", name="another"),
        Index("ix_giving_testimonial_about", "group_id", "about_member_id"),
        Index("ix_giving_testimonial_author", "group_id", "author_member_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    author_member_id: Mapped[int] = mapped_column(BigInteger)
    about_member_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("note", of=("author_member_id", "about_member_id")))
    at_utc: Mapped[datetime]
    hidden_at_utc: Mapped[datetime | None]

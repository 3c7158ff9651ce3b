"""Tables of arranged one-to-ones, of notes and wishes that are one member's own, and of promises to oneself."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText

_MEMBER = ["member.group_id", "member.id"]
_IS_OPEN = text("state IN ('asked', 'agreed')")


class ArrangementRow(Base):
    """A one-to-one that two members arrange. Of one pair only one can be open: the database sees to it.

    `one_member_id` is the lower key of the two, so that a pair has one spelling; `asker_member_id` is who began.
    `starts_at_utc`, `minutes`, `place` and `is_online` are what is agreed; what is proposed stands in the times.
    `words` are the latest that one wrote to the other (`words_by_member_id`). `one_to_one_id` names the record it led
    to, without a key: a talk that is taken back goes, and the arrangement stays. `reminded_sequence` is the
    `sequence` of the entry that the two were reminded of.
    """

    __tablename__ = "activities_arrangement"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "one_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "other_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "asker_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "waits_for_member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "words_by_member_id"], _MEMBER),
        CheckConstraint("one_member_id < other_member_id", name="pair"),
        Index(
            "ix_activities_arrangement_open",
            "group_id",
            "one_member_id",
            "other_member_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_activities_arrangement_one", "group_id", "one_member_id"),
        Index("ix_activities_arrangement_other", "group_id", "other_member_id"),
        Index("ix_activities_arrangement_state", "group_id", "state", "starts_at_utc"),
        Index("ix_activities_arrangement_talk", "group_id", "one_to_one_id"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    one_member_id: Mapped[int] = mapped_column(BigInteger)
    other_member_id: Mapped[int] = mapped_column(BigInteger)
    asker_member_id: Mapped[int] = mapped_column(BigInteger)
    waits_for_member_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    starts_at_utc: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    is_online: Mapped[bool]
    place: Mapped[str] = mapped_column(
        PersonalText("note", of=("one_member_id", "other_member_id")), default=""
    )
    words: Mapped[str] = mapped_column(
        PersonalText("note", of="words_by_member_id", told=("one_member_id", "other_member_id")), default=""
    )
    words_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    reminded_sequence: Mapped[int | None] = mapped_column(Integer)
    one_to_one_id: Mapped[int | None] = mapped_column(BigInteger)
    asked_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class TalkTimeRow(Base):
    """One of up to three times that are proposed and not answered yet; answered, they are gone."""

    __tablename__ = "activities_talk_time"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "arrangement_id"],
            ["activities_arrangement.group_id", "activities_arrangement.id"],
            name="fk_activities_talk_time_arrangement",  # the usual name is longer than PostgreSQL takes
        ),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    arrangement_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    starts_at_utc: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    is_online: Mapped[bool]
    place: Mapped[str] = mapped_column(
        PersonalText("note", of=("arrangement_id.one_member_id", "arrangement_id.other_member_id")),
        default="",
    )


class TalkNoteRow(Base):
    """What one member noted for or of a one-to-one, for themself alone.

    It names what it is about by key without pointing there: a talk that is taken back, or an arrangement that is
    forgotten, takes nobody's note away. `about_member_id` and `day` say of whom and when for good.
    """

    __tablename__ = "activities_talk_note"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        UniqueConstraint("group_id", "one_to_one_id", "member_id"),
        UniqueConstraint("group_id", "arrangement_id", "member_id"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        Index("ix_activities_talk_note_member", "group_id", "member_id", "day"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    about_member_id: Mapped[int | None] = mapped_column(BigInteger)
    one_to_one_id: Mapped[int | None] = mapped_column(BigInteger)
    arrangement_id: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date]
    note: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)


class RhythmRow(Base):
    """Every how many weeks a member would like a one-to-one with anybody; theirs alone to see."""

    __tablename__ = "activities_rhythm"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        CheckConstraint("weeks > 0", name="weeks"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    weeks: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[date]


class PairWishRow(Base):
    """Every how many weeks a member would like to talk to one colleague; the wisher's alone to see."""

    __tablename__ = "activities_pair_wish"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        CheckConstraint("weeks > 0", name="weeks"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    about_member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    weeks: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[date]


class CommitmentRow(Base):
    """What a member promised themself; nobody else sees it, nor how many there are.

    `nudged_for` is the day for which they were nudged: moved to another day, it nudges once more.
    """

    __tablename__ = "activities_commitment"
    __table_args__ = (
        UniqueConstraint("group_id", "public_id"),
        ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),
        ForeignKeyConstraint(["group_id", "about_member_id"], _MEMBER),
        Index("ix_activities_commitment_member", "group_id", "member_id", "state"),
        Index("ix_activities_commitment_due", "group_id", "state", "due_on"),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(BigInteger)
    about_member_id: Mapped[int | None] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(PersonalText("note", of="member_id", erased="row"))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    nudged_for: Mapped[date | None]
    made_at_utc: Mapped[datetime]
    settled_at_utc: Mapped[datetime | None]

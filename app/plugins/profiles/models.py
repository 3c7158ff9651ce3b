"""Tables of profiles. A row belongs to the member, who continues when they leave and rejoin; bytes stand apart from words."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalBytes, PersonalText

_MEMBER = ["member.group_id", "member.id"]


class ProfileRow(Base):
    """What a member tells in their own words; `interests` are lines. Each part is shown to the group or kept to oneself."""

    __tablename__ = "profiles_profile"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    talk_to_me_about: Mapped[str] = mapped_column(PersonalText("profile", of="member_id", erased="row"))
    good_fit: Mapped[str] = mapped_column(PersonalText("profile", of="member_id", erased="row"))
    not_a_good_fit: Mapped[str] = mapped_column(PersonalText("profile", of="member_id", erased="row"))
    interests: Mapped[str] = mapped_column(PersonalText("profile", of="member_id", erased="row"))
    how_to_say: Mapped[str] = mapped_column(PersonalText("profile", of="member_id", erased="row"))
    shows_talk_to_me_about: Mapped[bool] = mapped_column(Boolean)
    shows_good_fit: Mapped[bool] = mapped_column(Boolean)
    shows_not_a_good_fit: Mapped[bool] = mapped_column(Boolean)
    shows_interests: Mapped[bool] = mapped_column(Boolean)
    is_practised: Mapped[bool] = mapped_column(Boolean)
    changed_at_utc: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)


class PhotoRow(Base):
    """A member's photo, redrawn. `mark` is a hash of it: browsers ask by it whether theirs still stands."""

    __tablename__ = "profiles_photo"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    jpeg: Mapped[bytes] = mapped_column(PersonalBytes("photo", of="member_id", erased="row"))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    mark: Mapped[str] = mapped_column(String(64))
    kept_at_utc: Mapped[datetime]


class RecordingRow(Base):
    """A member's name, spoken by them. `media_type` was told by the bytes."""

    __tablename__ = "profiles_recording"
    __table_args__ = (ForeignKeyConstraint(["group_id", "member_id"], _MEMBER),)

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sound: Mapped[bytes] = mapped_column(PersonalBytes("recording", of="member_id", erased="row"))
    media_type: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(64))
    kept_at_utc: Mapped[datetime]

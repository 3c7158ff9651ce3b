"""The table of people."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, PersonalText
from app.core.people.former import FullName


class PersonRow(Base):
    """A human, once, however many groups they are in; `name` and `sort_name` are the parts put together."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("public_id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(16))
    given_name: Mapped[str] = mapped_column(PersonalText("profile", of="id"))
    family_name: Mapped[str] = mapped_column(PersonalText("profile", of="id"), default="")
    family_first: Mapped[bool] = mapped_column(Boolean, default=False)
    name: Mapped[str] = mapped_column(FullName())
    sort_name: Mapped[str] = mapped_column(PersonalText("profile", of="id"))
    say_it: Mapped[str] = mapped_column(PersonalText("profile", of="id"), default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    created_at_utc: Mapped[datetime]
    erased_at_utc: Mapped[datetime | None]

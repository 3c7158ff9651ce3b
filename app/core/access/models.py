"""Tables of access. Secrets are kept as hashes only: what the database holds opens nothing."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import THE_ROW, Base, PersonalText


class AccountRow(Base):
    """A person's way to sign in. `email` is folded; without a password the account waits for its invitation."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("person_id"))

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str] = mapped_column(PersonalText("contact", of="person_id", erased="row"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_site_admin: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at_utc: Mapped[datetime]
    password_changed_at_utc: Mapped[datetime | None]


class AccountSessionRow(Base):
    """A signed-in browser; the cookie holds the token whose SHA-256 is the key here. Gone at sign-out."""

    __tablename__ = "account_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    device_name: Mapped[str] = mapped_column(
        PersonalText("contact", of="account_id.person_id", erased="row"), default=""
    )
    created_at_utc: Mapped[datetime]
    seen_at_utc: Mapped[datetime]
    confirmed_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]


class AccountLinkRow(Base):
    """A mailed link, used once before it expires: `invitation`, `sign-in` or `reset` (changes the password).

    The same mail holds six digits whose keyed hash is `code_hash`; each wrong try takes one of `tries_left`.
    """

    __tablename__ = "account_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("member_group.id"))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    tries_left: Mapped[int] = mapped_column(Integer, default=5, server_default="5")
    created_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime | None]


class InvitationRow(Base):
    """That a member was invited: when and how often, by which mail and link, and when they opened the door.

    `link_hash` is empty once the address that it was mailed to was corrected.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(["group_id", "member_id"], ["member.group_id", "member.id"]),
        ForeignKeyConstraint(["group_id", "invited_by_member_id"], ["member.group_id", "member.id"]),
    )

    group_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    invited_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    mail_id: Mapped[int | None] = mapped_column(BigInteger)
    link_hash: Mapped[str] = mapped_column(String(64))
    times_sent: Mapped[int] = mapped_column(Integer)
    first_sent_at_utc: Mapped[datetime]
    sent_at_utc: Mapped[datetime]
    accepted_at_utc: Mapped[datetime | None]


class PendingFoundingRow(Base):
    """A group that a stranger filled in and that is founded once they prove their address.

    `asked` is the form as JSON; link and six digits are kept as hashes. Forgotten after `expires_at_utc`.
    """

    __tablename__ = "pending_founding"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    tries_left: Mapped[int] = mapped_column(Integer)
    email: Mapped[str] = mapped_column(PersonalText("contact", of=THE_ROW))
    asked: Mapped[str] = mapped_column(PersonalText("contact", of=THE_ROW))
    created_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime | None]


class CodeTriesRow(Base):
    """How many wrong codes may still be typed for an address until `expires_at_utc`, whether it has an account or not.

    The address is a keyed hash. What a page says of tries comes from here alone, so that it tells nobody who is known.
    """

    __tablename__ = "code_tries"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries_left: Mapped[int] = mapped_column(Integer)
    expires_at_utc: Mapped[datetime]


class DeviceRow(Base):
    """A device of a group with a narrow token of its own: a `screen` or `steward` of one meeting, or a `tablet`.

    `pass_hash` is the one-time pass that another machine trades for the token.
    """

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        ForeignKeyConstraint(["group_id", "meeting_id"], ["meeting.group_id", "meeting.id"]),
        ForeignKeyConstraint(["group_id", "opened_by_member_id"], ["member.group_id", "member.id"]),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("member_group.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(80), default="")
    token_hash: Mapped[str | None] = mapped_column(String(64))
    pass_hash: Mapped[str | None] = mapped_column(String(64))
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    opened_by_member_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    revoked_at_utc: Mapped[datetime | None]


class SubmissionRow(Base):
    """A form that was accepted: the same form sent again gets the same answer and changes nothing."""

    __tablename__ = "submission"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(300), default="")
    at_utc: Mapped[datetime]

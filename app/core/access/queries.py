"""Reading access: who a session, a link or a device token belongs to. One statement each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.core.access.domain.secret import hash_of
from app.core.access.domain.viewer import Device, SignedIn
from app.core.access.models import AccountLinkRow, AccountRow, AccountSessionRow, DeviceRow
from app.core.database import table_of
from app.core.ids import AccountId, DeviceId, GroupId, MeetingId, PersonId
from app.core.people.models import PersonRow

_SESSION = table_of(AccountSessionRow)
_ACCOUNT = table_of(AccountRow)
_PERSON = table_of(PersonRow)
_LINK = table_of(AccountLinkRow)
_DEVICE = table_of(DeviceRow)

_SIGNED_IN = (
    select(
        _SESSION.c.account_id,
        _SESSION.c.confirmed_at_utc,
        _SESSION.c.seen_at_utc,
        _ACCOUNT.c.person_id,
        _ACCOUNT.c.email,
        _ACCOUNT.c.is_site_admin,
        _PERSON.c.name,
        _PERSON.c.given_name,
        _PERSON.c.language,
    )
    .join(_ACCOUNT, _ACCOUNT.c.id == _SESSION.c.account_id)
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
    .where(_SESSION.c.token_hash == bindparam("token_hash"), _SESSION.c.expires_at_utc > bindparam("now"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account as the sign-in needs it."""

    id: AccountId
    person_id: PersonId
    email: str
    password_hash: str | None
    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A mailed link that is still good, and whose it is."""

    account: AccountLine
    purpose: str
    group_id: GroupId | None
    expires_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A signed-in browser, for the list of one's own sessions. `key` is the kept hash of its token."""

    key: str
    device_name: str
    created_at_utc: datetime
    seen_at_utc: datetime


def signed_in_by(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Return who is signed in with `token`, or None once the session ended or expired."""
    token_hash = hash_of(token)
    row = session.execute(_SIGNED_IN, {"token_hash": token_hash, "now": now}).one_or_none()
    if row is None:
        return None
    return SignedIn(
        account_id=AccountId(row.account_id),
        person_id=PersonId(row.person_id),
        name=row.name,
        first_name=row.given_name or row.name,
        email=row.email,
        language=row.language,
        token_hash=token_hash,
        confirmed_at_utc=row.confirmed_at_utc,
        seen_at_utc=row.seen_at_utc,
        is_site_admin=row.is_site_admin,
    )


def account_by_email(session: Session, folded_email: str) -> AccountLine | None:
    """Return the account with that folded address."""
    query = _account_lines().where(_ACCOUNT.c.email == folded_email)
    row = session.execute(query).one_or_none()
    return _account_line(row) if row else None


def account_by_key(session: Session, account_id: AccountId) -> AccountLine:
    """Return the account with that key; there must be one."""
    return _account_line(session.execute(_account_lines().where(_ACCOUNT.c.id == account_id)).one())


def some_account(session: Session) -> AccountLine | None:
    """Return any account there is: whoever must do the same work for nobody as for somebody needs a stand-in."""
    row = session.execute(_account_lines().limit(1)).one_or_none()
    return _account_line(row) if row else None


def account_of_person(session: Session, person_id: PersonId) -> AccountLine | None:
    """Return the person's account, if they have one."""
    row = session.execute(_account_lines().where(_ACCOUNT.c.person_id == person_id)).one_or_none()
    return _account_line(row) if row else None


def good_link(session: Session, token: str, now: datetime) -> LinkLine | None:
    """Return the mailed link with that token unless it was used, expired or never was."""
    query = (
        _account_lines()
        .add_columns(_LINK.c.purpose, _LINK.c.group_id, _LINK.c.expires_at_utc)
        .join(_LINK, _LINK.c.account_id == _ACCOUNT.c.id)
        .where(
            _LINK.c.token_hash == hash_of(token), _LINK.c.used_at_utc.is_(None), _LINK.c.expires_at_utc > now
        )
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return LinkLine(
        account=_account_line(row),
        purpose=row.purpose,
        group_id=row.group_id,
        expires_at_utc=row.expires_at_utc,
    )


def owner_of_link(session: Session, token: str) -> AccountLine | None:
    """Return whose link this is or was, used or late as it may be."""
    query = _account_lines().join(_LINK, _LINK.c.account_id == _ACCOUNT.c.id)
    row = session.execute(query.where(_LINK.c.token_hash == hash_of(token))).one_or_none()
    return _account_line(row) if row else None


def sessions_of(session: Session, account_id: AccountId, now: datetime) -> list[SessionLine]:
    """Return the account's living sessions, last seen first."""
    rows = session.execute(
        select(
            _SESSION.c.token_hash, _SESSION.c.device_name, _SESSION.c.created_at_utc, _SESSION.c.seen_at_utc
        )
        .where(_SESSION.c.account_id == account_id, _SESSION.c.expires_at_utc > now)
        .order_by(_SESSION.c.seen_at_utc.desc())
    )
    return [
        SessionLine(
            key=row.token_hash,
            device_name=row.device_name,
            created_at_utc=row.created_at_utc,
            seen_at_utc=row.seen_at_utc,
        )
        for row in rows
    ]


def device_by_token(session: Session, group_id: GroupId, token: str, now: datetime) -> Device | None:
    """Return the device of this group that holds `token`, or None once it was revoked or expired."""
    row = session.execute(
        select(_DEVICE.c.id, _DEVICE.c.kind, _DEVICE.c.meeting_id).where(
            _DEVICE.c.group_id == group_id,
            _DEVICE.c.token_hash == hash_of(token),
            _DEVICE.c.revoked_at_utc.is_(None),
            _DEVICE.c.expires_at_utc > now,
        )
    ).one_or_none()
    if row is None:
        return None
    return Device(
        id=DeviceId(row.id),
        group_id=group_id,
        kind=row.kind,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id is not None else None,
    )


def was_device(session: Session, group_id: GroupId, token: str, kind: str) -> bool:
    """Return whether the group ever gave `token` to a device of that kind, revoked and expired ones included."""
    found = select(_DEVICE.c.id).where(
        _DEVICE.c.group_id == group_id, _DEVICE.c.token_hash == hash_of(token), _DEVICE.c.kind == kind
    )
    return session.execute(found).first() is not None


def _account_lines() -> Select[Any]:
    return select(
        _ACCOUNT.c.id,
        _ACCOUNT.c.person_id,
        _ACCOUNT.c.email,
        _ACCOUNT.c.password_hash,
        _PERSON.c.name,
        _PERSON.c.language,
    ).join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)


def _account_line(row: Any) -> AccountLine:
    return AccountLine(
        id=AccountId(row.id),
        person_id=PersonId(row.person_id),
        email=row.email,
        password_hash=row.password_hash,
        name=row.name,
        language=row.language,
    )

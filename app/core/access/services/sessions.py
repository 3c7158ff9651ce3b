"""Signing in and out: a session lives in the database, so that ending it ends every copy of its cookie."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update

from app.core.access.domain.secret import hash_of
from app.core.access.models import AccountSessionRow
from app.core.ids import AccountId
from app.core.work import UnitOfWork

STAYS_SIGNED_IN = timedelta(days=180)
"""Rolling: counted from the last day on which the session was seen."""

SEEN_AFTER = timedelta(hours=20)
"""How old the note of the last visit may be before it is renewed: about once a day, not at every request."""


def start_session(work: UnitOfWork, account_id: AccountId, *, device_name: str) -> str:
    """Sign the account in on one browser and return the token for its cookie; commits."""
    token = work.ids.secret()
    work.session.execute(
        insert(AccountSessionRow).values(
            token_hash=hash_of(token),
            account_id=account_id,
            device_name=device_name[:80],
            created_at_utc=work.now,
            seen_at_utc=work.now,
            confirmed_at_utc=work.now,
            expires_at_utc=work.now + STAYS_SIGNED_IN,
        )
    )
    work.commit()
    return token


def needs_renewal(seen_at_utc: datetime, now: datetime) -> bool:
    """Return whether the note of the last visit is old enough to be renewed."""
    return now - seen_at_utc > SEEN_AFTER


def renew_session(work: UnitOfWork, token_hash: str) -> None:
    """Note that the session was seen now, and let it live its full time again; commits."""
    work.session.execute(
        update(AccountSessionRow)
        .where(AccountSessionRow.token_hash == token_hash)
        .values(seen_at_utc=work.now, expires_at_utc=work.now + STAYS_SIGNED_IN)
    )
    work.commit()


def end_session(work: UnitOfWork, account_id: AccountId, token_hash: str) -> None:
    """Sign one browser of this account out; every copy of its cookie is dead from now on. Commits."""
    work.session.execute(
        delete(AccountSessionRow).where(
            AccountSessionRow.account_id == account_id, AccountSessionRow.token_hash == token_hash
        )
    )
    work.commit()


def end_other_sessions(work: UnitOfWork, account_id: AccountId, token_hash: str) -> int:
    """Sign the account out everywhere but on the browser of this token; return on how many. Commits."""
    ended = work.session.scalars(
        delete(AccountSessionRow)
        .where(AccountSessionRow.account_id == account_id, AccountSessionRow.token_hash != token_hash)
        .returning(AccountSessionRow.token_hash)
    ).all()
    work.commit()
    return len(ended)


def end_all_sessions(work: UnitOfWork, account_id: AccountId) -> None:
    """Sign the account out everywhere; the caller commits."""
    work.session.execute(delete(AccountSessionRow).where(AccountSessionRow.account_id == account_id))

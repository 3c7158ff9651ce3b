"""What the whole network chose: who may found a group. One row, made with the first group that is founded by a page."""

from sqlalchemy import exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.access.models import AccountRow
from app.core.founding.domain.who_may import Founding, may_found
from app.core.groups.models import GroupRow, NetworkRow
from app.core.ids import AccountId
from app.core.work import UnitOfWork

_THE_ROW = 1


def who_may_found(session: Session) -> Founding:
    """Return the network's choice: anyone while there is no group, and until it is changed.

    An installation whose groups were all made at the terminal has chosen nothing: there, its administrators may.
    """
    chosen = session.scalar(select(NetworkRow.founding).where(NetworkRow.id == _THE_ROW))
    if chosen is not None:
        return Founding(chosen)
    return Founding.ADMINS if has_groups(session) else Founding.ANYONE


def may_still_found(session: Session, folded_email: str) -> bool:
    """Return whether whoever proves this address may found a group now: the network may have closed it since they asked."""
    is_admin = session.scalar(select(AccountRow.is_site_admin).where(AccountRow.email == folded_email))
    return may_found(who_may_found(session), is_signed_in=is_admin is not None, is_site_admin=bool(is_admin))


def has_groups(session: Session) -> bool:
    """Return whether anybody founded a group here yet."""
    return bool(session.scalar(select(exists().where(GroupRow.id.is_not(None)))))


def choose_founding(work: UnitOfWork, choice: Founding) -> None:
    """Let `choice` decide from now on; the caller commits."""
    _keep_row(work, choice)
    work.session.execute(
        update(NetworkRow)
        .where(NetworkRow.id == _THE_ROW)
        .values(founding=choice.value, changed_at_utc=work.now)
    )


def begin_founding(work: UnitOfWork) -> bool:
    """Make foundings wait for each other until this one commits; return whether it is the first of the network."""
    choice = who_may_found(work.session)
    _keep_row(work, choice)
    work.session.execute(select(NetworkRow.id).where(NetworkRow.id == _THE_ROW).with_for_update())
    return not has_groups(work.session)


def make_site_admin(work: UnitOfWork, account_id: AccountId) -> None:
    """Let the account choose for the whole network; it sees no group's content by that. The caller commits."""
    work.session.execute(update(AccountRow).where(AccountRow.id == account_id).values(is_site_admin=True))


def _keep_row(work: UnitOfWork, choice: Founding) -> None:
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"id": _THE_ROW, "founding": choice.value, "changed_at_utc": work.now}
    work.session.execute(dialect.insert(NetworkRow).values(values).on_conflict_do_nothing())

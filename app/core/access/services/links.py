"""Mailed links and the six digits beside them: made together, each good once, five wrong tries in all."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.access.domain.code import TRIES, CodeKey, address_hash, code_from, code_hash
from app.core.access.domain.secret import hash_of
from app.core.access.models import AccountLinkRow, AccountRow, CodeTriesRow
from app.core.errors import Refusal, Refused
from app.core.ids import AccountId, GroupId
from app.core.work import UnitOfWork

LINK_MARK = "LINK-TOKEN"
"""What the caller's link address holds in place of the token, which is made here."""

SIGN_IN_LIVES = timedelta(minutes=10)
LETS_IN = ("sign-in", "invitation")
"""The purposes of links that sign in by themselves; `reset` leads to a new password first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAddress:
    """The absolute address of the page that a mailed link opens, with `LINK_MARK` where the token goes.

    `wanted` is the path of the page to go on to, or empty.
    """

    template: str
    wanted: str = ""

    def with_token(self, token: str) -> str:
        """Return the address of one link."""
        address = self.template.replace(LINK_MARK, token)
        return f"{address}?next={quote(self.wanted)}" if self.wanted else address


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """What is to be mailed, known to nobody else: the token of a link and the code beside it (empty without one)."""

    token: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOwner:
    """Whose link it is, with the folded address it is mailed to."""

    account_id: AccountId
    address: str
    group_id: GroupId | None = None


def new_link(
    work: UnitOfWork, owner: LinkOwner, *, purpose: str, lives: timedelta, key: CodeKey | None
) -> NewLink:
    """Make a link, with a code beside it where a key to keep it under is given; the caller mails and commits."""
    made = NewLink(token=work.ids.secret(), code=code_from(work.ids.secret()) if key is not None else "")
    kept_code = code_hash(key, owner.address, made.code) if key is not None else None
    work.session.execute(
        insert(AccountLinkRow).values(
            token_hash=hash_of(made.token),
            purpose=purpose,
            account_id=owner.account_id,
            group_id=owner.group_id,
            code_hash=kept_code,
            tries_left=TRIES,
            created_at_utc=work.now,
            expires_at_utc=work.now + lives,
        )
    )
    return made


def use_up(work: UnitOfWork, token: str, *, purposes: tuple[str, ...]) -> AccountId:
    """Consume the link; of two that try at once, one is refused as `access.link_over`. The caller commits."""
    used = work.session.execute(
        update(AccountLinkRow)
        .where(
            AccountLinkRow.token_hash == hash_of(token),
            AccountLinkRow.purpose.in_(purposes),
            AccountLinkRow.used_at_utc.is_(None),
            AccountLinkRow.expires_at_utc > work.now,
        )
        .values(used_at_utc=work.now)
        .returning(AccountLinkRow.account_id)
    ).one_or_none()
    if used is None:
        raise Refused([Refusal(code="access.link_over")])
    return AccountId(used.account_id)


def account_by_code(work: UnitOfWork, address: str, kept_code: str) -> AccountId | None:
    """Return whose living link has this code, and consume it; every try counts against all of the address's links."""
    living = (
        select(AccountLinkRow.token_hash)
        .join(AccountRow, AccountRow.id == AccountLinkRow.account_id)
        .where(
            AccountRow.email == address,
            AccountLinkRow.purpose.in_(LETS_IN),
            AccountLinkRow.code_hash.is_not(None),
            AccountLinkRow.used_at_utc.is_(None),
            AccountLinkRow.expires_at_utc > work.now,
            AccountLinkRow.tries_left > 0,
        )
    )
    tried = work.session.execute(
        update(AccountLinkRow)
        .where(AccountLinkRow.token_hash.in_(living), AccountLinkRow.tries_left > 0)
        .values(tries_left=AccountLinkRow.tries_left - 1)
        .returning(AccountLinkRow.token_hash, AccountLinkRow.code_hash, AccountLinkRow.account_id)
    ).all()
    fitting = [row for row in tried if hmac.compare_digest(row.code_hash, kept_code)]
    if not fitting:
        return None
    used = work.session.execute(
        update(AccountLinkRow)
        .where(AccountLinkRow.token_hash == fitting[0].token_hash, AccountLinkRow.used_at_utc.is_(None))
        .values(used_at_utc=work.now)
        .returning(AccountLinkRow.account_id)
    ).one_or_none()
    return AccountId(used.account_id) if used is not None else None


def end_codes(work: UnitOfWork, account_id: AccountId) -> None:
    """Let the codes of earlier sign-in mails open nothing any more, since a new one goes out; their links still do."""
    work.session.execute(
        update(AccountLinkRow)
        .where(AccountLinkRow.account_id == account_id, AccountLinkRow.purpose == "sign-in")
        .values(code_hash=None)
    )


def end_links(work: UnitOfWork, account_id: AccountId) -> None:
    """Let every unused link of the account open nothing any more, without counting as used; the caller commits."""
    work.session.execute(
        update(AccountLinkRow)
        .where(
            AccountLinkRow.account_id == account_id,
            AccountLinkRow.used_at_utc.is_(None),
            AccountLinkRow.expires_at_utc > work.now,
        )
        .values(expires_at_utc=work.now)
    )


def grant_tries(work: UnitOfWork, key: CodeKey, address: str) -> None:
    """Let five codes be tried for the address from now on, since a new one is mailed; the caller commits."""
    anew = {"tries_left": TRIES, "expires_at_utc": work.now + SIGN_IN_LIVES}
    begun = _begun(work, key, address)
    work.session.execute(begun.on_conflict_do_update(index_elements=["address_hash"], set_=anew))


def spend_try(work: UnitOfWork, key: CodeKey, address: str) -> int | None:
    """Take one try for the address and return how many are left after it, or None where none was left.

    An address for which nothing was mailed has five tries as well: the answer tells nobody who is known here.
    """
    mine = CodeTriesRow.address_hash == address_hash(key, address)
    work.session.execute(delete(CodeTriesRow).where(mine, CodeTriesRow.expires_at_utc <= work.now))
    work.session.execute(_begun(work, key, address).on_conflict_do_nothing())
    spent = (
        update(CodeTriesRow)
        .where(mine, CodeTriesRow.tries_left > 0)
        .values(tries_left=CodeTriesRow.tries_left - 1)
        .returning(CodeTriesRow.tries_left)
    )
    left = work.session.scalar(spent)
    return int(left) if left is not None else None


def forget_tries(work: UnitOfWork, key: CodeKey, address: str) -> None:
    """Stop counting for an address whose code was right; the caller commits."""
    work.session.execute(delete(CodeTriesRow).where(CodeTriesRow.address_hash == address_hash(key, address)))


def forget_old_links(work: UnitOfWork) -> int:
    """Drop the counts that are over, and links a month after their time; return how many. The caller commits."""
    counts = delete(CodeTriesRow).where(CodeTriesRow.expires_at_utc <= work.now)
    links = delete(AccountLinkRow).where(AccountLinkRow.expires_at_utc <= work.now - timedelta(days=30))
    return sum(
        len(work.session.execute(one.returning(column)).all())
        for one, column in ((counts, CodeTriesRow.address_hash), (links, AccountLinkRow.token_hash))
    )


def _begun(work: UnitOfWork, key: CodeKey, address: str) -> postgresql.Insert | sqlite.Insert:
    on_postgresql = work.session.get_bind().dialect.name == "postgresql"
    new = postgresql.insert(CodeTriesRow) if on_postgresql else sqlite.insert(CodeTriesRow)
    return new.values(
        address_hash=address_hash(key, address), tries_left=TRIES, expires_at_utc=work.now + SIGN_IN_LIVES
    )

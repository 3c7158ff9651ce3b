"""Signing in by mail: one mail with a link and six digits, either of them good once, within ten minutes."""

from app.core.access.domain.address import folded_address
from app.core.access.domain.code import CodeKey, code_hash
from app.core.access.domain.secret import hash_of
from app.core.access.queries import AccountLine, account_by_email, owner_of_link, some_account
from app.core.access.services.links import (
    LETS_IN,
    SIGN_IN_LIVES,
    LinkAddress,
    LinkOwner,
    NewLink,
    account_by_code,
    end_codes,
    forget_tries,
    grant_tries,
    new_link,
    use_up,
)
from app.core.ids import AccountId
from app.core.notices.services import Letter, write_to
from app.core.sentences import N_
from app.core.work import UnitOfWork


def ask_to_sign_in(work: UnitOfWork, email: str, *, address: LinkAddress, key: CodeKey) -> str:
    """Mail a link and a code, if the address has an account; return the folded address either way. Commits.

    Refused as `access.bad_address` where it is no address. Everything else is answered alike.
    """
    folded = folded_address(email)
    account = account_by_email(work.session, folded)
    stand_in = account or some_account(work.session)
    if stand_in is not None:
        _mail_sign_in(work, stand_in, address=address, key=key)
    if account is None:
        work.rollback()  # the same work for an address that nobody has, so that nobody can tell by the time
    grant_tries(work, key, folded)
    work.commit()
    return folded


def ask_again(work: UnitOfWork, token: str, *, address: LinkAddress, key: CodeKey) -> None:
    """Mail a fresh link and code to whoever `token` was mailed to, used or late as it is; else do nothing. Commits."""
    account = owner_of_link(work.session, token)
    if account is not None:
        grant_tries(work, key, account.email)
        _mail_sign_in(work, account, address=address, key=key)
    work.commit()


def sign_in_by_link(work: UnitOfWork, token: str) -> AccountId:
    """Use the link and return whose it is; refused as `access.link_over`. The caller starts the session, and commits."""
    return use_up(work, token, purposes=LETS_IN)


def sign_in_by_code(work: UnitOfWork, address: str, code: str, *, key: CodeKey) -> AccountId | None:
    """Use the link that this code stands beside and return whose it is, or None. The caller spends the try, and commits."""
    account_id = account_by_code(work, address, code_hash(key, address, code))
    if account_id is not None:
        forget_tries(work, key, address)
    return account_id


def _mail_sign_in(work: UnitOfWork, account: AccountLine, *, address: LinkAddress, key: CodeKey) -> None:
    end_codes(work, account.id)
    owner = LinkOwner(account_id=account.id, address=account.email)
    made = new_link(work, owner, purpose="sign-in", lives=SIGN_IN_LIVES, key=key)
    write_to(
        work,
        person_id=account.person_id,
        language=account.language,
        address=account.email,
        group_id=None,
        letter=_sign_in_letter(account, made, address),
    )


def _sign_in_letter(account: AccountLine, made: NewLink, address: LinkAddress) -> Letter:
    return Letter(
        kind="access.sign-in",
        subject=N_("Sign in to Givefirst"),
        body=N_(
            "Hello %(name)s,\n\ntype this code where you asked for it:\n\n    %(code)s\n\n"
            "or open this link and press the button there:\n\n%(link)s\n\n"
            "Both are good for 10 minutes, and once. If it was not you who asked, you need do nothing: "
            "nobody can sign in without this mail.\n"
        ),
        subject_key=hash_of(made.token)[:16],
        facts={"name": account.name, "code": made.code, "link": address.with_token(made.token)},
        lives=SIGN_IN_LIVES,
    )

"""Accounts: made, given a password, and helped when the password is forgotten."""

from datetime import timedelta

from sqlalchemy import insert, update

from app.core.access.domain import password as password_rules
from app.core.access.domain.address import folded_address
from app.core.access.domain.secret import hash_of
from app.core.access.events import PasswordSet
from app.core.access.hashing import hash_password
from app.core.access.models import AccountRow
from app.core.access.queries import AccountLine, account_by_email, account_of_person, good_link, some_account
from app.core.access.services.links import LinkAddress, LinkOwner, end_links, new_link, use_up
from app.core.access.services.sessions import end_all_sessions
from app.core.errors import Refusal, Refused
from app.core.ids import NETWORK, AccountId, PersonId
from app.core.notices.services import Letter, write_to
from app.core.sentences import N_
from app.core.work import UnitOfWork

RESET_LIVES = timedelta(minutes=60)


def open_account(work: UnitOfWork, *, person_id: PersonId, email: str) -> AccountId:
    """Give the person an account without a password, or return the one they have; the caller commits.

    Refused as `access.address_taken` where another person signs in with this address.
    """
    address = folded_address(email)
    known = account_of_person(work.session, person_id)
    if known is not None:
        return known.id
    if account_by_email(work.session, address) is not None:
        raise Refused([Refusal(code="access.address_taken", facts={"address": address}, field="email")])
    account_id = AccountId(work.ids.key())
    work.session.execute(
        insert(AccountRow).values(
            id=account_id, person_id=person_id, email=address, is_site_admin=False, created_at_utc=work.now
        )
    )
    return account_id


def ask_for_reset(work: UnitOfWork, email: str, *, address: LinkAddress) -> None:
    """Mail a link to change the password, if the address has an account; says nothing either way. Commits."""
    known = account_by_email(work.session, email.strip().casefold())
    stand_in = some_account(work.session)
    account = known or stand_in
    if account is not None:
        _mail_reset(work, account, address=address)
    if known is None:
        work.rollback()  # the same work for an address that nobody has, so that nobody can tell by the time
    work.commit()


def _mail_reset(work: UnitOfWork, account: AccountLine, *, address: LinkAddress) -> None:
    owner = LinkOwner(account_id=account.id, address=account.email)
    link = new_link(work, owner, purpose="reset", lives=RESET_LIVES, key=None).token
    letter = Letter(
        kind="access.reset",
        subject=N_("Choose a new password"),
        body=N_(
            "Hello %(name)s,\n\nsomebody, we hope you, asked for a new password for this address.\n"
            "Open this link within one hour to choose it:\n\n%(link)s\n\n"
            "The link works once. If it was not you, your password stays as it is.\n"
        ),
        subject_key=hash_of(link)[:16],
        facts={"name": account.name, "link": address.with_token(link)},
        lives=RESET_LIVES,
    )
    write_to(
        work,
        person_id=account.person_id,
        language=account.language,
        address=account.email,
        group_id=None,
        letter=letter,
    )


def choose_password(work: UnitOfWork, *, token: str, password: str) -> AccountId:
    """Use a mailed link: keep the new password, sign every browser out, and return the account. Commits.

    Refused as `access.link_over` where the link was used, has expired or never was; with every reason where
    the password is not good enough, and then the link can be used again.
    """
    link = good_link(work.session, token, work.now)
    work.rollback()
    if link is None or link.purpose != "reset":
        raise Refused([Refusal(code="access.link_over")])
    set_password(work, link.account, password, used_link=token)
    return link.account.id


def set_password(
    work: UnitOfWork, account: AccountLine, password: str, *, used_link: str | None = None
) -> None:
    """Keep a new password for the account and sign it out everywhere; commits. The hash is made beforehand.

    What was mailed before opens nothing any more: whoever changes a password may fear for their mail.
    """
    keep_password(work, account, password, used_link=used_link)
    work.commit()


def keep_password(
    work: UnitOfWork, account: AccountLine, password: str, *, used_link: str | None = None
) -> None:
    """Do what `set_password` does within a larger act: the caller commits, and accepts that the hash takes its time."""
    refusals = password_rules.refusals_for(password, email=account.email, name=account.name)
    if refusals:
        raise Refused(refusals)
    kept = hash_password(password)
    if used_link is not None:
        use_up(work, used_link, purposes=("reset",))
    work.session.execute(
        update(AccountRow)
        .where(AccountRow.id == account.id)
        .values(password_hash=kept, password_changed_at_utc=work.now)
    )
    end_all_sessions(work, account.id)
    end_links(work, account.id)
    work.record(PasswordSet(group_id=NETWORK, account_id=account.id))

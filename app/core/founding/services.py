"""Founding by a stranger: what they filled in waits, and a mailed link or code proves the address."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.core.access.domain.address import folded_address
from app.core.access.domain.code import TRIES, CodeKey, code_from, code_hash
from app.core.access.domain.secret import hash_of
from app.core.access.models import AccountRow, PendingFoundingRow
from app.core.access.queries import account_by_email
from app.core.access.services.accounts import open_account
from app.core.access.services.links import LinkAddress, forget_tries, grant_tries
from app.core.errors import Refusal, Refused
from app.core.founding.domain.asked import Asked, as_text, from_text, refusals_for
from app.core.groups.models import MemberRow
from app.core.ids import AccountId, PersonId
from app.core.notices.models import OutgoingMailRow
from app.core.notices.services import Letter, write_to
from app.core.people.domain.name import Name
from app.core.people.models import PersonRow
from app.core.people.services import add_person
from app.core.sentences import N_
from app.core.work import UnitOfWork

FOUNDING_LIVES = timedelta(days=1)
CODE_LIVES = timedelta(minutes=10)
ONE_TAP = timedelta(minutes=1)
LETTER = "access.founding"


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFounding:
    """A group that waits for the proof of an address: what was asked, for which person and folded address."""

    email: str
    person_id: PersonId
    asked: Asked


def ask_to_found(work: UnitOfWork, asked: Asked, email: str, *, address: LinkAddress, key: CodeKey) -> str:
    """Keep what a stranger filled in and mail a link and a code; return the folded address. Commits.

    Refused with every reason at once. Whether the address has an account already is not told by the answer.
    """
    refusals = refusals_for(asked)
    try:
        folded = folded_address(email)
    except Refused as bad:
        refusals += bad.refusals
    if refusals:
        raise Refused(refusals)
    if _asked_just_now(work, folded, asked):
        work.commit()
        return folded
    known = account_by_email(work.session, folded)
    person_id = known.person_id if known else add_person(work, founder_name(asked))
    token, code = work.ids.secret(), code_from(work.ids.secret())
    grant_tries(work, key, folded)
    work.session.execute(
        insert(PendingFoundingRow).values(
            token_hash=hash_of(token),
            code_hash=code_hash(key, folded, code),
            tries_left=TRIES,
            email=folded,
            asked=json.dumps({"person_id": person_id, "asked": as_text(asked)}),
            created_at_utc=work.now,
            expires_at_utc=work.now + FOUNDING_LIVES,
        )
    )
    write_to(
        work,
        person_id=person_id,
        language=known.language if known else "en",
        address=folded,
        group_id=None,
        letter=_letter(asked, token, code, address),
    )
    work.commit()
    return folded


def pending_founding(session: Session, token: str, now: datetime) -> PendingFounding | None:
    """Return the group that waits behind this link, unless it was founded, is too old, or never was."""
    row = session.execute(
        select(PendingFoundingRow.email, PendingFoundingRow.asked).where(
            PendingFoundingRow.token_hash == hash_of(token),
            PendingFoundingRow.used_at_utc.is_(None),
            PendingFoundingRow.expires_at_utc > now,
        )
    ).one_or_none()
    return _pending(row) if row else None


def take_by_link(work: UnitOfWork, token: str) -> PendingFounding:
    """Use the link; of two that try at once, one is refused as `access.link_over`. The caller commits."""
    taken = _use(work, hash_of(token))
    if taken is None:
        raise Refused([Refusal(code="access.link_over")])
    return taken


def take_by_code(work: UnitOfWork, address: str, code: str, *, key: CodeKey) -> PendingFounding | None:
    """Use the code of an address, or return None; every try counts against all that waits for it. The caller commits."""
    tried = work.session.execute(
        update(PendingFoundingRow)
        .where(
            PendingFoundingRow.email == address,
            PendingFoundingRow.used_at_utc.is_(None),
            PendingFoundingRow.created_at_utc > work.now - CODE_LIVES,
            PendingFoundingRow.tries_left > 0,
        )
        .values(tries_left=PendingFoundingRow.tries_left - 1)
        .returning(PendingFoundingRow.token_hash, PendingFoundingRow.code_hash)
    ).all()
    kept = code_hash(key, address, code)
    fitting = [row.token_hash for row in tried if hmac.compare_digest(row.code_hash, kept)]
    taken = _use(work, fitting[0]) if fitting else None
    if taken is not None:
        forget_tries(work, key, address)
    return taken


def founder_of(work: UnitOfWork, pending: PendingFounding) -> tuple[AccountId, PersonId]:
    """Return the account and person of whoever proved the address, made now unless they are known; the caller commits."""
    known = account_by_email(work.session, pending.email)
    if known is not None:
        return known.id, known.person_id
    return open_account(work, person_id=pending.person_id, email=pending.email), pending.person_id


def founder_name(asked: Asked) -> Name:
    """Return the founder's name as it was typed into one field: the first word is the first name."""
    given, _space, family = " ".join(asked.founder.split()).partition(" ")
    return Name(given=given, family=family)


def forget_foundings(work: UnitOfWork) -> int:
    """Forget what was filled in and never proved within a day, with the people made for it. The caller commits."""
    over = work.session.execute(
        delete(PendingFoundingRow)
        .where(PendingFoundingRow.expires_at_utc <= work.now)
        .returning(PendingFoundingRow.asked, PendingFoundingRow.email)
    ).all()
    for row in over:
        _forget_person(work, _pending(row).person_id)
    return len(over)


def _asked_just_now(work: UnitOfWork, email: str, asked: Asked) -> bool:
    """Return whether this very form came in a minute ago: a double tap is told once."""
    recent = select(PendingFoundingRow.asked, PendingFoundingRow.email).where(
        PendingFoundingRow.email == email,
        PendingFoundingRow.used_at_utc.is_(None),
        PendingFoundingRow.created_at_utc > work.now - ONE_TAP,
    )
    return any(_pending(row).asked == asked for row in work.session.execute(recent))


def _forget_person(work: UnitOfWork, person_id: PersonId) -> None:
    """Forget somebody who has neither account nor group, and what was mailed to them."""
    for table in (AccountRow, MemberRow):
        if work.session.scalar(select(table.person_id).where(table.person_id == person_id).limit(1)):
            return
    waiting = select(PendingFoundingRow.asked, PendingFoundingRow.email)
    if any(_pending(row).person_id == person_id for row in work.session.execute(waiting)):
        return
    work.session.execute(delete(OutgoingMailRow).where(OutgoingMailRow.person_id == person_id))
    work.session.execute(delete(PersonRow).where(PersonRow.id == person_id))


def _use(work: UnitOfWork, token_hash: str) -> PendingFounding | None:
    row = work.session.execute(
        update(PendingFoundingRow)
        .where(
            PendingFoundingRow.token_hash == token_hash,
            PendingFoundingRow.used_at_utc.is_(None),
            PendingFoundingRow.expires_at_utc > work.now,
        )
        .values(used_at_utc=work.now)
        .returning(PendingFoundingRow.email, PendingFoundingRow.asked)
    ).one_or_none()
    return _pending(row) if row else None


def _pending(row: Any) -> PendingFounding:
    kept = json.loads(row.asked)
    return PendingFounding(
        email=row.email, person_id=PersonId(kept["person_id"]), asked=from_text(kept["asked"])
    )


def _letter(asked: Asked, token: str, code: str, address: LinkAddress) -> Letter:
    return Letter(
        kind=LETTER,
        subject=N_("Your new group: %(group)s"),
        body=N_(
            "Hello %(name)s,\n\n%(group)s is ready to be founded. Type this code where you filled it in:\n\n    %(code)s\n\n"
            "or open this link and press the button there:\n\n%(link)s\n\n"
            "The code is good for 10 minutes, the link for a day. If it was not you who asked, you need do nothing: "
            "no group is made without this mail.\n"
        ),
        subject_key=hash_of(token)[:16],
        facts={
            "group": asked.name,
            "name": asked.founder,
            "code": code,
            "link": address.with_token(token),
        },
        lives=FOUNDING_LIVES,
    )

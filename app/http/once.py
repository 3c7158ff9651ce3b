"""One form, one act: a double tap, a resend after a lost answer or a reload gets the first answer again."""

import hashlib

from flask import request
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.access.models import SubmissionRow
from app.core.errors import Refusal, Refused
from app.core.ids import AccountId
from app.core.work import UnitOfWork
from app.http.forms import HouseForm
from app.http.page import GroupPage

_NOT_PART_OF_THE_BODY = frozenset({"csrf_token"})


def answered_before(page: GroupPage, form: HouseForm, *, location: str) -> str | None:
    """Claim this filling-in of the form for the viewer, or return where the first, equal one led.

    Call it first in a view that writes; the claim is committed with the act or forgotten with it. A duplicate
    that is still in flight is waited for. The same token with another content is refused as `form.sent_before`.
    """
    return claimed_before(page.work, page.viewer.account_id, form, location=location)


def claimed_before(work: UnitOfWork, account_id: AccountId, form: HouseForm, *, location: str) -> str | None:
    """Do what `answered_before` does on a page outside any group, for the account that is signed in."""
    token = str(form.form_token.data or "")
    values = {
        "account_id": account_id,
        "token": token,
        "body_hash": _body_hash(),
        "location": location,
        "at_utc": work.now,
    }
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    claim = (
        dialect.insert(SubmissionRow).values(values).on_conflict_do_nothing().returning(SubmissionRow.token)
    )
    if work.session.scalar(claim) is not None:
        return None
    first = work.session.execute(
        select(SubmissionRow.body_hash, SubmissionRow.location).where(
            SubmissionRow.account_id == account_id, SubmissionRow.token == token
        )
    ).one()
    if first.body_hash != values["body_hash"]:
        raise Refused([Refusal(code="form.sent_before")])
    return str(first.location)


def _body_hash() -> str:
    fields = sorted(
        (name, value)
        for name, values in request.form.lists()
        if name not in _NOT_PART_OF_THE_BODY
        for value in values
    )
    return hashlib.sha256(repr((request.path, fields)).encode()).hexdigest()

"""One form, one act: a double tap, a resend after a lost answer or a reload gets the first answer again."""

import hashlib
import hmac

from flask import current_app, request
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.exceptions import BadRequest

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


def tapped_before(page: GroupPage, *, location: str) -> str | None:
    """Do what `answered_before` does for a form that is nothing but a button with its token."""
    form = HouseForm()
    if not form.validate():
        raise BadRequest
    return answered_before(page, form, location=location)


def secret_of_tap(page: GroupPage) -> str:
    """Return a secret that belongs to this filling-in of a form: a second tap gets the same one.

    It is made of the installation's key, so that the database, which keeps the tokens of forms, does not tell it.
    """
    token = request.form.get("form_token", "")
    if not token:
        return page.work.ids.secret()
    parts = (str(page.viewer.account_id), token, request.path)
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, "\0".join(("tap", *parts)).encode(errors="replace"), hashlib.sha256).hexdigest()


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


def is_spent(work: UnitOfWork, account_id: AccountId, token: str) -> bool:
    """Return whether a form with this token was sent by the account before, and taken."""
    query = select(SubmissionRow.token).where(
        SubmissionRow.account_id == account_id, SubmissionRow.token == token
    )
    return work.session.scalar(query) is not None


def _body_hash() -> str:
    fields = sorted(
        (name, value)
        for name, values in request.form.lists()
        if name not in _NOT_PART_OF_THE_BODY
        for value in values
    )
    return hashlib.sha256(repr((request.path, fields)).encode()).hexdigest()

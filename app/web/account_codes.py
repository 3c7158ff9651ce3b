"""Where the six digits of a mail are typed: they let in, or found the group that waited for them."""

from flask import render_template, request, session

from app.core.access.domain.address import folded_address
from app.core.access.domain.code import typed_code
from app.core.access.services.links import spend_try
from app.core.access.services.signing_in import sign_in_by_code
from app.core.errors import Refusal, Refused
from app.core.founding.services import take_by_code
from app.core.work import HOUSE, UnitOfWork
from app.extensions import limiter
from app.http.links import code_key
from app.http.page import Answer
from app.plugin_runtime.runtime import runtime
from app.web.account_forms import CodeForm
from app.web.founding_act import completed
from app.web.letting_in import ASKED_FOR, address_tried, go_on, let_in, own_path


def _address_tried() -> str:
    return address_tried("code")


@limiter.limit("300 per 5 minutes", methods=["POST"])
@limiter.limit("30 per 15 minutes;100 per day", key_func=_address_tried, methods=["POST"])
def code() -> Answer:
    """Take the six digits of a mail; an address that got none is answered like one that did."""
    asked_for = str(session.get(ASKED_FOR, ""))
    form = CodeForm(email=asked_for, next=own_path(request.values.get("next", "")))
    if not form.validate_on_submit():
        return _shown(form, asked_for), 422 if form.is_submitted() else 200
    work = runtime().request_work(HOUSE)
    try:
        return _redeemed(work, form)
    except Refused as refused:
        work.rollback()
        form.take(refused)
        return _shown(form, asked_for), 422


def _redeemed(work: UnitOfWork, form: CodeForm) -> Answer:
    address, digits = folded_address(form.email.data or ""), typed_code(form.code.data or "")
    if not digits:
        raise Refused([Refusal(code="access.not_six_digits", field="code")])
    left = spend_try(work, code_key(), address)
    if left is None:
        raise Refused([Refusal(code="access.code_over", field="code")])
    account_id = sign_in_by_code(work, address, digits, key=code_key())
    if account_id is not None:
        let_in(work, account_id)
        return go_on()
    pending = take_by_code(work, address, digits, key=code_key())
    if pending is not None:
        return completed(work, pending)
    work.commit()
    raise Refused([_wrong(left)])


def _wrong(left: int) -> Refusal:
    if left == 0:
        return Refusal(code="access.code_over", field="code")
    return Refusal(code="access.wrong_code", facts={"left": left}, field="code")


def _shown(form: CodeForm, asked_for: str) -> str:
    return render_template("account/code.html", form=form, asked_for=asked_for)

"""What a mailed link opens: a button that lets in, or a new password; and what to do where the link is over."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from app.core.access.invitation_queries import group_that_asks
from app.core.access.queries import LinkLine, good_link, owner_of_link
from app.core.access.services.accounts import choose_password
from app.core.access.services.links import LETS_IN
from app.core.access.services.signing_in import ask_again, sign_in_by_link
from app.core.errors import Refused
from app.core.groups.queries import groups_of
from app.core.work import HOUSE, UnitOfWork
from app.extensions import limiter
from app.http.identity import who_is_signed_in
from app.http.links import code_key, link_address
from app.http.page import Answer
from app.plugin_runtime.runtime import runtime
from app.web.account_forms import ChoosePasswordForm
from app.web.letting_in import ASKED_FOR, go_on, let_in, own_path


def link(token: str) -> Answer:
    """Show what a mailed link is for; only its button does it, since mail programs open links by themselves."""
    work = runtime().request_work(HOUSE)
    found = good_link(work.session, token, work.now)
    if found is None:
        return _over(work, token)
    if found.purpose not in LETS_IN:
        return _new_password(work, token, found)
    if request.method == "POST":
        return _come_in(work, token, found)
    groups = groups_of(work.session, found.account.person_id, work.now)
    asks = group_that_asks(work.session, found)
    return render_template("account/come_in.html", link=found, groups=groups, asks=asks, wanted=_wanted())


@limiter.limit("5 per 15 minutes;20 per day", key_func=lambda: f"again:{request.path}"[:120])
@limiter.limit("300 per 5 minutes")
def again(token: str) -> Answer:
    """Mail a fresh link and code to the address that this link was mailed to; says nothing of whose it is."""
    work = runtime().request_work(HOUSE)
    ask_again(work, token, address=link_address(_wanted()), key=code_key())
    session.pop(ASKED_FOR, None)
    flash(_("If that link was yours, a new mail is on its way to the same address."))
    return redirect(url_for("account.code", next=_wanted() or None), 303)


def _come_in(work: UnitOfWork, token: str, found: LinkLine) -> Answer:
    try:
        account_id = sign_in_by_link(work, token)
    except Refused:
        work.rollback()
        return _over(work, token)
    let_in(work, account_id)
    if found.account.password_hash is None and found.purpose == "invitation":
        flash(_("Welcome. This device stays signed in. A password is possible too, under your account."))
    return go_on()


def _over(work: UnitOfWork, token: str) -> Answer:
    """Lead somebody on who is signed in and opens their own old link again; tell all others that it is over."""
    signed_in = who_is_signed_in()
    owner = owner_of_link(work.session, token)
    is_own = signed_in is not None and owner is not None and owner.id == signed_in.account_id
    if is_own and request.method == "GET":
        return go_on()
    return render_template("account/link_over.html", token=token, wanted=_wanted()), 410


def _new_password(work: UnitOfWork, token: str, found: LinkLine) -> Answer:
    form = ChoosePasswordForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("account/choose_password.html", form=form, account=found.account), status
    try:
        account_id = choose_password(work, token=token, password=form.password.data or "")
    except Refused as refused:
        work.rollback()
        form.take(refused)
        return render_template("account/choose_password.html", form=form, account=found.account), 422
    let_in(work, account_id)
    return go_on()


def _wanted() -> str:
    return own_path(request.values.get("next", ""))

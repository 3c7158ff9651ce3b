"""Signing in and out: by a mailed link and code, or with a password."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import logout_user

from app.core.access.domain.permission import PUBLIC, SIGNED_IN
from app.core.access.hashing import is_password
from app.core.access.queries import account_by_email
from app.core.access.services.accounts import ask_for_reset
from app.core.access.services.sessions import end_session
from app.core.access.services.signing_in import ask_to_sign_in
from app.core.errors import Refusal, Refused
from app.core.ids import AccountId
from app.core.work import HOUSE, Actor
from app.extensions import limiter
from app.http.identity import who_is_signed_in
from app.http.links import code_key, link_address
from app.http.page import Answer
from app.plugin_api import Page
from app.plugin_runtime.runtime import runtime
from app.web.account_codes import code
from app.web.account_forms import AddressForm, ForgottenForm, MailMeForm, SignInForm
from app.web.account_links import again, link
from app.web.account_own import account, end_other, end_others, password
from app.web.letting_in import ASKED_FOR, address_tried, go_on, let_in, own_path
from app.web.own_data import data, data_file

TRIES_AN_ADDRESS = "10 per 15 minutes"
TRIES_A_NETWORK = "300 per 5 minutes"
"""A whole group behind one Wi-Fi address signs in within two minutes and is never refused."""

MAILS_AN_ADDRESS = "5 per 15 minutes;20 per day"


def _address_tried() -> str:
    return address_tried("address")


def _wants_mail() -> bool:
    """Return whether the form asks for a mail: by its button, or by Enter with no password typed."""
    how = request.form.get("how", "password" if request.form.get("password") is not None else "mail")
    return how == "mail" or (how == "enter" and not request.form.get("password"))


def _by_password() -> bool:
    return not _wants_mail()


@limiter.limit(TRIES_A_NETWORK, methods=["POST"])
@limiter.limit(TRIES_AN_ADDRESS, key_func=_address_tried, methods=["POST"], exempt_when=_wants_mail)
@limiter.limit(MAILS_AN_ADDRESS, key_func=_address_tried, methods=["POST"], exempt_when=_by_password)
def sign_in() -> Answer:
    """Mail a link and a code, or let a person in with their password; then lead back to the page they wanted."""
    if request.method == "POST" and _wants_mail():
        return _mail(MailMeForm())
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422 if form.is_submitted() else 200
    account_id = _account_with(form.email.data or "", form.password.data or "")
    if account_id is None:
        form.take(Refused([Refusal(code="access.wrong_sign_in")]))
        return render_template("account/sign_in.html", form=form), 422
    let_in(runtime().request_work(HOUSE), account_id)
    return go_on()


def _mail(form: AddressForm) -> Answer:
    """Ask for the mail and lead to the page where its code is typed; the same for every address."""
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422
    wanted = own_path(request.values.get("next", ""))
    work = runtime().request_work(HOUSE)
    try:
        address = ask_to_sign_in(work, form.email.data or "", address=link_address(wanted), key=code_key())
    except Refused as refused:
        work.rollback()
        form.take(refused)
        return render_template("account/sign_in.html", form=form), 422
    session[ASKED_FOR] = address
    return redirect(url_for("account.code", next=wanted or None), 303)


def sign_out() -> Answer:
    """End this session; every copy of its cookie is dead."""
    signed_in = who_is_signed_in()
    if signed_in is not None:
        held = runtime()
        end_session(
            held.request_work(Actor(person_id=signed_in.person_id)),
            signed_in.account_id,
            signed_in.token_hash,
        )
    logout_user()
    session.clear()
    flash(_("You are signed out on this device."))
    return redirect(url_for("account.sign_in"), 303)


@limiter.limit("5 per 15 minutes", key_func=_address_tried, methods=["POST"])
def forgotten() -> Answer:
    """Mail a link to change the password; the answer is the same whether the address has an account or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("account/forgotten.html", form=form), 422 if form.is_submitted() else 200
    ask_for_reset(runtime().request_work(HOUSE), form.email.data or "", address=link_address())
    return render_template("account/forgotten_sent.html", address=form.email.data)


def _account_with(email: str, password: str) -> AccountId | None:
    """Return the account if the password fits. The hash is checked outside any transaction, for anybody."""
    work = runtime().request_work(HOUSE)
    found = account_by_email(work.session, email.strip().casefold())
    work.rollback()
    fits = is_password(password, found.password_hash if found else None)
    return found.id if found and fits else None


_BOTH = ("GET", "POST")

ACCOUNT_PAGES = (
    Page(rule="/sign-in", view=sign_in, permission=PUBLIC, methods=_BOTH),
    Page(rule="/sign-out", view=sign_out, permission=PUBLIC, methods=("POST",)),
    Page(rule="/code", view=code, permission=PUBLIC, methods=_BOTH),
    Page(rule="/forgotten", view=forgotten, permission=PUBLIC, methods=_BOTH),
    Page(rule="/link/<token>", view=link, permission=PUBLIC, methods=_BOTH),
    Page(rule="/link/<token>/again", view=again, permission=PUBLIC, methods=("POST",)),
    Page(rule="/", view=account, permission=SIGNED_IN),
    Page(rule="/password", view=password, permission=SIGNED_IN, methods=_BOTH),
    Page(rule="/data", view=data, permission=SIGNED_IN),
    Page(rule="/data/file", view=data_file, permission=SIGNED_IN),
    Page(rule="/sessions/others/end", view=end_others, permission=SIGNED_IN, methods=("POST",)),
    Page(rule="/sessions/<key>/end", view=end_other, permission=SIGNED_IN, methods=("POST",)),
)

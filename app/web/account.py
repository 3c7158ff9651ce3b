"""Signing in and out, choosing a password by a mailed link, and one's own sessions."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.core.access.domain.permission import PUBLIC, SIGNED_IN
from app.core.access.hashing import is_password
from app.core.access.queries import account_by_email, good_link, sessions_of
from app.core.access.services.accounts import ask_for_reset, choose_password
from app.core.access.services.sessions import end_session, start_session
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import groups_of
from app.core.ids import AccountId
from app.core.work import HOUSE, Actor
from app.extensions import limiter
from app.http.identity import SessionUser, who_is_signed_in
from app.http.links import link_address
from app.http.page import Answer
from app.plugin_api import Page
from app.plugin_runtime.gate import to_sign_in
from app.plugin_runtime.runtime import runtime
from app.web.account_forms import ChoosePasswordForm, ForgottenForm, SignInForm

TRIES_AN_ADDRESS = "10 per 15 minutes"
TRIES_A_NETWORK = "300 per 5 minutes"
"""A whole group behind one Wi-Fi address signs in within two minutes and is never refused."""


def _address_tried() -> str:
    return f"address:{request.form.get('email', '')[:200].strip().casefold()}"


@limiter.limit(TRIES_A_NETWORK, methods=["POST"])
@limiter.limit(TRIES_AN_ADDRESS, key_func=_address_tried, methods=["POST"])
def sign_in() -> Answer:
    """Let a person in with address and password, and bring them back to the page they wanted."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422 if form.is_submitted() else 200
    account_id = _account_with(form.email.data or "", form.password.data or "")
    if account_id is None:
        form.take(Refused([Refusal(code="access.wrong_sign_in")]))
        return render_template("account/sign_in.html", form=form), 422
    _let_in(account_id)
    return redirect(_own_path(request.values.get("next", "")) or url_for("house.front"), 303)


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


def link(token: str) -> Answer:
    """Let the holder of a mailed link choose a password, and let them in."""
    held = runtime()
    work = held.request_work(HOUSE)
    found = good_link(work.session, token, work.now)
    if found is None:
        return render_template("account/link_over.html"), 410
    form = ChoosePasswordForm()
    context = {"form": form, "link": found}
    if not form.validate_on_submit():
        return render_template("account/choose_password.html", **context), 422 if form.is_submitted() else 200
    try:
        account_id = choose_password(work, token=token, password=form.password.data or "")
    except Refused as refused:
        work.rollback()
        form.take(refused)
        return render_template("account/choose_password.html", **context), 422
    _let_in(account_id)
    return redirect(url_for("house.front"), 303)


def account() -> Answer:
    """Show a person their groups and every browser they are signed in on."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    held = runtime()
    now = held.clock.now()
    return render_template(
        "account/account.html",
        signed_in=signed_in,
        groups=groups_of(held.request_session(), signed_in.person_id, now),
        sessions=sessions_of(held.request_session(), signed_in.account_id, now),
    )


def end_other(key: str) -> Answer:
    """Sign one of the person's own browsers out."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    held = runtime()
    work = held.request_work(Actor(person_id=signed_in.person_id))
    own = sessions_of(work.session, signed_in.account_id, work.now)
    chosen = next((line.key for line in own if line.key.startswith(key) and len(key) >= 16), None)
    if chosen is None:
        raise NotFound
    end_session(work, signed_in.account_id, chosen)
    flash(_("That device is signed out."))
    return redirect(url_for("account.account"), 303)


def _account_with(email: str, password: str) -> AccountId | None:
    """Return the account if the password fits. The hash is checked outside any transaction, for anybody."""
    work = runtime().request_work(HOUSE)
    found = account_by_email(work.session, email.strip().casefold())
    work.rollback()
    fits = is_password(password, found.password_hash if found else None)
    return found.id if found and fits else None


def _let_in(account_id: AccountId) -> None:
    # What the browser held as a stranger's stays (a scan at the door waits for its tap), but not the token of its forms.
    session.pop("csrf_token", None)
    token = start_session(runtime().request_work(HOUSE), account_id, device_name=_device_name())
    session.permanent = True
    login_user(SessionUser(token))


def _device_name() -> str:
    """Return what a person would call this browser: its own words for itself are long and say little."""
    agent = request.user_agent.string
    browser = next((name for name in ("Edg", "OPR", "Firefox", "Chrome", "Safari") if name in agent), "")
    system = next(
        (name for name in ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux") if name in agent), ""
    )
    spoken = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "Mac"}
    return ", ".join(spoken.get(name, name) for name in (browser, system) if name)


def _own_path(wanted: str) -> str:
    """Return `wanted` if it is a path of this house that a browser may open, else nothing."""
    parts = urlsplit(wanted)
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or parts.scheme or parts.netloc:
        return ""
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except RequestRedirect:
        return wanted
    except HTTPException:
        return ""
    return wanted


ACCOUNT_PAGES = (
    Page(rule="/sign-in", view=sign_in, permission=PUBLIC, methods=("GET", "POST")),
    Page(rule="/sign-out", view=sign_out, permission=PUBLIC, methods=("POST",)),
    Page(rule="/forgotten", view=forgotten, permission=PUBLIC, methods=("GET", "POST")),
    Page(rule="/link/<token>", view=link, permission=PUBLIC, methods=("GET", "POST")),
    Page(rule="/", view=account, permission=SIGNED_IN),
    Page(rule="/sessions/<key>/end", view=end_other, permission=SIGNED_IN, methods=("POST",)),
)

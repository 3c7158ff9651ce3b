"""One's own account: the groups, the password, and every browser one is signed in on."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access.domain.viewer import SignedIn
from app.core.access.queries import account_by_key, sessions_of
from app.core.access.services.accounts import set_password
from app.core.access.services.sessions import end_other_sessions, end_session
from app.core.errors import NotFound, Refused
from app.core.groups.queries import groups_of
from app.core.work import Actor, UnitOfWork
from app.http.identity import who_is_signed_in
from app.http.page import Answer
from app.plugin_runtime.gate import to_sign_in
from app.plugin_runtime.runtime import runtime
from app.web.account_forms import ChoosePasswordForm
from app.web.letting_in import let_in

RECENTLY = timedelta(minutes=15)
"""How fresh a sign-in must be to choose a password with it; an older one confirms itself by a mailed link."""


def account() -> Answer:
    """Show a person their groups and every browser they are signed in on."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    held = runtime()
    now = held.clock.now()
    session = held.request_session()
    return render_template(
        "account/account.html",
        signed_in=signed_in,
        groups=groups_of(session, signed_in.person_id, now),
        sessions=sessions_of(session, signed_in.account_id, now),
        has_password=account_by_key(session, signed_in.account_id).password_hash is not None,
    )


def password() -> Answer:
    """Let somebody who signed in just now choose a password; others get a link mailed for it."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    work = _work(signed_in)
    if work.now - signed_in.confirmed_at_utc > RECENTLY:
        return render_template("account/confirm_first.html", email=signed_in.email)
    own = account_by_key(work.session, signed_in.account_id)
    work.rollback()
    form = ChoosePasswordForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("account/choose_password.html", form=form, account=own), status
    try:
        set_password(work, own, form.password.data or "")
    except Refused as refused:
        work.rollback()
        form.take(refused)
        return render_template("account/choose_password.html", form=form, account=own), 422
    let_in(work, own.id)
    flash(_("The password is kept. Other devices are signed out."), "success")
    return redirect(url_for("account.account"), 303)


def end_other(key: str) -> Answer:
    """Sign one of the person's own browsers out."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    work = _work(signed_in)
    own = sessions_of(work.session, signed_in.account_id, work.now)
    chosen = next((line.key for line in own if line.key.startswith(key) and len(key) >= 16), None)
    if chosen is None:
        raise NotFound
    end_session(work, signed_in.account_id, chosen)
    flash(_("That device is signed out."))
    return redirect(url_for("account.account"), 303)


def end_others() -> Answer:
    """Sign the person out everywhere but here."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    count = end_other_sessions(_work(signed_in), signed_in.account_id, signed_in.token_hash)
    flash(ngettext("%(num)d other device is signed out.", "%(num)d other devices are signed out.", count))
    return redirect(url_for("account.account"), 303)


def _work(signed_in: SignedIn) -> UnitOfWork:
    return runtime().request_work(Actor(person_id=signed_in.person_id))

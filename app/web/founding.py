"""Founding a group in the browser: one form; a stranger proves the address by a mailed link or code."""

from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, session, url_for
from werkzeug import Response

from app.core.access.domain.permission import PUBLIC
from app.core.access.domain.viewer import SignedIn
from app.core.errors import Refused
from app.core.founding.domain.who_may import Founding, may_found
from app.core.founding.network import may_still_found, who_may_found
from app.core.founding.services import ask_to_found, pending_founding, take_by_link
from app.core.work import HOUSE, Actor
from app.extensions import limiter
from app.http.identity import who_is_signed_in
from app.http.links import code_key, link_address
from app.http.once import claimed_before
from app.http.page import Answer
from app.plugin_api import FoundingField, Page
from app.plugin_runtime.founding import found_whole_group, founding_fields, free_address_name
from app.plugin_runtime.runtime import runtime
from app.web.founding_act import closed_meanwhile, completed, say_founded
from app.web.founding_forms import FoundForm, asked_in, found_form
from app.web.letting_in import ASKED_FOR, address_tried

Fields = Mapping[str, Sequence[FoundingField]]


def _address_tried() -> str:
    return address_tried("found")


@limiter.limit("60 per hour", methods=["POST"])
@limiter.limit("5 per 15 minutes;20 per day", key_func=_address_tried, methods=["POST"])
def found() -> Answer:
    """Ask everything about a new group once; found it, or mail the proof that a stranger needs."""
    signed_in = who_is_signed_in()
    choice = who_may_found(runtime().request_session())
    is_admin = signed_in is not None and signed_in.is_site_admin
    if not may_found(choice, is_signed_in=signed_in is not None, is_site_admin=is_admin):
        return render_template("founding/not_you.html", asks_sign_in=choice is Founding.ACCOUNTS), 403
    fields = founding_fields(runtime().registry)
    form = found_form(fields, asks_address=signed_in is None)
    if not form.validate_on_submit():
        return _shown(form, fields), 422 if form.is_submitted() else 200
    try:
        return _ask(form, fields) if signed_in is None else _found_at_once(form, fields, signed_in)
    except Refused as refused:
        runtime().request_work(HOUSE).rollback()
        form.take(refused)
        return _shown(form, fields), 422


def link(token: str) -> Answer:
    """Show what the mailed link founds; only its button does it."""
    work = runtime().request_work(HOUSE)
    waiting = pending_founding(work.session, token, work.now)
    if waiting is None:
        return render_template("founding/link_over.html"), 410
    if not may_still_found(work.session, waiting.email):
        return closed_meanwhile()
    if request.method == "GET":
        return render_template("founding/prove.html", pending=waiting)
    try:
        return completed(work, take_by_link(work, token))
    except Refused:
        work.rollback()
        return render_template("founding/link_over.html"), 410


def _ask(form: FoundForm, fields: Fields) -> Response:
    asked = asked_in(form, fields, founder=(form.founder.data or "").strip())
    work = runtime().request_work(HOUSE)
    address = link_address(endpoint="founding.link")
    session[ASKED_FOR] = ask_to_found(work, asked, form.email.data or "", address=address, key=code_key())
    return redirect(url_for("account.code"), 303)


def _found_at_once(form: FoundForm, fields: Fields, signed_in: SignedIn) -> Response:
    asked = asked_in(form, fields, founder=signed_in.name)
    work = runtime().request_work(Actor(person_id=signed_in.person_id))
    location = url_for("group.home", group=free_address_name(work, asked.name))
    seen = claimed_before(work, signed_in.account_id, form, location=location)
    if seen:
        return redirect(seen, 303)
    group = found_whole_group(
        work,
        runtime().registry,
        asked,
        account_id=signed_in.account_id,
        person_id=signed_in.person_id,
        email=signed_in.email,
    )
    work.commit()
    say_founded(group)
    return redirect(url_for("group.home", group=group.slug), 303)


def _shown(form: FoundForm, fields: Fields) -> str:
    own = [form[f"{plugin}-{one.name}"] for plugin, asked in fields.items() for one in asked]
    return render_template("founding/found.html", form=form, own=own)


FOUNDING_PAGES = (
    Page(rule="", view=found, permission=PUBLIC, methods=("GET", "POST")),
    Page(rule="/link/<token>", view=link, permission=PUBLIC, methods=("GET", "POST")),
)

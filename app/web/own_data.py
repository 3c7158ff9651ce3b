"""One's own data: what the house holds of a person, in one file for them alone, and how it is erased."""

from flask import Response, redirect, render_template, url_for

from app.core.access.domain.viewer import SignedIn
from app.core.work import Actor
from app.http.identity import who_is_signed_in
from app.http.own_data import packed
from app.http.page import Answer
from app.plugin_runtime.gate import to_sign_in
from app.plugin_runtime.person_data import export_person
from app.plugin_runtime.runtime import runtime
from app.web.account_own import RECENTLY


def data() -> Answer:
    """Say what can be taken along and how it is erased; who signed in a while ago confirms first that it is they."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    return render_template("account/own_data.html", is_fresh=_is_fresh(signed_in), email=signed_in.email)


def data_file() -> Answer:
    """Send everything the house holds of the viewer, and nothing of others."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    if not _is_fresh(signed_in):
        return redirect(url_for("account.data"), 303)
    held = runtime()
    work = held.request_work(Actor(person_id=signed_in.person_id))
    parts = export_person(work, held.registry, signed_in.person_id)
    content = packed(parts, name=signed_in.name, at=work.now)
    headers = {"Content-Disposition": f'attachment; filename="my-data-{work.now:%Y-%m-%d}.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)


def _is_fresh(signed_in: SignedIn) -> bool:
    return runtime().clock.now() - signed_in.confirmed_at_utc <= RECENTLY

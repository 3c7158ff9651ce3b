"""What the administrators of the network choose: who may found a group. They see nothing of any group by it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.core.access.domain.permission import SIGNED_IN
from app.core.errors import NotFound
from app.core.founding.domain.who_may import FOUNDING_TITLES, Founding
from app.core.founding.network import choose_founding, who_may_found
from app.core.work import Actor
from app.http.forms import HouseForm
from app.http.identity import who_is_signed_in
from app.http.page import Answer
from app.plugin_api import Page
from app.plugin_runtime.gate import to_sign_in
from app.plugin_runtime.runtime import runtime


class NetworkForm(HouseForm):
    """The network's choice."""

    founding = RadioField(
        _l("Who may found a group here?"),
        choices=[SelectChoice(value=one.value, label=_l(title)) for one, title in FOUNDING_TITLES.items()],
        validators=[DataRequired(_l("Choose one of them."))],
    )


def network() -> Answer:
    """Show the network's choice to its administrators, and take another; nobody else knows of the page."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return to_sign_in()
    if not signed_in.is_site_admin:
        raise NotFound
    work = runtime().request_work(Actor(person_id=signed_in.person_id))
    form = NetworkForm(founding=who_may_found(work.session).value)
    if not form.validate_on_submit():
        return render_template("house/network.html", form=form), 422 if form.is_submitted() else 200
    choose_founding(work, Founding(form.founding.data))
    work.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("house.network"), 303)


NETWORK_PAGES = (Page(rule="/network", view=network, permission=SIGNED_IN, methods=("GET", "POST")),)

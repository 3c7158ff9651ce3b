"""The published schemes in plain words with their formula, and the group's choice among them."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.groups.queries import members_on
from app.http.page import Answer, GroupPage
from app.plugins.credibility import permissions as may
from app.plugins.credibility.domain.scheme import GROUP_SCHEMES, PROFILES
from app.plugins.credibility.queries.choices import scheme_of
from app.plugins.credibility.queries.shown import number_surfaced
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.web.forms import SchemeForm
from app.plugins.credibility.web.words import SCHEME_WORDS


def schemes(page: GroupPage) -> Answer:
    """Show how records are computed, for everybody; what leaders may choose stands on it too."""
    form = SchemeForm(data={"scheme": scheme_of(page.work.session, page.group.id)})
    return _schemes_page(page, form)


def choose(page: GroupPage) -> Answer:
    """Take the group's choice."""
    form = SchemeForm()
    form.validate_on_submit()
    try:
        changed = choose_scheme(page.work, page.group, form.scheme.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _schemes_page(page, form), 422
    flash(
        _("Every record was computed anew by this scheme.") if changed else _("Nothing changed."), "success"
    )
    return page.go("credibility.schemes")


def _together(page: GroupPage) -> str:
    """Return how many members have a record and how many not yet, for leaders; nothing while there are few."""
    if not page.may(may.SCHEME_CHOOSE):
        return ""
    members = [line.id for line in members_on(page.work.session, page.group.id, page.today)]
    surfaced = number_surfaced(page.work, page.group, members)
    if surfaced is None:
        return ""
    others = len(members) - surfaced
    return str(
        _(
            "Members whose record the group sees: %(there)s. Not yet: %(others)s.",
            there=surfaced,
            others=others,
        )
    )


def _schemes_page(page: GroupPage, form: SchemeForm) -> str:
    return page.render(
        "credibility/schemes.html",
        form=form,
        together=_together(page),
        may_choose=page.may(may.SCHEME_CHOOSE),
        in_force=scheme_of(page.work.session, page.group.id),
        schemes=[(name, SCHEME_WORDS[name], PROFILES[name]) for name in GROUP_SCHEMES],
    )

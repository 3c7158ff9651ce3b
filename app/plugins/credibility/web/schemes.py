"""The published schemes in plain words with their formula, what the group has had from when, and its leaders' choice."""

from collections.abc import Sequence

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.groups.queries import members_on
from app.http.page import Answer, GroupPage
from app.plugins.attendance.interface import AttendanceHistory
from app.plugins.credibility import permissions as may
from app.plugins.credibility.domain.reports import LEAD_PRIOR
from app.plugins.credibility.queries.choices import choice_of, choices_of
from app.plugins.credibility.queries.facts import switched_off
from app.plugins.credibility.queries.looks import looks_at
from app.plugins.credibility.queries.together import together_of
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.web.advice import while_off
from app.plugins.credibility.web.scheme_forms import SchemeForm
from app.plugins.credibility.web.scheme_words import (
    LABELS,
    NEEDED,
    WEIGHING,
    Scheme,
    example_of,
    expectation,
    heads_of,
    preview_words,
    scheme_called,
    schemes_to_choose,
)
from app.plugins.credibility.web.words import number, share_of
from app.plugins.referrals.interface import SlipHistory


def schemes(page: GroupPage) -> Answer:
    """Show how records are computed, for everybody; what leaders may choose stands on it too."""
    form = SchemeForm(data={"scheme": choice_of(page.work.session, page.group.id).scheme})
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


def _schemes_page(page: GroupPage, form: SchemeForm) -> str:
    session = page.work.session
    history = choices_of(session, page.group.id)
    in_force = scheme_called(session, history[-1])
    offered = schemes_to_choose(session, page.today)
    form.offer(offered)
    listed = offered if in_force in offered else [*offered, in_force]
    return page.render(
        "credibility/schemes.html",
        form=form,
        in_force=in_force,
        schemes=listed,
        heads=heads_of(listed),
        parts=[
            (_("Needed before anything is shown"), [(LABELS[name], name) for name in NEEDED]),
            (_("How reports weigh"), [(LABELS[name], name) for name in WEIGHING]),
        ],
        number=number,
        share=share_of,
        lead_prior=LEAD_PRIOR,
        example=example_of(in_force.constants),
        history=[(scheme_called(session, one), one.effective_on) for one in reversed(history)],
        leaders=_for_leaders(page, offered, in_force),
        while_off=while_off(_off(page), in_force.constants),
        is_admin=page.signed_in.is_site_admin,
    )


def _off(page: GroupPage) -> frozenset[str]:
    """Return which of the plugins are off that the gate asks."""
    return switched_off(
        page.reader(SlipHistory),  # type: ignore[type-abstract]  # a protocol is asked for, never made
        page.reader(AttendanceHistory),  # type: ignore[type-abstract]  # likewise
    )


def _for_leaders(page: GroupPage, offered: Sequence[Scheme], in_force: Scheme) -> dict[str, object] | None:
    """Return the counts of the group with a preview of each scheme; for leaders alone."""
    if not page.may(may.SCHEME_CHOOSE):
        return None
    members = [line.id for line in members_on(page.work.session, page.group.id, page.today)]
    found = together_of(page.work, page.group, members, {one.key: one.constants for one in offered})
    return {
        "counts": found,
        "expectation": expectation(in_force, len(members)),
        "looks": looks_at(page.work.session, page.group),
        "details": {
            one.key: f"{one.for_whom}. {preview_words(found.previews[one.key], found)}" for one in offered
        },
    }

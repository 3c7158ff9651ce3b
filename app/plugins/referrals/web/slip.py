"""One slip: what it says and how it stands, the next steps of its two sides, the prospect's contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect
from flask_babel import gettext
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.forms import form_token
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.rendering import short_date
from app.plugins.referrals.domain.basis import (
    AGREED_HOW_WORDS,
    BASIS_TOLD,
    BASIS_WORDS,
    TIER_SAID,
    URGENCY_WORDS,
    AgreedHow,
    Basis,
    Tier,
    Urgency,
)
from app.plugins.referrals.domain.clock import WAITS
from app.plugins.referrals.domain.introduction import HOW_WELL
from app.plugins.referrals.domain.slip import RESULTS, UNDONE_WITHIN, Act, Side, SlipState, acts_of
from app.plugins.referrals.queries.clock import HelpAsked, help_asked
from app.plugins.referrals.queries.one_slip import Prospect, SlipView, StepLine, slip_for, steps_of
from app.plugins.referrals.queries.thanks import thanks_for
from app.plugins.referrals.services.prospects import open_prospect
from app.plugins.referrals.services.steps import TARGETS, TakeStep, take_step
from app.plugins.referrals.services.undoing import give_words_back
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.both_versions import both_versions
from app.plugins.referrals.web.currencies import currency_choices
from app.plugins.referrals.web.forms import CloseForm, StepForm
from app.plugins.referrals.web.fragments import LIVE_SECONDS, fragment
from app.plugins.referrals.web.life import life_of
from app.plugins.referrals.web.lines import thank_you_lines
from app.plugins.referrals.web.on_paper import typed_in_for
from app.plugins.referrals.web.outside import outside_words
from app.plugins.referrals.web.report_forms import ReportForm
from app.plugins.referrals.web.reports import on_slip
from app.plugins.referrals.web.wording import RESULT_WORDS_OF_GIVER, badge_of, choices, state_words

_ACTS = frozenset({*TARGETS, Act.CLOSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page of a slip shows beside the slip itself: a form that came back, or a contact that was opened."""

    act: Act | None = None
    form: StepForm | None = None
    prospect: Prospect | None = None


def slip(page: GroupPage, slip: str) -> Answer:
    """Show the slip to its giver or its receiver; to everyone else it does not exist."""
    return _slip_page(page, slip, Shown())


def slip_live(page: GroupPage, slip: str) -> Answer:
    """Show again how the slip stands."""
    return fragment(page, "referrals/_life.html", lambda: _shown_live(page, slip))


def prospect(page: GroupPage, slip: str) -> Answer:
    """Open the prospect's contact, on record, and show it on the slip's page."""
    found = open_prospect(page.work, group_id=page.group.id, slip=slip, member_id=page.viewer.member_id)
    return _slip_page(page, slip, Shown(prospect=found))


def step(page: GroupPage, slip: str, act: str) -> Answer:
    """Take one step of the slip's life, and show the slip as it stands then."""
    wanted = _act(act)
    form = _form(wanted)
    if not form.validate_on_submit():
        return _slip_page(page, slip, Shown(act=wanted, form=form)), 422
    try:
        seen = answered_before(page, form, location=page.url("referrals.slip", slip=slip))
        if seen:
            return redirect(seen, 303)
        if wanted is Act.UNDO:
            give_words_back(page.work, page.group.id, slip, page.viewer.member_id, draft=form_token())
        take_step(page.work, _command(page, slip, wanted, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _slip_page(page, slip, Shown(act=wanted, form=form)), 422
    flash(_said(page, slip, wanted), "success")
    return page.go("referrals.slip", slip=slip)


def _said(page: GroupPage, slip: str, act: Act) -> str:
    if act is Act.UNDO:
        return str(_("Taken back. Nobody has been told, and nobody will be. Your words are kept as a draft."))
    is_alone = _view(page, slip).slip.is_told_by_giver
    return str(_("Saved.") if is_alone else _("Saved. The other side has been told."))


def _shown_live(page: GroupPage, slip: str) -> Mapping[str, Any]:
    view = _view(page, slip)
    return _standing(page, view, steps_of(page.work.session, page.group.id, view.id))


def _act(name: str) -> Act:
    if name not in {act.value for act in _ACTS}:
        raise NotFound
    return Act(name)


def _form(act: Act) -> StepForm:
    return CloseForm(prefix="close") if act is Act.CLOSE else StepForm(prefix=act.value)


def _command(page: GroupPage, slip: str, act: Act, form: StepForm) -> TakeStep:
    return TakeStep(
        group=page.group,
        today=page.today,
        slip=slip,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        act=act,
        target=_target(act, form),
        seen_version=form.seen_version,
        note=form.note.data,
        sums=form.sums if isinstance(form, CloseForm) else (),
        addresses=addresses.of_slip(page, slip),
    )


def _target(act: Act, form: StepForm) -> SlipState | None:
    """Return where the step leads; None where the result was not chosen."""
    if not isinstance(form, CloseForm):
        return TARGETS[act]
    chosen = form.result.data
    return SlipState(chosen) if chosen in RESULTS else None


def _view(page: GroupPage, slip: str) -> SlipView:
    view = slip_for(page.work.session, page.group.id, slip, page.viewer.member_id, now=page.work.now)
    if view is None:
        raise NotFound
    return view


def _slip_page(page: GroupPage, slip: str, shown: Shown) -> str:
    view = _view(page, slip)
    side = view.slip.side_of(page.viewer.member_id)
    possible = acts_of(view.slip, side, page.work.now) if side else ()
    steps = steps_of(page.work.session, page.group.id, view.id)
    both = both_versions(steps, shown.act, shown.form, page.group.zone)
    return page.render(
        "referrals/slip.html",
        **_standing(page, view, steps),
        both=both,
        help_asked=_help_asked(page, view),
        on_paper=typed_in_for(page, view, steps),
        words=_words(view, side),
        possible=[act.value for act in possible],
        undo_seconds=_undo_seconds(page, view) if Act.UNDO in possible else 0,
        forms=_forms(page, view, possible, shown),
        problems=shown.form.problems if shown.form else [],
        open_act=shown.act.value if shown.act else "",
        prospect=shown.prospect,
        **outside_words(page, view),
        report=on_slip(page, view),
        parts=page.slip_parts(view.public_id, giver=view.slip.giver, receiver=view.slip.receiver),
        report_form=ReportForm(back="slip"),
        live_url=page.url("referrals.slip_live", slip=slip),
        live_seconds=LIVE_SECONDS,
    )


def _undo_seconds(page: GroupPage, view: SlipView) -> int:
    """Return for how many seconds more the slip may be undone."""
    return max(1, int((view.slip.passed_at + UNDONE_WITHIN - page.work.now).total_seconds()))


def _help_asked(page: GroupPage, view: SlipView) -> HelpAsked | None:
    """Return what the viewer was asked as the giver of a slip that waits."""
    viewer = page.viewer.member_id
    if view.slip.state not in WAITS or view.slip.giver != viewer:
        return None
    return help_asked(page.work.session, page.group.id, view.public_id, viewer)


def _standing(page: GroupPage, view: SlipView, steps: Sequence[StepLine]) -> Mapping[str, Any]:
    """Return what changes while the slip is looked at: its state, its steps, the thank-yous for it."""
    session, group_id, member_id = page.work.session, page.group.id, page.viewer.member_id
    return {
        "slip": view,
        "is_giver": view.slip.side_of(member_id) is Side.GIVER,
        "stations": life_of(view, steps, page.group.zone),
        "thanks": thank_you_lines(page, thanks_for(session, group_id, member_id, view.id)),
        "state": state_words(view.slip.state, view.historic_on, is_told_by_giver=view.slip.is_told_by_giver),
        "badge": badge_of(view.slip.state, view.historic_on),
    }


def _forms(page: GroupPage, view: SlipView, possible: Sequence[Act], shown: Shown) -> dict[str, StepForm]:
    """Return a form for every step that is possible now, and the one that came back with its reasons."""
    forms = {act.value: _form(act) for act in possible}
    if shown.act and shown.form:
        forms[shown.act.value] = shown.form
    for form in forms.values():
        form.version.data = str(view.slip.version)
        if isinstance(form, CloseForm):
            form.offer_currencies(currency_choices(page.group.currency), page.group.currency)
        if isinstance(form, CloseForm) and view.slip.is_told_by_giver:
            form.result.choices = choices(RESULT_WORDS_OF_GIVER)
    return forms


def _agreed(view: SlipView) -> str:
    """Return how and when the prospect agreed, as far as the giver said."""
    how = gettext(AGREED_HOW_WORDS[AgreedHow(view.agreed_how)]) if view.agreed_how else ""
    day = short_date(view.agreed_on) if view.agreed_on else ""
    return ", ".join(part for part in (how, day) if part)


def _words(view: SlipView, side: Side | None) -> dict[str, str]:
    """Return what the giver said of the slip in words; empty where nothing was said."""
    basis = BASIS_WORDS if side is Side.GIVER else BASIS_TOLD
    return {
        "tier": gettext(TIER_SAID[Tier(view.tier)]),
        "basis": gettext(basis[Basis(view.basis)]) if view.basis else "",
        "how_well": gettext(HOW_WELL[view.how_well]) if view.how_well else "",
        "agreed": _agreed(view),
        "urgency": gettext(URGENCY_WORDS[Urgency(view.urgency)]) if view.urgency else "",
    }

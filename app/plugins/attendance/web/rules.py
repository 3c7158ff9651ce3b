"""The rules of the group: what is in force, rules to choose from, the form to change them, and trying them first."""

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.core.errors import NotFound, Refused
from app.core.local_time import Period
from app.http.forms import number_typed, version_typed
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import RuleSet
from app.plugins.attendance.domain.rule_set_json import rules_from_json, rules_to_json
from app.plugins.attendance.domain.rule_standing import State
from app.plugins.attendance.domain.rule_trial import days_to_try, trial
from app.plugins.attendance.queries.rule_sets import BEGINNING, rule_book_of
from app.plugins.attendance.queries.standings import lives_between
from app.plugins.attendance.services.rule_sets import ChangeRules, change_rules
from app.plugins.attendance.web import rule_wording, standing_wording
from app.plugins.attendance.web.rule_drafts import (
    form_of,
    form_typed,
    open_entries,
    rules_typed,
    show_problems,
    with_new_limit,
    with_new_measure,
    without,
)
from app.plugins.attendance.web.rule_forms import RulesForm, SwitchOnForm
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.typed_words import gettext


def rules(page: GroupPage) -> Answer:
    """Show everybody what is in force since when, what is to come, and all that was."""
    book = rule_book_of(page.work.session, page.group.id)
    return page.render(
        "attendance/rules.html",
        in_force=book.in_force(page.today),
        to_come=book.to_come(page.today),
        versions=book.versions[::-1],
        beginning=BEGINNING,
        sentences=rule_wording.rule_sentences,
        said=gettext,
        may_change=page.may(may.RULES_EDIT),
        tabs=tabs_of(page, "attendance.rules"),
    )


def presets(page: GroupPage) -> Answer:
    """Show rules in use elsewhere, to be tried, taken, or changed."""
    return page.render(
        "attendance/rule_presets.html", presets=PRESETS, sentences=rule_wording.rule_sentences, said=gettext
    )


def try_preset(page: GroupPage, preset: str) -> Answer:
    """Show what a preset would have said of the past months."""
    if preset not in PRESETS:
        raise NotFound
    return _trial_page(page, PRESETS[preset])


def edit(page: GroupPage) -> Answer:
    """Show the rules as a form, from those in force or a preset; take numbers and limits in and out; lead to the trial."""
    if request.method == "GET":
        return _edit_page(page, form_of(_rules_to_begin_with(page)))
    if "rules" in request.form:
        return _edit_page(page, form_of(_rules_carried()))
    form = form_typed(request.form)
    act, _separator, at = request.form.get("act", "").partition("-")
    changed = _acted(form, act, number_typed(at))
    if changed is not None:
        return _edit_page(page, changed)
    form.validate()
    try:
        chosen = rules_typed(form)
    except Refused as refused:
        show_problems(form, refused)
        return _edit_page(page, form), 422
    return _trial_page(page, chosen)


def switch_on(page: GroupPage) -> Answer:
    """Put the rules that were tried in force from the chosen day on."""
    form = SwitchOnForm()
    chosen = _rules_carried()
    if not form.validate_on_submit():
        return _trial_page(page, chosen, form), 422
    try:
        if answered_before(page, form, location=page.url("attendance.rules")):
            return page.go("attendance.rules")
        command = ChangeRules(
            group_id=page.group.id,
            rules=chosen,
            effective_on=form.effective_on.data,
            seen_version=version_typed(form.seen_version.data),
            fresh_start=form.past.data == "fresh",
        )
        change_rules(page.work, command, today=page.today)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _trial_page(page, chosen, form), 422
    flash(_("The rules count from the day you chose. What was before stays as it stood."), "success")
    return page.go("attendance.rules")


def _acted(form: RulesForm, act: str, at: int | None) -> RulesForm | None:
    """Return the form after something was added or taken out; None for anything else."""
    if act == "number":
        return with_new_measure(form)
    if act == "limit":
        return with_new_limit(form)
    if act in {"measures", "limits"} and at is not None:
        return without(form, act, at)
    return None


def _rules_to_begin_with(page: GroupPage) -> RuleSet:
    preset = request.args.get("from", "")
    if preset in PRESETS:
        return PRESETS[preset]
    in_force = rule_book_of(page.work.session, page.group.id).in_force(page.today)
    return in_force.rules if in_force else RuleSet(name="")


def _rules_carried() -> RuleSet:
    """Return the rules that a page carried along; what is none of ours is refused."""
    return rules_from_json(request.form.get("rules", ""))


def _edit_page(page: GroupPage, form: RulesForm) -> str:
    return page.render(
        "attendance/rule_edit.html",
        form=form,
        kinds=rule_wording.measure_kind_words(),
        open=open_entries(form),
    )


def _trial_page(page: GroupPage, chosen: RuleSet, form: SwitchOnForm | None = None) -> str:
    """Show the chosen rules beside those in force, on today and the ends of the past months."""
    book = rule_book_of(page.work.session, page.group.id)
    days = days_to_try(page.today)
    lives = lives_between(page.work.session, page.group.id, book, Period(first=days[-1], last=page.today))
    if form is None:
        form = SwitchOnForm(formdata=MultiDict(), effective_on=page.today, past="count")
    # A refused form shows what stands now, and what was chosen; sent again it has seen both.
    form.seen_version.data = str(book.latest)
    form.rules.data = rules_to_json(chosen)
    newest = book.version(book.latest)
    return page.render(
        "attendance/rule_trial.html",
        form=form,
        chosen=chosen,
        in_force=book.in_force(page.today),
        newest=newest if newest != book.in_force(page.today) else None,
        days=trial(book, chosen, lives, days),
        reached=State.REACHED,
        near=State.NEAR,
        sentences=rule_wording.rule_sentences,
        said=gettext,
        words=standing_wording,
        state_words=rule_wording.state_words,
    )

"""The confidential desk of whoever looks after members: open conversations, their steps, and the words for them."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.forms import version_typed
from app.http.page import Answer, GroupPage
from app.plugins.attendance.domain.care_patterns import BOUNDS, CareNumbers
from app.plugins.attendance.domain.care_trail import (
    USUAL_WORDS,
    CareState,
    Step,
    WantedStep,
    Words,
    filled,
    next_step,
)
from app.plugins.attendance.queries.care import CareLine, StepLine, own_words, steps_of
from app.plugins.attendance.queries.care_numbers import numbers_of
from app.plugins.attendance.services.caring import (
    Carer,
    TakeStep,
    care_for,
    cares_for,
    close_care,
    keep_own_numbers,
    keep_own_words,
    take_step,
)
from app.plugins.attendance.web.care_forms import CareNumbersForm, CareWordsForm, CloseForm, StepForm
from app.plugins.attendance.web.care_words import office_words_for, place_words, step_words
from app.plugins.attendance.web.days import days_of
from app.plugins.attendance.web.tabs import tabs_of


def carer_of(page: GroupPage) -> Carer:
    """Return the viewer as who looks after somebody."""
    return Carer(
        member_id=page.viewer.member_id, name=page.viewer.name, offices=frozenset(page.viewer.offices)
    )


def cares(page: GroupPage) -> Answer:
    """Show the conversations that are the viewer's to lead: the open ones first, then the closed."""
    found = cares_for(page.work, page.group, carer_of(page))
    steps = steps_of(page.work.session, page.group.id, [care.id for care in found])
    lines = [(care, office_words_for(care), steps.get(care.id, [])) for care in found]
    return page.render(
        "attendance/cares.html",
        day_of=days_of(page),
        opened=[line for line in lines if line[0].state is CareState.OPEN],
        closed=[line for line in lines if line[0].state is CareState.CLOSED],
        step_words=step_words(),
        tabs=tabs_of(page, "attendance.cares"),
    )


def one_care(page: GroupPage, care: str) -> Answer:
    """Show one conversation, and note its next step."""
    found, done = _found(page, care)
    step = next_step({line.step for line in done})
    form = _step_form(page, found, step)
    if not form.validate_on_submit():
        return _care_page(page, found, done, form=form), 422 if form.is_submitted() else 200
    sent_as = form.step_sent(step)
    command = TakeStep(
        carer=carer_of(page),
        public_id=care,
        wanted=WantedStep(
            step=sent_as,
            done_on=form.done_on.data,
            note=form.note.data or "",
            subject=form.subject.data or "",
            body=form.body.data or "",
        ),
        seen_version=form.seen_version,
        path=page.url("attendance.coming"),
    )
    try:
        take_step(page.work, page.group, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        found, done = _found(page, care)
        form.version.data = str(found.version)
        return _care_page(page, found, done, form=form), 422
    flash(_("It is noted."), "success")
    return page.go("attendance.one_care", care=care)


def care_over(page: GroupPage, care: str) -> Answer:
    """Close a conversation, with the reason."""
    found, done = _found(page, care)
    form = CloseForm()
    if not form.validate_on_submit():
        return _care_page(page, found, done, close=form), 422
    try:
        close_care(
            page.work,
            page.group,
            carer_of(page),
            care,
            reason=form.reason.data or "",
            seen_version=form.seen_version,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        found, done = _found(page, care)
        form.version.data = str(found.version)
        return _care_page(page, found, done, close=form), 422
    flash(_("The conversation is closed."), "success")
    return page.go("attendance.cares")


def care_words(page: GroupPage, letter: str) -> Answer:
    """Show the words of a step as they read, and keep the group's own."""
    step = _step(letter)
    stands = _words(page, step)
    form = CareWordsForm(
        data={"subject": stands.subject, "body": stands.body, "version": str(stands.version)}
    )
    if not form.validate_on_submit():
        return _words_page(page, step, form), 422 if form.is_submitted() else 200
    try:
        words = Words(subject=form.subject.data, body=form.body.data, version=form.seen_version)
        keep_own_words(page.work, page.group, step, words)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = _words(page, step)
        form.version.data = str(stands.version)
        changed = stands if refused.has("attendance.changed_meanwhile") else None
        return _words_page(page, step, form, stands=changed), 422
    flash(_("Saved. These words are offered from now on."), "success")
    return page.go("attendance.care_words", letter=letter)


def care_numbers(page: GroupPage) -> Answer:
    """Show from which numbers on somebody is looked after, and keep the group's own."""
    stands = numbers_of(page.work.session, page.group.id)
    form = CareNumbersForm(
        data={name: getattr(stands, name) for name in BOUNDS} | {"version": str(stands.version)}
    )
    if not form.validate_on_submit():
        return _numbers_page(page, form), 422 if form.is_submitted() else 200
    wanted = CareNumbers(
        version=version_typed(form.version.data), **{name: form[name].data for name in BOUNDS}
    )
    try:
        keep_own_numbers(page.work, page.group, wanted)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        form.version.data = str(numbers_of(page.work.session, page.group.id).version)
        return _numbers_page(page, form), 422
    flash(_("Saved. They count from the next record on; what is open stays open."), "success")
    return page.go("attendance.care_numbers")


def _found(page: GroupPage, care: str) -> tuple[CareLine, list[StepLine]]:
    found = care_for(page.work, page.group, carer_of(page), care)
    return found, steps_of(page.work.session, page.group.id, [found.id]).get(found.id, [])


def _step(letter: str) -> Step:
    if letter not in set(Step):
        raise NotFound
    return Step(letter)


def _words(page: GroupPage, step: Step) -> Words:
    """Return the group's own words, or the usual ones in the reader's language."""
    own = own_words(page.work.session, page.group.id, step)
    usual = USUAL_WORDS[step]
    return own or Words(subject=_(usual.subject), body=_(usual.body))


def _facts(page: GroupPage, first_name: str) -> dict[str, str]:
    return {"first_name": first_name, "group": page.group.name, "sender": page.viewer.name}


def _step_form(page: GroupPage, care: CareLine, step: Step) -> StepForm:
    words, facts = _words(page, step), _facts(page, care.first_name)
    return StepForm(
        data={
            "version": str(care.version),
            "step": step.value,
            "done_on": page.today,
            "subject": filled(words.subject, facts),
            "body": filled(words.body, facts),
        }
    )


def _care_page(
    page: GroupPage,
    care: CareLine,
    done: list[StepLine],
    *,
    form: StepForm | None = None,
    close: CloseForm | None = None,
) -> str:
    step = next_step({line.step for line in done})
    words, facts = _words(page, step), _facts(page, care.first_name)
    return page.render(
        "attendance/care.html",
        day_of=days_of(page),
        care=care,
        said=office_words_for(care),
        done=done,
        step=step.value,
        script=[filled(words.subject, facts), filled(words.body, facts)],
        form=form or _step_form(page, care, step),
        close=close or CloseForm(formdata=None, version=str(care.version)),
        step_words=step_words(),
    )


def _words_page(page: GroupPage, step: Step, form: CareWordsForm, stands: Words | None = None) -> str:
    facts = _facts(page, "Ana")
    return page.render(
        "attendance/care_words.html",
        form=form,
        step=step.value,
        steps=[(one.value, step_words()[one.value]) for one in Step],
        places=place_words(),
        subject=filled(form.subject.data or "", facts),
        body=filled(form.body.data or "", facts),
        stands=stands,
        tabs=tabs_of(page, "attendance.cares"),
    )


def _numbers_page(page: GroupPage, form: CareNumbersForm) -> str:
    return page.render("attendance/care_numbers.html", form=form, tabs=tabs_of(page, "attendance.cares"))

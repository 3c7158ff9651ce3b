"""The list of an office: several one-to-ones of members in one go, a learning unit of a member, and the last entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refused
from app.http.forms import day_typed
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.activities.domain.rules import CORRECTED_WITHIN
from app.plugins.activities.queries.talks import talks_entered_by
from app.plugins.activities.services.correcting import OnTalk, take_back
from app.plugins.activities.services.learning import RecordLearning, record_learning
from app.plugins.activities.services.quick_list import EnterTalks, Pair, enter_talks
from app.plugins.activities.web.forms import LearningOfMemberForm, QuickListForm, TakeBackForm
from app.plugins.activities.web.lines import member_choices

LINES = 10
"""How many one-to-ones one list takes; the next list follows at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One line of the list as it is drawn: what was chosen, and what is wrong with it."""

    pair: Pair
    problems: Sequence[str] = field(default_factory=tuple)
    asks_another: bool = False


def enter(page: GroupPage) -> Answer:
    """Show the list to fill in; take it whole, or show what is wrong on which line."""
    form, learning = QuickListForm(prefix="list"), LearningOfMemberForm(None, prefix="learning")
    learning.learned_on.data = page.today.isoformat()
    if not form.is_submitted():
        form.held_on.data = page.today.isoformat()
        return _filled(page, form, learning, [ListLine(pair=pair) for pair in _pairs()])
    if not form.validate():
        return _filled(page, form, learning, [ListLine(pair=pair) for pair in _pairs()]), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.enter"))
        if seen:
            return redirect(seen, 303)
        kept = enter_talks(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        return _filled(page, form, learning, _judged(form, refused)), 422
    flash(ngettext("%(num)d one-to-one is recorded.", "%(num)d one-to-ones are recorded.", kept), "success")
    return page.go("activities.enter")


def enter_learning(page: GroupPage) -> Answer:
    """Take a learning unit of a member."""
    form, talks = LearningOfMemberForm(prefix="learning"), QuickListForm(None, prefix="list")
    talks.held_on.data = page.today.isoformat()
    blank = [ListLine(pair=pair) for pair in _pairs()]
    if not form.validate_on_submit():
        return _filled(page, talks, form, blank), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.enter"))
        if seen:
            return redirect(seen, 303)
        record_learning(
            page.work,
            RecordLearning(
                group=page.group,
                today=page.today,
                by=page.viewer.member_id,
                by_name=page.viewer.name,
                facts=form.facts(),
                public_id=page.work.ids.public_id(),
                learner=form.learner.data or "",
                is_for_another=True,
                path=page.url("activities.week"),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, talks, form, blank), 422
    flash(_("The learning is recorded, and the member has been told."), "success")
    return page.go("activities.enter")


def unenter(page: GroupPage, talk: str) -> Answer:
    """Take back a one-to-one that the viewer recorded for others."""
    form = TakeBackForm(prefix="take-back")
    if not form.validate_on_submit():
        return page.go("activities.enter")
    seen = answered_before(page, form, location=page.url("activities.enter"))
    if seen:
        return redirect(seen, 303)
    command = OnTalk(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        talk=talk,
        seen_version=form.seen_version,
        path=page.url("activities.week"),
    )
    take_back(page.work, command)
    flash(_("Taken back. It counts for neither of them."), "success")
    return page.go("activities.enter")


def _pairs() -> list[Pair]:
    """Return the lines as they were sent; blank ones where nothing was."""
    ones, others = request.form.getlist("one")[:LINES], request.form.getlist("other")[:LINES]
    ticked = set(request.form.getlist("another"))
    blank = [""] * LINES
    sent = zip(range(1, LINES + 1), [*ones, *blank], [*others, *blank], strict=False)
    return [
        Pair(number=number, one=one, other=other, is_another=str(number) in ticked)
        for number, one, other in sent
    ]


def _judged(form: QuickListForm, refused: Refused) -> list[ListLine]:
    """Give the form the reasons that concern no line, and return the lines with theirs."""
    about_line = {f"row-{pair.number}": pair for pair in _pairs()}
    general = [one for one in refused.refusals if one.field not in about_line]
    if general:
        form.take(Refused(general))
    return [
        ListLine(
            pair=pair,
            problems=[sentence(one) for one in refused.refusals if one.field == field],
            asks_another=pair.is_another
            or any(
                one.field == field and one.code == "activities.pair_recorded_already"
                for one in refused.refusals
            ),
        )
        for field, pair in about_line.items()
    ]


def _filled(
    page: GroupPage, form: QuickListForm, learning: LearningOfMemberForm, lines: Sequence[ListLine]
) -> str:
    learning.learner.choices = member_choices(page, _("Choose a member"), without_viewer=False)
    entered = talks_entered_by(
        page.work.session, page.group.id, page.viewer.member_id, since=page.work.now - CORRECTED_WITHIN
    )
    return page.render(
        "activities/quick_list.html",
        form=form,
        learning=learning,
        lines=lines,
        members=member_choices(page, "", without_viewer=False),
        entered=[(talk, _take_back_form(talk.version)) for talk in entered],
    )


def _take_back_form(version: int) -> TakeBackForm:
    form = TakeBackForm(None, prefix="take-back")
    form.version.data = str(version)
    return form


def _command(page: GroupPage, form: QuickListForm) -> EnterTalks:
    return EnterTalks(
        group=page.group,
        today=page.today,
        by=page.viewer.member_id,
        by_name=page.viewer.name,
        held_on=day_typed(form.held_on.data),
        pairs=_pairs(),
        path=page.url("activities.week"),
    )

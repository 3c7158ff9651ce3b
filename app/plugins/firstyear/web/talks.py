"""The sheet of a talk: questions and plain counts for the two, what came of it, another day, somebody else."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.core.local_time import Period
from app.http.forms import HouseForm
from app.http.page import Answer, GroupPage
from app.plugins.attendance.interface import AttendedBetween
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.domain.dates import anniversary
from app.plugins.firstyear.domain.talks import QUESTIONS, TalkKind, TalkState, outcomes_of
from app.plugins.firstyear.queries.talks import TalkLine, talk_in_address, talks_for_committee
from app.plugins.firstyear.services.talks import (
    HoldTalk,
    MoveTalk,
    change_owner,
    hold_talk,
    move_talk,
    wish,
)
from app.plugins.firstyear.web.forms import HeldForm, LaterForm, OwnerForm, WishesForm
from app.plugins.firstyear.web.wording import kind_words, outcome_words, reader_words, tabs_of


def talk(page: GroupPage, review: str) -> Answer:
    """Show the sheet to the two who talk; the office sees the dates, and what was written where it may."""
    return _sheet(page, _found(page, review))


def written(page: GroupPage) -> Answer:
    """List what was written for the membership committee."""
    found = talks_for_committee(page.work.session, page.group.id)
    return page.render(
        "firstyear/written.html",
        talks=found,
        kinds=kind_words(),
        outcomes=outcome_words(),
        tabs=tabs_of(page, "firstyear.written"),
    )


def held(page: GroupPage, review: str) -> Answer:
    """Keep what came of the talk; its owner alone does so."""
    found = _found(page, review)
    if found.owner_id != page.viewer.member_id:
        raise NotFound
    form = HeldForm()
    if not form.validate_on_submit():
        return _sheet(page, found, held=form), 422
    command = HoldTalk(
        group=page.group,
        talk=review,
        by=page.viewer.member_id,
        held=form.held(),
        seen_version=form.seen_version,
    )
    try:
        hold_talk(page.work, command)
    except Refused as refused:
        return _sheet(page, _refused(page, form, refused, review), held=form), 422
    flash(_("Kept. Thank you for taking the time."), "success")
    return page.go("firstyear.talk", review=review)


def later(page: GroupPage, review: str) -> Answer:
    """Put the talk on another day, or leave it out, with the reason."""
    found = _found(page, review)
    if not _may_move(page, found):
        raise NotFound
    form = LaterForm()
    if not form.validate_on_submit():
        return _sheet(page, found, later=form), 422
    command = MoveTalk(
        group=page.group,
        talk=review,
        by=page.viewer.member_id,
        reason=form.reason.data,
        until=form.day,
        is_skipped=form.is_skipped,
        seen_version=form.seen_version,
    )
    try:
        move_talk(page.work, command)
    except Refused as refused:
        return _sheet(page, _refused(page, form, refused, review), later=form), 422
    flash(_("Saved."), "success")
    return page.go("firstyear.talk", review=review)


def owner(page: GroupPage, review: str) -> Answer:
    """Give the talk to somebody else."""
    found = _found(page, review)
    if not page.may(may.STAYS_KEEP) or found.member_id == page.viewer.member_id:
        raise NotFound
    form = OwnerForm()
    if not form.validate_on_submit():
        return _sheet(page, found, owner=form), 422
    try:
        change_owner(page.work, page.group, review, form.owner.data or "")
    except Refused as refused:
        return _sheet(page, _refused(page, form, refused, review), owner=form), 422
    flash(_("Saved. Whoever holds the talk now is told in time."), "success")
    return page.go("firstyear.talk", review=review)


def wishes(page: GroupPage, review: str) -> Answer:
    """Keep what the member wants from the next year."""
    found = _found(page, review)
    form = WishesForm()
    if not form.validate_on_submit():
        return _sheet(page, found, wishes=form), 422
    try:
        wish(page.work, page.group, review, viewer=page.viewer.member_id, wishes=form.wishes.data)
    except Refused as refused:
        return _sheet(page, _refused(page, form, refused, review), wishes=form), 422
    flash(_("Saved. The two of you read it."), "success")
    return page.go("firstyear.talk", review=review)


def _found(page: GroupPage, review: str) -> TalkLine:
    """Return the talk, for the two and for the office; for everybody else there is none."""
    found = talk_in_address(page.work.session, page.group.id, review)
    if found is None or not (found.is_of_the_two(page.viewer.member_id) or page.may(may.STAYS_KEEP)):
        raise NotFound
    return found


def _may_move(page: GroupPage, found: TalkLine) -> bool:
    viewer = page.viewer.member_id
    return viewer != found.member_id and (viewer == found.owner_id or page.may(may.STAYS_KEEP))


def _refused(page: GroupPage, form: HouseForm, refused: Refused, review: str) -> TalkLine:
    """Show every reason in the form, and return the talk as it stands."""
    page.work.rollback()
    form.take(refused)
    stands = _found(page, review)
    if isinstance(form, (HeldForm, LaterForm)):
        form.version.data = str(stands.version)
    return stands


def _sheet(
    page: GroupPage,
    found: TalkLine,
    *,
    held: HeldForm | None = None,
    later: LaterForm | None = None,
    owner: OwnerForm | None = None,
    wishes: WishesForm | None = None,
) -> str:
    viewer = page.viewer.member_id
    is_two, is_due = found.is_of_the_two(viewer), found.state is TalkState.DUE
    version = {"version": str(found.version)}
    held = held or HeldForm(formdata=None, data={**version, "held_on": page.today.isoformat()})
    held.outcome.choices = _outcomes(found)
    owner = owner or OwnerForm(formdata=None)
    may_give = is_due and page.may(may.STAYS_KEEP) and viewer != found.member_id
    if may_give:
        owner.owner.choices = _owners(page, found)
    return page.render(
        "firstyear/talk.html",
        talk=found,
        title=kind_words()[found.kind.value],
        is_two=is_two,
        is_due=is_due,
        is_owner=viewer == found.owner_id,
        is_own=viewer == found.member_id,
        is_renewal=found.kind is TalkKind.RENEWAL,
        may_read=found.is_readable_by(viewer, reads_words=page.may(may.WORDS_READ)),
        may_move=is_due and _may_move(page, found),
        may_give=may_give,
        questions=[_(one) for one in QUESTIONS[found.kind]],
        counts=_counts(page, found) if is_two and is_due else [],
        outcomes=outcome_words(),
        readers=reader_words(),
        held_form=held,
        later_form=later or LaterForm(formdata=None, data=version),
        owner_form=owner,
        wishes_form=wishes or WishesForm(formdata=None, data={"wishes": found.wishes}),
        tabs=tabs_of(page, "firstyear.mine"),
    )


def _outcomes(found: TalkLine) -> list[tuple[str, str]]:
    """Return what can have come of a talk of this kind."""
    words = outcome_words()
    return [("", _("Choose")), *((one.value, words[one.value]) for one in outcomes_of(found.kind))]


def _owners(page: GroupPage, found: TalkLine) -> list[tuple[str, str]]:
    """Return whom a talk may be given to: any member but the one it is with."""
    members = members_on(page.work.session, page.group.id, page.today)
    others = [(one.public_id, one.name) for one in members if one.id != found.member_id]
    return [("", _("Choose a member")), *others]


def _counts(page: GroupPage, found: TalkLine) -> list[tuple[str, int]]:
    """Return plain counts of the year so far; amounts are left out."""
    first = anniversary(found.started_on, found.year - 1)
    if first > page.today:
        return []
    period = Period(first=first, last=page.today)
    counts = []
    came = page.reader(AttendedBetween)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if came is not None:
        counts.append(
            (
                _("Meetings attended"),
                came.attended_between(page.group.id, found.member_id, period.first, period.last),
            )
        )
    return counts + [
        (column.title, column.values.get(found.member_id, 0))
        for column in page.palms_columns(period)
        if not column.currency
    ]

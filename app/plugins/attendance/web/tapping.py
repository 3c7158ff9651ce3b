"""The acts on one line of a roster, at an officer's desk or a steward's phone: a letter, its undoing, a claim decided."""

from datetime import datetime, time

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refusal, Refused
from app.core.local_time import instant_of, local_datetime
from app.http.forms import version_typed
from app.http.page import Answer
from app.http.sentences import sentence
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.rules import WantedMark, here_at
from app.plugins.attendance.domain.sheet_entry import SheetEntry, mark_by_entry
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.rebuilding import changes_of
from app.plugins.attendance.queries.roster import Roster, RosterLine
from app.plugins.attendance.services.claims import DecideClaims, decide_claims
from app.plugins.attendance.services.marking import MarkByRecorder, mark_by_recorder, says_the_same
from app.plugins.attendance.services.taking_back import TakeBackTap, take_back_tap
from app.plugins.attendance.web.desk import Desk
from app.plugins.attendance.web.forms import HERE_NOW, TAKE_BACK, ClaimsForm, LeftForm, MarkForm, time_of_day
from app.plugins.attendance.web.found import line_of
from app.plugins.attendance.web.undo import forget_tap, remember_tap, remembered_tap
from app.plugins.attendance.web.wording import grade_words


def mark_at(desk: Desk, member: str) -> Answer:
    """Show what belongs to one mark, and write it."""
    if request.method == "GET":
        return _mark_page(desk, member, _form_as_it_stands(desk, member))
    form = MarkForm()
    if form.status.data == Status.SUBSTITUTE.value and "substitute_name" not in request.form:
        return redirect(desk.url("mark", member=member, letter=Status.SUBSTITUTE.value), 303)
    if not form.validate():
        return _mark_page(desk, member, form), 422
    try:
        command = _marked(desk, member, form)
        before = mark_by_recorder(desk.page.work, command)
    except Refused as refused:
        desk.page.work.rollback()
        form.take(refused)
        return _mark_page(desk, member, form, refused), 422
    if not says_the_same(before, command.wanted):
        remember_tap(desk.meeting, before)
    flash(_said(desk, before, command.wanted), "success")
    return desk.go("meeting", f"#m-{member}")


def undo_at(desk: Desk) -> Answer:
    """Restore what stood before this browser's last tap, unless somebody wrote since; then say so."""
    tap = remembered_tap(desk.meeting)
    if tap is None:
        flash(sentence(Refusal(code="attendance.nothing_to_take_back")), "warning")
        return desk.go("meeting")
    try:
        line = take_back_tap(
            desk.page.work,
            TakeBackTap(
                group_id=desk.page.group.id,
                meeting_public_id=desk.meeting,
                member_public_id=tap.member,
                recorder=desk.recorder,
                after_version=tap.after_version,
            ),
        )
    except Refused as refused:
        desk.page.work.rollback()
        for refusal in refused.refusals:
            flash(sentence(refusal), "warning")
    else:
        flash(_("%(name)s is as before.", name=line.name), "success")
    forget_tap()
    return desk.go("meeting", f"#m-{tap.member}")


def decide_at(desk: Desk) -> Answer:
    """Confirm the ticked ones of those who were shown as waiting, and set the others back to blank."""
    form = ClaimsForm()
    if not form.validate_on_submit():
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    here = decide_claims(
        desk.page.work,
        DecideClaims(
            group_id=desk.page.group.id,
            meeting_public_id=desk.meeting,
            recorder=desk.recorder,
            shown=names_in(form.shown.data),
            here=frozenset(request.form.getlist("here")),
        ),
    )
    flash(
        ngettext("%(num)d person is confirmed as here.", "%(num)d people are confirmed as here.", here),
        "success",
    )
    return desk.go("meeting")


def names_in(text: str | None) -> frozenset[str]:
    """Return the public ids that a hidden field gives, between commas."""
    return frozenset(one for one in (text or "").split(",") if one)


def _marked(desk: Desk, member: str, form: MarkForm) -> MarkByRecorder:
    return MarkByRecorder(
        group_id=desk.page.group.id,
        meeting_public_id=desk.meeting,
        member_public_id=member,
        recorder=desk.recorder,
        wanted=_wanted(desk, member, form),
        seen_version=version_typed(form.seen_version.data),
        substitute_firm=form.substitute_firm.data or "",
    )


def _wanted(desk: Desk, member: str, form: MarkForm) -> WantedMark:
    roster = desk.roster
    letter, meeting = form.status.data, roster.meeting
    arrived = time_of_day(form.arrived.data or "")
    if form.just_now.data and letter == Status.SUBSTITUTE.value:
        return _substitute_now(desk, roster, member, form)
    if letter == HERE_NOW:
        return _here(desk, meeting, arrived)
    return WantedMark(
        status=None if letter == TAKE_BACK else Status(letter),
        arrived_at_utc=instant_of(meeting.local_date, arrived, meeting.zone) if arrived else None,
        substitute_name=(form.substitute_name.data or "") if letter == Status.SUBSTITUTE.value else "",
        reason=form.reason.data or "",
    )


def _substitute_now(desk: Desk, roster: Roster, member: str, form: MarkForm) -> WantedMark:
    """Return that the substitute who was announced came: now, while the meeting lasts; a second tap adds nothing."""
    facts, now = roster.meeting.facts, desk.page.work.now
    line = roster.line_of(member)
    stands = line is not None and line.mark.status is Status.SUBSTITUTE
    is_on = facts.opens_at_utc <= now <= facts.ends_at_utc
    return WantedMark(
        status=Status.SUBSTITUTE,
        arrived_at_utc=now if is_on and not stands else None,
        substitute_name=form.substitute_name.data or "",
        reason=form.reason.data or "",
    )


def _here(desk: Desk, meeting: MeetingLine, arrived: time | None) -> WantedMark:
    """Return what "here" means: now, or at the earlier time that was given; the cut-off decides the letter."""
    if arrived is None:
        return here_at(meeting.facts, desk.page.work.now)
    return mark_by_entry(meeting.facts, SheetEntry(arrived=arrived))


def _form_as_it_stands(desk: Desk, member: str) -> MarkForm:
    """Return the form as the mark stands, with the substitute who was announced; `?letter=` is what was tapped in the roster."""
    roster, line = line_of(desk.page, desk.meeting, member)
    mark = line.mark
    wanted = request.args.get("letter", "")
    form = MarkForm(
        status=wanted if wanted in set(Status) else (mark.status.value if mark.status else None),
        arrived=_clock(mark.arrived_at_utc, roster.meeting),
        substitute_name=mark.substitute_name or line.said_substitute_name,
        substitute_firm=mark.substitute_firm,
    )
    form.seen_version.data = str(mark.version)
    return form


def _clock(arrived: datetime | None, meeting: MeetingLine) -> str:
    return local_datetime(arrived, meeting.zone).strftime("%H:%M") if arrived else ""


def mark_page_with(desk: Desk, member: str, left_form: LeftForm) -> str:
    """Return the mark's page with what is wrong with the time at which somebody left."""
    return _mark_page(desk, member, _form_as_it_stands(desk, member), left_form=left_form)


def _left_form(line: RosterLine, meeting: MeetingLine, sent: LeftForm | None) -> LeftForm:
    form = sent or LeftForm(formdata=None, left=_clock(line.mark.left_early_at_utc, meeting))
    form.seen_version.data = str(line.mark.version)
    form.when.data = "at"
    return form


def _mark_page(
    desk: Desk,
    member: str,
    form: MarkForm,
    refused: Refused | None = None,
    *,
    left_form: LeftForm | None = None,
) -> str:
    roster, line = line_of(desk.page, desk.meeting, member)
    is_stale = refused is not None and refused.has("attendance.changed_meanwhile")
    if is_stale:
        # The page shows both: what stands now, and what was wanted; sending it again is a decision made knowing both.
        form.seen_version.data = str(line.mark.version)
    return desk.render(
        "attendance/mark.html",
        form=form,
        left_form=_left_form(line, roster.meeting, left_form),
        line=line,
        meeting=roster.meeting,
        is_stale=is_stale,
        mine=_mine(desk, roster, member, form) if is_stale else None,
        stands_by=_by_whom(roster, line) if is_stale else "",
        changes=[]
        if desk.is_at_the_door
        else changes_of(desk.page.work.session, desk.page.group.id, roster.meeting.id, line.member_id),
        grade_words=grade_words(),
    )


def _mine(desk: Desk, roster: Roster, member: str, form: MarkForm) -> dict[str, str]:
    """Return what this browser was about to write, as one tap sends it again: over what stands now, knowingly."""
    wanted = _wanted(desk, member, form)
    return {
        "status": wanted.status.value if wanted.status else TAKE_BACK,
        "arrived": _clock(wanted.arrived_at_utc, roster.meeting),
        "substitute_name": wanted.substitute_name,
        "substitute_firm": form.substitute_firm.data or "",
        "reason": wanted.reason,
        "seen_version": form.seen_version.data or "",
    }


def _by_whom(roster: Roster, line: RosterLine) -> str:
    """Return who wrote what stands now."""
    if line.mark.origin == Origin.STEWARD.value:
        return str(_("a door steward"))
    return roster.name_of(line.mark.recorded_by) or line.name


def _said(desk: Desk, before: RosterLine, wanted: WantedMark) -> str:
    if wanted.status is None:
        return str(_("%(name)s has no record now.", name=before.name))
    if wanted.arrived_at_utc is None:
        return str(_("%(name)s: %(letter)s", name=before.name, letter=wanted.status.value))
    clock = _clock(wanted.arrived_at_utc, desk.roster.meeting)
    return str(_("%(name)s: %(letter)s, %(time)s", name=before.name, letter=wanted.status.value, time=clock))

"""The sign-in sheet on paper, for the day without screen and tablet, and the page on which it is typed in afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refused
from app.core.local_time import local_datetime
from app.http.forms import LONGEST_LINE, version_typed
from app.http.page import Answer, DoorPage, GroupPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine
from app.plugins.attendance.services.quick_entry import EnterSheet, SheetAnswer, enter_sheet
from app.plugins.attendance.web.desk import Desk, door_desk, office_desk
from app.plugins.attendance.web.forms import SheetForm

_BLANK_LINES = 8
"""For visitors and guests: as many as a well-visited meeting has, on the same page for a group of 26."""
_TYPED, _SEEN, _OVER, _CAME = "typed-", "seen-", "over", "came"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of the page: its number on paper, what stands, what was typed, and what is wrong or different."""

    number: int
    line: RosterLine
    stands: str
    typed: str = ""
    reasons: tuple[str, ...] = ()
    wanted: str = ""
    """What was typed, as the record would have it, where that differs from what stands."""


def sheet(page: GroupPage, meeting: str) -> Answer:
    """Show the sheet to be printed: numbered, alphabetical, with room for a time, a letter and a substitute."""
    return _sheet_at(office_desk(page, meeting))


def steward_sheet(page: DoorPage) -> Answer:
    """Show the sheet to a steward."""
    return _sheet_at(door_desk(page))


def entry(page: GroupPage, meeting: str) -> Answer:
    """Take the sheet in, typed line by line."""
    return _entry_at(office_desk(page, meeting))


def steward_entry(page: DoorPage) -> Answer:
    """Take the sheet in from a steward's device."""
    return _entry_at(door_desk(page))


def _sheet_at(desk: Desk) -> Answer:
    roster = desk.roster
    return desk.render(
        "attendance/sheet.html",
        roster=roster,
        meeting=roster.meeting,
        numbered=list(enumerate(roster.lines, start=1)),
        planned=roster.announced_substitutes,
        blank_lines=range(_BLANK_LINES),
    )


def _entry_at(desk: Desk) -> Answer:
    roster = desk.roster
    form = SheetForm()
    if not form.validate_on_submit():
        return _entry_page(desk, roster, form), 422 if form.is_submitted() else 200
    try:
        answer = enter_sheet(desk.page.work, _command(desk, roster, form))
    except Refused as refused:
        desk.page.work.rollback()
        form.take(refused)
        return _entry_page(desk, roster, form), 422
    if answer.problems or answer.differing:
        return _entry_page(desk, desk.roster, form, answer), 422
    flash(_said(answer), "success")
    return desk.go("meeting")


def _command(desk: Desk, roster: Roster, form: SheetForm) -> EnterSheet:
    return EnterSheet(
        group_id=desk.page.group.id,
        meeting_public_id=desk.meeting,
        recorder=desk.recorder,
        typed=_typed(roster),
        rest_absent=bool(form.rest_absent.data),
        seen={
            line.public_id: version_typed(request.form.get(f"{_SEEN}{line.public_id}"))
            for line in roster.lines
        },
        over=frozenset(request.form.getlist(_OVER)),
        planned_substitutes=roster.announced_substitutes,
    )


def _typed(roster: Roster) -> Mapping[str, str]:
    came = set(request.form.getlist(_CAME))
    return {
        line.public_id: request.form.get(f"{_TYPED}{line.public_id}", "")[:LONGEST_LINE]
        or ("s" if line.public_id in came else "")
        for line in roster.lines
    }


def _entry_page(desk: Desk, roster: Roster, form: SheetForm, answer: SheetAnswer | None = None) -> str:
    lines = _lines(roster, answer or SheetAnswer())
    return desk.render(
        "attendance/entry.html",
        form=form,
        roster=roster,
        meeting=roster.meeting,
        lines=lines,
        wrong=[one for one in lines if one.reasons],
        differing=[one for one in lines if one.wanted],
        typed_name=_TYPED,
        seen_name=_SEEN,
        over_name=_OVER,
        came_name=_CAME,
        planned=roster.announced_substitutes if request.method == "GET" else {},
    )


def _lines(roster: Roster, answer: SheetAnswer) -> list[EntryLine]:
    typed = _typed(roster) if request.method == "POST" else {}
    problems = {one.public_id: one.refusals for one in answer.problems}
    differing = {one.line.public_id: one.wanted for one in answer.differing}
    return [
        EntryLine(
            number=number,
            line=line,
            stands=_mark_in_words(
                roster.meeting,
                WantedMark(
                    status=line.mark.status,
                    arrived_at_utc=line.mark.arrived_at_utc,
                    substitute_name=line.mark.substitute_name,
                ),
            ),
            typed=typed.get(line.public_id, ""),
            reasons=tuple(sentence(refusal) for refusal in problems.get(line.public_id, ())),
            wanted=_mark_in_words(roster.meeting, differing[line.public_id])
            if line.public_id in differing
            else "",
        )
        for number, line in enumerate(roster.lines, start=1)
    ]


def _mark_in_words(meeting: MeetingLine, mark: WantedMark) -> str:
    """Return a mark as the sheet has it: `P 06:52`, `S Rita Lopes`; empty where nothing stands."""
    if mark.status is None:
        return ""
    clock = local_datetime(mark.arrived_at_utc, meeting.zone).strftime("%H:%M") if mark.arrived_at_utc else ""
    return " ".join(part for part in (mark.status.value, clock, mark.substitute_name) if part)


def _said(answer: SheetAnswer) -> str:
    if not answer.written:
        return str(_("Nothing had to be written: the record says all of it already."))
    said: str = ngettext("%(num)d line is written.", "%(num)d lines are written.", answer.written)
    return said

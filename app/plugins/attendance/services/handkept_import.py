"""The importer of a leader's own sheet: columns and marks are guessed, corrected by a person, and taken in as weeks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.intake.handkept import HandKept, SaidOfSheet, parse_handkept
from app.core.intake.handkept_columns import looks_kept_by_hand
from app.core.intake.handkept_problems import SAID_ON_THE_PAGE
from app.core.intake.importer import ImportAnswers, ImportContext, ImportPreview, UndoPreview
from app.core.intake.remarks import DayOrderAsked, PeriodAsked
from app.core.intake.weekly import WeeklyAttendance
from app.core.intake.weekly_line import Letter
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.plugins.attendance import permissions as may
from app.plugins.attendance.services.handkept_plan import column_guesses, letter_guesses
from app.plugins.attendance.services.telling import answered_period
from app.plugins.attendance.services.weekly_import import WeeklyAttendanceImporter, weeks_preview
from app.plugins.attendance.services.weekly_plan import plan_weeks


class HandKeptImporter:
    """Takes in attendance from any sheet with names and marks; once understood it is weeks like a report's."""

    kind = "attendance-handkept"
    title = N_("Your own attendance sheet: names, and a column of marks for each meeting")
    permission = may.RECORD_IMPORT
    is_last_resort = True

    def __init__(self) -> None:
        self._weeks = WeeklyAttendanceImporter()

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether marks stand below days; asked after all other kinds."""
        return looks_kept_by_hand(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say what each column and mark is taken for, and which letters would be written; changes nothing."""
        today = local_day(work.now, group.zone)
        kept = parse_handkept(sheet, today, context.file_name, _said(answers))
        shown = self._asked_or_wrong(kept)
        if kept.weekly:
            members = all_members(work.session, group.id)
            plan = plan_weeks(
                work.session, group, kept.weekly, members, context=context, answers=answers, today=today
            )
            shown = weeks_preview(self.kind, kept.weekly, plan, SAID_ON_THE_PAGE)
            shown = replace(shown, totals={**shown.totals, **_letters(kept.weekly)})
        columns = column_guesses(work.session, group, kept, answers, today=today)
        return replace(shown, columns=columns, letters=letter_guesses(kept))

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the letters, with the meetings that the calendar does not have yet."""
        return self._weeks.apply(work, group, preview, batch_id)

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many letters and meetings would go, and which letters were changed since."""
        return self._weeks.undo_preview(work, group, batch_id)

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take the letters out again, with the meetings and the submitted records that they alone made."""
        return self._weeks.undo(work, group, batch_id, also_touched=also_touched)

    def _asked_or_wrong(self, kept: HandKept) -> ImportPreview:
        """Return the question that is open, or what keeps the sheet from being weeks."""
        if isinstance(kept.question, DayOrderAsked):
            question = told([kept.question.question])[0]
            return ImportPreview(kind=self.kind, summary=[], asks_day_order=question)
        if isinstance(kept.question, PeriodAsked):
            question, suggested = told([kept.question.question])[0], kept.question.suggested
            guessed = ImportAnswers(
                period_first=suggested.first if suggested else None,
                period_last=suggested.last if suggested else None,
            )
            return ImportPreview(kind=self.kind, summary=[], asks_period=question, guessed=guessed)
        return ImportPreview(
            kind=self.kind,
            summary=[],
            problems=told([one for one in kept.problems if one.code not in SAID_ON_THE_PAGE]),
            to_say=told([one for one in kept.problems if one.code in SAID_ON_THE_PAGE]),
        )


def _said(answers: ImportAnswers) -> SaidOfSheet:
    return SaidOfSheet(
        period=answered_period(answers),
        day_order=answers.day_order,
        columns={column + 1: code for column, code in answers.columns.items()},
        letters=answers.letters,
    )


def _letters(weekly: WeeklyAttendance) -> Mapping[str, int]:
    counted = Counter(mark.letter for line in weekly.lines for mark in line.marks)
    return {"people": len(weekly.lines), **{letter.value: counted[letter] for letter in Letter}}

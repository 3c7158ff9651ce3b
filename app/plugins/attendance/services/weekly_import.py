"""The importer of week-by-week attendance: letters of past meetings become marks without times, silently."""

from collections.abc import Collection

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members
from app.core.intake.handkept_columns import has_own_marks
from app.core.intake.importer import (
    ImportAnswers,
    ImportContext,
    ImportPreview,
    TouchedLine,
    UndoPreview,
)
from app.core.intake.remarks import DayOrderAsked, PeriodAsked
from app.core.intake.weekly import WeeklyAttendance, parse_weekly
from app.core.intake.weekly_header import is_weekly_header
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.palms import palms_of_letters
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.services.telling import answered_period, said_in_words
from app.plugins.attendance.services.weekly_plan import Said, WeeklyPlan, plan_weeks
from app.plugins.attendance.services.weekly_taking_in import take_in_weeks
from app.plugins.attendance.services.weekly_undoing import (
    WrittenLetter,
    meetings_that_go,
    take_back_weeks,
    written_letters,
)

CHANGED_SINCE = N_("%(name)s, %(day)s: the file wrote %(written)s; %(stands)s stands now.")
CONFIRMED_SINCE = N_("%(name)s, %(day)s: a leader has dealt with this %(stands)s since.")

ROWS_LOOKED_AT = 40
"""How far down a header may stand below titles."""


class WeeklyAttendanceImporter:
    """Takes in week-by-week attendance: blanks of the record are filled, marks that stand are kept."""

    kind = "attendance-weekly"
    title = N_("Attendance week by week: one column a meeting, one letter a member")
    permission = may.RECORD_IMPORT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a header with names and days, and letters rather than marks of its own."""
        return any(is_weekly_header(row) for row in sheet.rows[:ROWS_LOOKED_AT]) and not has_own_marks(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which letters would be written; changes nothing."""
        today = local_day(work.now, group.zone)
        report = parse_weekly(
            sheet, today, context.file_name, answered_period(answers), day_order=answers.day_order
        )
        if isinstance(report, PeriodAsked):
            return self._period_asked(report)
        if isinstance(report, DayOrderAsked):
            return ImportPreview(kind=self.kind, summary=[], asks_day_order=told([report.question])[0])
        members = all_members(work.session, group.id)
        plan = plan_weeks(work.session, group, report, members, context=context, answers=answers, today=today)
        return weeks_preview(self.kind, report, plan)

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the letters, with the meetings that the calendar does not have yet."""
        plan: WeeklyPlan = preview.plan
        written = take_in_weeks(work, group, plan, batch_id)
        said: str = ngettext(
            "%(num)d letter was taken into the record.",
            "%(num)d letters were taken into the record.",
            written,
        )
        return said

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many letters and meetings would go, and which letters were changed since."""
        letters = written_letters(work.session, group.id, batch_id)
        going = sum(1 for one in letters if not one.is_changed)
        meetings = meetings_that_go(work.session, group.id, batch_id)
        summary = [
            ngettext(
                "%(num)d letter goes out of the record again.",
                "%(num)d letters go out of the record again.",
                going,
            )
        ]
        if meetings:
            summary.append(
                ngettext(
                    "%(num)d meeting that this file put on the calendar goes again.",
                    "%(num)d meetings that this file put on the calendar go again, if nothing else stands there.",
                    meetings,
                )
            )
        touched = [TouchedLine(key=one.key, text=_touched(one)) for one in letters if one.is_changed]
        return UndoPreview(summary=summary, touched=touched)

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take the letters out again, with the meetings and the submitted records that they alone made."""
        undone = take_back_weeks(work, group, batch_id, also_touched)
        said = [
            ngettext(
                "%(num)d letter was taken out of the record.",
                "%(num)d letters were taken out of the record.",
                undone.letters,
            )
        ]
        if undone.meetings:
            said.append(
                ngettext(
                    "%(num)d empty meeting was removed.",
                    "%(num)d empty meetings were removed.",
                    undone.meetings,
                )
            )
        if undone.kept:
            said.append(
                ngettext(
                    "%(num)d letter stays, as it was changed since.",
                    "%(num)d letters stay, as they were changed since.",
                    undone.kept,
                )
            )
        return " ".join(said)

    def _period_asked(self, asked: PeriodAsked) -> ImportPreview:
        guessed = ImportAnswers()
        if asked.suggested:
            guessed = ImportAnswers(period_first=asked.suggested.first, period_last=asked.suggested.last)
        return ImportPreview(
            kind=self.kind, summary=[], asks_period=told([asked.question])[0], guessed=guessed
        )


def weeks_preview(
    kind: str, report: WeeklyAttendance, plan: WeeklyPlan, said_on_the_page: Collection[str] = ()
) -> ImportPreview:
    """Return what is shown of weeks before they are taken in, whichever kind of file they come from.

    Problems whose code is `said_on_the_page` are answered beside columns and marks: the file can stay as it is.
    """
    to_mend = [one for one in report.problems if one.code not in said_on_the_page]
    to_say = [one for one in report.problems if one.code in said_on_the_page]
    return ImportPreview(
        kind=kind,
        summary=_summary(report, plan),
        overlaps=_overlaps(plan),
        headings=[_("Row"), _("Name"), "P", "A", "L", "M", "S", _("New letters")],
        lines=_lines(report, plan),
        problems=[*told(to_mend), *said_in_words(plan.problems)],
        to_say=told(to_say),
        remarks=[*told(report.notes), *said_in_words(plan.remarks)],
        unmatched=plan.unmatched,
        totals={"letters": len(plan.letters), "already_there": plan.already_there},
        plan=plan,
    )


def _summary(report: WeeklyAttendance, plan: WeeklyPlan) -> list[str]:
    lines = [
        ngettext("%(num)d letter is new.", "%(num)d letters are new.", len(plan.letters)),
        _(
            "The file reaches from %(first)s to %(last)s.",
            first=format_date(report.period.first, "long", rebase=False),
            last=format_date(report.period.last, "long", rebase=False),
        ),
    ]
    if plan.new_days:
        lines.append(
            ngettext(
                "%(num)d meeting is put on the calendar.",
                "%(num)d meetings are put on the calendar.",
                len(plan.new_days),
            )
        )
    if plan.left_out:
        lines.append(
            ngettext(
                "%(num)d row is of nobody of the group and is left out.",
                "%(num)d rows are of nobody of the group and are left out.",
                plan.left_out,
            )
        )
    return lines


def _overlaps(plan: WeeklyPlan) -> list[str]:
    if not plan.already_there:
        return []
    return [
        ngettext(
            "%(num)d letter stands in the record already.",
            "%(num)d letters stand in the record already.",
            plan.already_there,
        )
    ]


def _touched(one: WrittenLetter) -> str:
    facts = {"name": one.name, "day": one.day, "written": one.written, "stands": one.stands}
    sentence = CHANGED_SINCE if one.written != one.stands else CONFIRMED_SINCE
    return said_in_words([Said(sentence=sentence, facts=facts)])[0]


def _lines(report: WeeklyAttendance, plan: WeeklyPlan) -> list[list[str]]:
    names = {line.row: _name(plan.member_of_row.get(line.row), line.name.full) for line in report.lines}
    return [
        [
            str(line.row),
            names[line.row],
            *(
                str(count)
                for count in palms_of_letters(Status(mark.letter.value) for mark in line.marks).letters()
            ),
            str(plan.new_in_row.get(line.row, 0)),
        ]
        for line in report.lines
    ]


def _name(member: MemberLine | None, written: str) -> str:
    if member is None or member.name == written:
        return written
    return str(_("%(written)s (%(member)s)", written=written, member=member.name))

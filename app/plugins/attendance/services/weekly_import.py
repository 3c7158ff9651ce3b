"""The importer of week-by-week attendance: letters of past meetings become marks without times, silently."""

from collections.abc import Mapping, Sequence

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members
from app.core.intake.importer import ImportAnswers, ImportPreview
from app.core.intake.remarks import DayOrderAsked, Period, PeriodAsked, Remark
from app.core.intake.sentences import SENTENCES
from app.core.intake.weekly import WeeklyAttendance, parse_weekly
from app.core.intake.weekly_header import is_weekly_header
from app.core.local_time import Period as AskedDays
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.palms import palms_of_letters
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.services.weekly_plan import Said, WeeklyPlan, plan_weeks
from app.plugins.attendance.services.weekly_taking_in import take_in_weeks

ROWS_LOOKED_AT = 40
"""How far down a header may stand below titles."""


class WeeklyAttendanceImporter:
    """Takes in week-by-week attendance: blanks of the record are filled, marks that stand are kept."""

    kind = "attendance-weekly"
    title = N_("Attendance week by week: one column a meeting, one letter a member")
    permission = may.RECORD_IMPORT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a header with names and days."""
        return any(is_weekly_header(row) for row in sheet.rows[:ROWS_LOOKED_AT])

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, file_name: str, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which letters would be written; changes nothing."""
        today = local_day(work.now, group.zone)
        report = parse_weekly(sheet, today, file_name, _period(answers), day_order=answers.day_order)
        if isinstance(report, PeriodAsked):
            return self._period_asked(report)
        if isinstance(report, DayOrderAsked):
            return ImportPreview(kind=self.kind, summary=[], asks_day_order=_told([report.question])[0])
        members = all_members(work.session, group.id)
        plan = plan_weeks(work.session, group, report, members, today)
        return ImportPreview(
            kind=self.kind,
            summary=_summary(report, plan),
            headings=[_("Row"), _("Name"), "P", "A", "L", "M", "S", _("New letters")],
            lines=_lines(report, plan),
            problems=[*_told(report.problems), *_said(plan.problems)],
            remarks=[*_told(report.notes), *_said(plan.remarks)],
            plan=plan,
        )

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

    def _period_asked(self, asked: PeriodAsked) -> ImportPreview:
        guessed = ImportAnswers()
        if asked.suggested:
            guessed = ImportAnswers(period_first=asked.suggested.first, period_last=asked.suggested.last)
        return ImportPreview(
            kind=self.kind, summary=[], asks_period=_told([asked.question])[0], guessed=guessed
        )


def _period(answers: ImportAnswers) -> Period | None:
    if answers.period_first is None or answers.period_last is None:
        return None
    # Refused here as a period that ends before it begins; the reader's own would be a programmer's error.
    days = AskedDays(first=answers.period_first, last=answers.period_last)
    return Period(first=days.first, last=days.last)


def _told(remarks: Sequence[Remark]) -> list[str]:
    return [_sentence(SENTENCES[remark.code], remark.sentence_facts) for remark in remarks]


def _said(things: Sequence[Said]) -> list[str]:
    return [_sentence(said.sentence, said.facts) for said in things]


def _sentence(sentence: str, facts: Mapping[str, object]) -> str:
    written = {
        name: format_date(value, "long", rebase=False) if hasattr(value, "isoformat") else value
        for name, value in facts.items()
    }
    return str(_(sentence, **written))


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
    if plan.already_there:
        lines.append(
            ngettext(
                "%(num)d letter stands in the record already.",
                "%(num)d letters stand in the record already.",
                plan.already_there,
            )
        )
    return lines


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

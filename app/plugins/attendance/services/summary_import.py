"""The importer of PALMS summaries: counts of a period become opening balances with that period, never meetings."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import get_currency_precision, list_currencies
from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members
from app.core.ids import MemberId
from app.core.intake.desk import Settled, settle
from app.core.intake.importer import (
    ImportAnswers,
    ImportContext,
    ImportPreview,
    TouchedLine,
    UndoPreview,
)
from app.core.intake.kept_cells import keep_cells
from app.core.intake.remarks import Period
from app.core.intake.summary import Summary, parse_summary
from app.core.intake.summary_header import Measure, looks_like_summary
from app.core.intake.summary_line import SummaryLine
from app.core.intake.tail_rows import TailKind
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.plugins.attendance import permissions as may
from app.plugins.attendance.models import OpeningBalanceRow
from app.plugins.attendance.services.summary_plan import SummaryPlan, minor_units, plan_summary
from app.plugins.attendance.services.telling import answered_period, said_in_words
from app.plugins.attendance.store_balances import NewBalance, add_balances, remove_balances

_BALANCE: Any = OpeningBalanceRow.__table__


class SummaryImporter:
    """Takes in a PALMS summary: what an earlier system counted, kept beside the group's own record."""

    kind = "attendance-summary"
    title = N_("PALMS summary: counts of a whole period, one row a member")
    permission = may.RECORD_IMPORT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a header with names and counts, and no weeks."""
        return looks_like_summary(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which counts would be kept; changes nothing."""
        currency = answers.currency if answers.currency in list_currencies() else ""
        summary = parse_summary(
            sheet,
            local_day(work.now, group.zone),
            context.file_name,
            answered_period(answers),
            day_order=answers.day_order,
            minor_digits=get_currency_precision(currency or group.currency),
        )
        members = all_members(work.session, group.id)
        settled = settle([(line.row, line.name.full) for line in summary.lines], members, context, answers)
        plan = None
        if summary.period:
            plan = plan_summary(
                work.session,
                group,
                summary,
                settled.member_of_row,
                period=summary.period,
                currency=currency or group.currency,
            )
        return ImportPreview(
            kind=self.kind,
            summary=_summary(summary, plan),
            overlaps=said_in_words(plan.overlaps) if plan else [],
            headings=[_("Row"), _("Name"), *(measure.value for measure in _measures(summary))],
            lines=_lines(summary, settled, members),
            problems=told(summary.problems),
            remarks=[*told(summary.notes), *(said_in_words(plan.remarks) if plan else [])],
            asks_period=told([summary.period_question])[0] if summary.period_question else "",
            asks_currency=_currency_question() if summary.has_money and not currency else "",
            unmatched=settled.unmatched,
            totals=_totals(summary, settled, plan, currency or group.currency),
            guessed=_guessed(summary, group),
            plan=plan,
        )

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Keep the counts with their period, and the notes beside them; no meeting is made."""
        plan: SummaryPlan = preview.plan
        balances = [
            NewBalance(
                key=work.ids.key(),
                group_id=group.id,
                member_id=balance.member_id,
                listed_name=balance.listed_name,
                first_day=plan.period.first,
                last_day=plan.period.last,
                meetings=plan.meetings,
                said=balance.said,
                thank_you_minor=balance.thank_you_minor,
                currency=plan.currency,
                batch_id=batch_id,
            )
            for balance in plan.balances
        ]
        add_balances(work.session, balances)
        keep_cells(work, group.id, batch_id, plan.kept_cells)
        said: str = ngettext(
            "%(num)d line of the summary was taken in.",
            "%(num)d lines of the summary were taken in.",
            len(balances),
        )
        return said

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many lines would go, and which were changed since."""
        of_batch = (_BALANCE.c.group_id == group.id, _BALANCE.c.batch_id == batch_id)
        going = work.session.scalar(select(func.count()).where(*of_batch, _BALANCE.c.version == 1)) or 0
        touched = work.session.execute(
            select(_BALANCE.c.id, _BALANCE.c.listed_name, _BALANCE.c.first_day, _BALANCE.c.last_day)
            .where(*of_batch, _BALANCE.c.version > 1)
            .order_by(_BALANCE.c.id)
        )
        return UndoPreview(
            summary=[
                ngettext("%(num)d line of the summary goes.", "%(num)d lines of the summary go.", going)
            ],
            touched=[TouchedLine(key=str(row.id), text=_touched_text(row)) for row in touched],
        )

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take the lines out again; those changed since stay unless their key is given."""
        keys = [int(key) for key in also_touched if key.isdecimal()]
        gone = remove_balances(work.session, group.id, batch_id, also_touched=keys)
        said: str = ngettext(
            "%(num)d line of the summary was taken out.",
            "%(num)d lines of the summary were taken out.",
            gone,
        )
        return said


def _touched_text(row: Any) -> str:
    return str(
        _(
            "The counts of %(name)s from %(first)s to %(last)s were changed since.",
            name=row.listed_name,
            first=_day(row.first_day),
            last=_day(row.last_day),
        )
    )


def _currency_question() -> str:
    return str(_("The file does not say in which currency its amounts are. In which?"))


def _guessed(summary: Summary, group: Group) -> ImportAnswers:
    period = summary.period or summary.suggested
    return ImportAnswers(
        period_first=period.first if period else None,
        period_last=period.last if period else None,
        currency=group.currency,
    )


def _summary(summary: Summary, plan: SummaryPlan | None) -> list[str]:
    if plan is None:
        return []
    lines = [
        ngettext("%(num)d line is new.", "%(num)d lines are new.", len(plan.balances)),
        _period_sentence(plan.period),
        _("The counts are kept for this period as a whole. No meetings are made from them."),
    ]
    if summary.meetings:
        lines.append(
            ngettext(
                "The period held %(num)d meeting.", "The period held %(num)d meetings.", summary.meetings
            )
        )
    if plan.already_there:
        lines.append(
            ngettext(
                "%(num)d line stands already, from an earlier file.",
                "%(num)d lines stand already, from an earlier file.",
                plan.already_there,
            )
        )
    return [str(line) for line in lines]


def _period_sentence(period: Period) -> str:
    return str(
        _("The file reaches from %(first)s to %(last)s.", first=_day(period.first), last=_day(period.last))
    )


def _day(day: Any) -> str:
    return str(format_date(day, "long", rebase=False))


def _measures(summary: Summary) -> list[Measure]:
    """Return what the file counts, in the order of PALMS."""
    counted = {measure for line in summary.lines for measure in line.said.counts}
    return [measure for measure in Measure if measure in counted or measure is Measure.THANK_YOU]


def _lines(summary: Summary, settled: Settled, members: Sequence[MemberLine]) -> list[list[str]]:
    name_of = {line.id: line.name for line in members}
    measures = _measures(summary)
    return [
        [
            str(line.row),
            _name(line, settled.member_of_row, name_of),
            *(
                format_decimal(line.said.thank_you)
                if measure is Measure.THANK_YOU
                else str(line.said.count(measure))
                for measure in measures
            ),
        ]
        for line in summary.lines
    ]


def _name(
    line: SummaryLine, member_of_row: Mapping[int, MemberId | None], name_of: Mapping[MemberId, str]
) -> str:
    """Return the name as written, with whom it means where that reads differently."""
    member_id = member_of_row.get(line.row)
    known = name_of.get(member_id, "") if member_id is not None else ""
    if line.row in member_of_row and member_id is None:
        return str(_("%(written)s (no member)", written=line.name.full))
    if not known or known == line.name.full:
        return line.name.full
    return str(_("%(written)s (%(member)s)", written=line.name.full, member=known))


def _totals(summary: Summary, settled: Settled, plan: SummaryPlan | None, currency: str) -> Mapping[str, int]:
    counts = {
        measure.value: sum(line.said.count(measure) for line in summary.lines)
        for measure in Measure
        if measure is not Measure.THANK_YOU
    }
    outside = [foot.said for foot in summary.tail if foot.kind is not TailKind.TOTAL]
    said = [*(line.said for line in summary.lines), *outside]
    members = [member_id for member_id in settled.member_of_row.values() if member_id is not None]
    return {
        **counts,
        "people": len(summary.lines),
        "members": len(members),
        "meetings": summary.meetings or 0,
        "thank_you_minor": sum(minor_units(one.thank_you, currency) for one in said),
        "new": len(plan.balances) if plan else 0,
        "already_there": plan.already_there if plan else 0,
    }

"""The importer of dues files: who has paid what until when, from four tables in one sheet."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.numbers import get_currency_precision
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.intake.desk import settle
from app.core.intake.dues_file import DuesFile, DuesLine, looks_like_dues, parse_dues
from app.core.intake.importer import (
    ImportAnswers,
    ImportContext,
    ImportPreview,
    TouchedLine,
    UndoPreview,
)
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.http.rendering import money, short_date
from app.plugins.dues import permissions as may
from app.plugins.dues.domain.entry import STANDING_WORDS, DueState, standing_on
from app.plugins.dues.queries.entries import entries_of_batch
from app.plugins.dues.services.dues_plan import DuesPlan, plan_dues, state_of
from app.plugins.dues.services.dues_taking_in import take_back_dues, take_in_dues

_ROWS_SHOWN = 20


class DuesImporter:
    """Takes in what members owe and have paid; nobody is told of it."""

    kind = "dues"
    title = N_("Dues: who has paid what until when")
    permission = may.ENTRIES_EDIT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether a table of the sheet has names, due days and amounts."""
        return looks_like_dues(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which lines would be written; changes nothing."""
        said = answers.currency.strip().upper()
        is_known = said in Locale("en").currencies
        currency = said if is_known else group.currency
        file = parse_dues(sheet, places=get_currency_precision(currency), day_order=answers.day_order)
        names = [(line.row, line.name.full) for line in file.lines]
        settled = settle(names, all_members(work.session, group.id), context, answers, may_repeat=True)
        today = local_day(work.now, group.zone)
        plan = plan_dues(work.session, group, file.lines, settled, currency=currency, today=today)
        asked = file.day_order_asked
        return ImportPreview(
            kind=self.kind,
            summary=[] if asked else _summary(plan),
            overlaps=_overlaps(plan),
            headings=[
                _("Row"),
                _("Name"),
                _("Trade"),
                _("Due"),
                _("Amount"),
                _("How it stands"),
                _("Paid on"),
            ],
            lines=[_shown(line, plan, today) for line in file.lines],
            problems=told(file.problems),
            remarks=[*told(file.notes), *_remarks(file, plan, today)],
            asks_day_order=told([asked.question])[0] if asked else "",
            asks_currency="" if is_known else _("In which currency are the amounts? No dues file says it."),
            unmatched=settled.unmatched,
            totals=_totals(file, plan),
            guessed=ImportAnswers(currency=group.currency),
            plan=plan,
        )

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the lines that do not stand yet."""
        plan: DuesPlan = preview.plan
        take_in_dues(work, group, plan, batch_id)
        return str(_("Taken in: %(lines)s.", lines=_counted(len(plan.entries))))

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many lines would go, and which were changed since."""
        brought = entries_of_batch(work.session, group.id, batch_id)
        going = sum(one.version == 1 for one in brought)
        return UndoPreview(
            summary=[_("Taken away again: %(lines)s.", lines=_counted(going))] if brought else [],
            touched=[
                TouchedLine(
                    key=one.public_id,
                    text=_(
                        "%(name)s, %(amount)s, due on %(day)s: changed since.",
                        name=one.name,
                        amount=money(one.amount_minor, one.currency),
                        day=short_date(one.due_on),
                    ),
                )
                for one in brought
                if one.version > 1
            ],
        )

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take the lines away, but what was changed since."""
        undone = take_back_dues(work, group, batch_id, also_touched)
        said = str(_("Taken away: %(lines)s.", lines=_counted(undone.gone)))
        if not undone.kept:
            return said
        stays = ngettext(
            "%(num)d stays, as it was changed since.",
            "%(num)d stay, as they were changed since.",
            undone.kept,
        )
        return f"{said} {stays}"


def _counted(lines: int) -> str:
    return str(ngettext("%(num)d line", "%(num)d lines", lines))


def _summary(plan: DuesPlan) -> list[str]:
    states = _(
        "%(owed)s to be paid, %(paid)s paid, %(dropped)s no longer owed, as those members left.",
        owed=plan.count(DueState.OWED),
        paid=plan.count(DueState.PAID),
        dropped=plan.count(DueState.DROPPED),
    )
    return [
        _("Taken in: %(lines)s. Nobody is told of them.", lines=_counted(len(plan.entries))),
        *([states] if plan.entries else []),
    ]


def _overlaps(plan: DuesPlan) -> list[str]:
    said = []
    if plan.standing_rows:
        said.append(
            ngettext(
                "%(num)d line stands already: the same member, day, amount and purpose. Row: %(rows)s.",
                "%(num)d lines stand already: the same member, day, amount and purpose. Rows: %(rows)s.",
                len(plan.standing_rows),
                rows=_listed(plan.standing_rows),
            )
        )
    if plan.told_otherwise:
        said.append(
            ngettext(
                "%(num)d of them is paid in the file and still to be paid here. It stays so: note the payment in "
                "the list. Row: %(rows)s.",
                "%(num)d of them are paid in the file and still to be paid here. They stay so: note the payments "
                "in the list. Rows: %(rows)s.",
                len(plan.told_otherwise),
                rows=_listed(plan.told_otherwise),
            )
        )
    return said


def _remarks(file: DuesFile, plan: DuesPlan, today: date) -> list[str]:
    remarks = []
    if plan.twice:
        remarks.append(
            _("These rows equal an earlier one and are written as well: %(rows)s.", rows=_listed(plan.twice))
        )
    ahead = [line.row for line in file.lines if line.paid_on and line.paid_on > today]
    if ahead:
        remarks.append(
            _(
                "These rows are paid on a day that is still to come; they count as paid, without a day: %(rows)s.",
                rows=_listed(ahead),
            )
        )
    return remarks


def _shown(line: DuesLine, plan: DuesPlan, today: date) -> list[str]:
    standing = standing_on(state_of(line), line.due_on, today)
    return [
        str(line.row),
        line.name.full,
        line.trade,
        short_date(line.due_on),
        money(line.amount_minor, plan.currency),
        _(STANDING_WORDS[standing]),
        short_date(line.paid_on) if line.paid_on else "",
    ]


def _totals(file: DuesFile, plan: DuesPlan) -> dict[str, int]:
    return {
        "rows": len(file.lines),
        "new": len(plan.entries),
        "already_there": len(plan.standing_rows),
        "amount_minor": sum(line.amount_minor for line in file.lines),
        **{state.value: plan.count(state) for state in DueState},
    }


def _listed(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:_ROWS_SHOWN])
    return f"{shown} …" if len(rows) > _ROWS_SHOWN else shown

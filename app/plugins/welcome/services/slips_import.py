"""The importer of a slips audit's visitors: from whom the invitation came, and who visited."""

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.intake.importer import ImportAnswers, ImportContext, ImportPreview, UndoPreview
from app.core.intake.slips_audit import SlipKind, SlipLine, looks_like_slips_audit
from app.core.intake.slips_audit_part import SlipsPart, read_part
from app.core.local_time import local_day
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.slips_audit import KIND, TITLE, OwnRows, line_shown, slips_preview
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.visitor import About
from app.plugins.welcome.services.visitors_plan import VisitsPlan, WantedVisit, plan_visits
from app.plugins.welcome.services.visitors_taking_in import take_in_visits
from app.plugins.welcome.services.visits_told import (
    counted,
    overlaps_of,
    remarks_of,
    summary_of,
    undo_preview_of,
    undo_visits,
    what_happens,
)

KINDS = (SlipKind.VISITOR,)
_LONGEST = 200


class SlipsAuditImporter:
    """Takes in the visitors of a slips audit; equal rows are as many visits."""

    kind = KIND
    title = TITLE
    permission = may.VISITORS_EDIT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a slips audit's header."""
        return looks_like_slips_audit(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which visits would be written; changes nothing."""
        part = read_part(work, group, sheet, KINDS, context=context, answers=answers)
        plan = plan_visits(
            work.session, group, _wanted(part), local_day(work.now, group.zone), each_row_counts=True
        )
        happens = what_happens([line.row for line in part.lines], plan)
        own = OwnRows(
            summary=summary_of(plan) if part.lines else [],
            overlaps=overlaps_of(plan),
            lines=[line_shown(line, counts="", happens=happens[line.row]) for line in part.lines],
            remarks=remarks_of(plan),
            totals={"visitors": len(plan.visits), "visitors_already_there": len(plan.standing_rows)},
            plan=plan,
        )
        return slips_preview(part, own)

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the visits that do not stand yet."""
        plan: VisitsPlan = preview.plan
        take_in_visits(work, group, plan, batch_id)
        return str(_("Taken in: %(visits)s.", visits=counted(len(plan.visits)))) if plan.visits else ""

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many would go, and which were changed since."""
        return undo_preview_of(work, group, batch_id)

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take them away, but what was changed since."""
        return undo_visits(work, group, batch_id, also_touched)


def _wanted(part: SlipsPart) -> list[WantedVisit]:
    """Return the visits of the audit, none where its day is still asked."""
    day = part.audit.counts_on
    if day is None:
        return []
    return [
        WantedVisit(
            row=line.row,
            about=_about(line),
            came_on=day,
            inviter=part.member(line.sender),
        )
        for line in part.lines
    ]


def _about(line: SlipLine) -> About:
    name = line.receiver.text if line.receiver else ""
    return About(name=name[:_LONGEST], kind="", note=line.detail)

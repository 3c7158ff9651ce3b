"""The importer of visitors files: who visited, on what day, at whose invitation; counted and silent."""

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.intake.desk import Settled, settle
from app.core.intake.importer import ImportAnswers, ImportContext, ImportPreview, UndoPreview
from app.core.intake.visitors_file import VisitLine, VisitorsFile, looks_like_visitors, parse_visitors
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet, folded
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.http.rendering import short_date
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.visitor import KIND_WORDS, About, VisitorKind
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


class VisitorsImporter:
    """Takes in visitors of the past; what is older than a year counts and is not kept."""

    kind = "visitors"
    title = N_("Visitors: who came, on what day, at whose invitation")
    permission = may.VISITORS_EDIT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a visitors file's header."""
        return looks_like_visitors(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which visits would be written; changes nothing."""
        file = parse_visitors(sheet, day_order=answers.day_order)
        names = [(line.row, line.invited_by) for line in file.lines]
        settled = settle(names, all_members(work.session, group.id), context, answers, may_repeat=True)
        today = local_day(work.now, group.zone)
        wanted = [_wanted(line, settled) for line in file.lines]
        plan = plan_visits(work.session, group, wanted, today, each_row_counts=False)
        asked = file.day_order_asked
        happens = what_happens([line.row for line in file.lines], plan)
        return ImportPreview(
            kind=self.kind,
            summary=[] if asked else summary_of(plan),
            overlaps=overlaps_of(plan),
            headings=[
                _("Row"),
                _("Name"),
                _("Day"),
                _("Came as"),
                _("Invited by"),
                _("Firm"),
                _("What happens"),
            ],
            lines=[_shown(line, plan, happens[line.row]) for line in file.lines],
            problems=told(file.problems),
            remarks=[*told(file.notes), *remarks_of(plan)],
            asks_day_order=told([asked.question])[0] if asked else "",
            unmatched=settled.unmatched,
            totals=_totals(file, plan),
            plan=plan,
        )

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the visits that do not stand yet."""
        plan: VisitsPlan = preview.plan
        take_in_visits(work, group, plan, batch_id)
        return str(_("Taken in: %(visits)s.", visits=counted(len(plan.visits))))

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many would go, and which were changed since."""
        return undo_preview_of(work, group, batch_id)

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take them away, but what was changed since."""
        return undo_visits(work, group, batch_id, also_touched)


def _wanted(line: VisitLine, settled: Settled) -> WantedVisit:
    return WantedVisit(
        row=line.row,
        about=About(
            name=line.name.full,
            kind=line.came_as.value,
            firm=line.firm,
            trade=line.trade,
            email=line.email,
            phone=line.phone,
            note=line.note,
        ),
        came_on=line.came_on,
        inviter=settled.member_of.get(folded(line.invited_by)) if line.invited_by else None,
    )


def _shown(line: VisitLine, plan: VisitsPlan, happens: str) -> list[str]:
    return [
        str(line.row),
        line.name.full,
        short_date(line.came_on),
        _(KIND_WORDS[plan.kind_of_row[line.row]]),
        line.invited_by,
        line.firm,
        happens,
    ]


def _totals(file: VisitorsFile, plan: VisitsPlan) -> dict[str, int]:
    kinds = [plan.kind_of_row[line.row] for line in file.lines]
    return {
        "rows": len(file.lines),
        "new": len(plan.visits),
        "already_there": len(plan.standing_rows),
        "twice": len(plan.twice),
        "counted_only": plan.over,
        "off_calendar": len(plan.off_calendar),
        **{kind.value: kinds.count(kind) for kind in VisitorKind},
    }

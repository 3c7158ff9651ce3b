"""The importer of rosters: who joins, whose blanks are filled in, where the file differs, and how it is taken back."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access.permissions import MEMBERS_EDIT
from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.intake.importer import (
    ImportAnswers,
    ImportContext,
    ImportPreview,
    TouchedLine,
    UndoPreview,
)
from app.core.intake.kept_cells import keep_cells
from app.core.intake.recognise import looks_like_roster
from app.core.intake.roster import parse_roster
from app.core.intake.services.listed_people import add_listed, fill_in
from app.core.intake.services.listed_people_undoing import (
    brought_members,
    empty_again,
    end_memberships,
    filled_fields,
    remove_members,
)
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.file_remarks import told
from app.web.roster_plan import RosterPlan, plan_roster
from app.web.roster_words import (
    field_key,
    kept_as_notes,
    lines_of,
    member_key,
    overlaps_of,
    remarks_of,
    summary_of,
    what_changed,
    why_it_stays,
)


class RosterImporter:
    """Takes in a roster: who is nobody's yet becomes a member, blanks are filled in, what stands stays."""

    kind = "roster"
    title = N_("Roster: the members with trade, firm and mail address")
    permission = MEMBERS_EDIT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a roster's header."""
        return looks_like_roster(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say who would join and what would be filled in; changes nothing."""
        today = local_day(work.now, group.zone)
        roster = parse_roster(sheet, today, day_order=answers.day_order)
        members = all_members(work.session, group.id)
        plan = plan_roster(work.session, roster, members, context=context, answers=answers, today=today)
        return ImportPreview(
            kind=self.kind,
            summary=summary_of(plan),
            overlaps=overlaps_of(plan),
            headings=[
                _("Row"),
                _("Name"),
                _("Trade"),
                _("Firm"),
                _("Mail address"),
                _("Member since"),
                _("What happens"),
            ],
            lines=lines_of(roster, plan),
            problems=told(roster.problems),
            remarks=[*told(roster.notes), *remarks_of(plan), *kept_as_notes(plan)],
            asks_day_order=told([roster.day_order_asked.question])[0] if roster.day_order_asked else "",
            unmatched=plan.unmatched,
            totals={"rows": len(roster.lines), "joining": len(plan.new), "filled": len(plan.filled)},
            plan=plan,
        )

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Take everybody in who is new, fill in what is empty, and keep the further columns as notes."""
        plan: RosterPlan = preview.plan
        joined = add_listed(work, group, [listed for _line, listed in plan.new], batch_id)
        keep_cells(work, group.id, batch_id, plan.cells(joined))
        said = ngettext("%(num)d member was taken in.", "%(num)d members were taken in.", len(joined))
        if plan.filled:
            filled = fill_in(work, group, plan.filled, batch_id)
            said += " " + ngettext(
                "What was empty was filled in for %(num)d member.",
                "What was empty was filled in for %(num)d members.",
                filled,
            )
        return str(said)

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say who would go, what would be emptied again, and who stays because something was recorded since."""
        members = brought_members(work.session, group, batch_id)
        fields = filled_fields(work.session, group, batch_id)
        going = sum(1 for one in members if not one.is_touched)
        emptied = sum(1 for one in fields if not one.is_changed)
        summary = [
            ngettext(
                "%(num)d member whom this file brought goes again.",
                "%(num)d members whom this file brought go again.",
                going,
            )
        ]
        if emptied:
            summary.append(
                ngettext("%(num)d field is emptied again.", "%(num)d fields are emptied again.", emptied)
            )
        touched = [
            *(TouchedLine(key=member_key(one), text=why_it_stays(one)) for one in members if one.is_touched),
            *(TouchedLine(key=field_key(one), text=what_changed(one)) for one in fields if one.is_changed),
        ]
        return UndoPreview(summary=summary, touched=touched)

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Remove the members who have nothing since, end those that were ticked, empty what was filled in."""
        members = brought_members(work.session, group, batch_id)
        fields = filled_fields(work.session, group, batch_id)
        ticked = [one for one in members if one.is_touched and member_key(one) in also_touched]
        kept = sum(1 for one in members if one.is_touched) - len(ticked)
        empty_again(
            work, group, [one for one in fields if not one.is_changed or field_key(one) in also_touched]
        )
        removed = remove_members(work, group, [one for one in members if not one.is_touched])
        ended = end_memberships(work, group, ticked, local_day(work.now, group.zone))
        said = [ngettext("%(num)d member was removed.", "%(num)d members were removed.", removed)]
        if ended:
            said.append(ngettext("%(num)d membership ends today.", "%(num)d memberships end today.", ended))
        if kept:
            said.append(
                ngettext(
                    "%(num)d member stays, with what was recorded since.",
                    "%(num)d members stay, with what was recorded since.",
                    kept,
                )
            )
        return " ".join(said)

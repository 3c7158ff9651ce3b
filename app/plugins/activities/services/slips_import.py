"""The importer of a slips audit's one-to-ones and learning units: counted and silent."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.standing import Group
from app.core.intake.importer import (
    ImportAnswers,
    ImportContext,
    ImportPreview,
    TouchedLine,
    UndoPreview,
)
from app.core.intake.slips_audit import SlipKind, SlipLine, looks_like_slips_audit
from app.core.intake.slips_audit_part import read_part
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.slips_audit import KIND, TITLE, OwnRows, line_shown, slips_preview
from app.plugins.activities import permissions as may
from app.plugins.activities.queries.historic import brought_learning, brought_talks
from app.plugins.activities.services.slips_plan import KINDS, ActivitiesPlan, plan_activities
from app.plugins.activities.services.slips_taking_in import (
    key_of,
    take_back_activities,
    take_in_activities,
)


class SlipsAuditImporter:
    """Takes in one-to-ones, each a record for both, and learning units."""

    kind = KIND
    title = TITLE
    permission = may.RECORD_IMPORT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a slips audit's header."""
        return looks_like_slips_audit(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which one-to-ones and learning units would be written; changes nothing."""
        part = read_part(work, group, sheet, KINDS, context=context, answers=answers)
        plan = plan_activities(work.session, group, part)
        own = OwnRows(
            summary=_summary(plan),
            overlaps=_overlaps(plan),
            lines=[_shown(line, plan) for line in part.lines],
            remarks=_remarks(plan),
            totals={
                "one_to_ones": len(plan.talks),
                "one_to_ones_already_there": plan.talks_standing,
                "learning": len(plan.learning),
                "learning_already_there": plan.learning_standing,
                "learning_units": sum(one.units for one in plan.learning),
            },
            plan=plan,
        )
        return slips_preview(part, own)

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the one-to-ones and learning units that do not stand yet."""
        plan: ActivitiesPlan = preview.plan
        take_in_activities(work, group, plan, batch_id)
        counted = _counted(len(plan.talks), len(plan.learning))
        return str(_("Taken in: %(talks)s and %(learning)s.", **counted))

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many would go, and which were corrected since."""
        talks = brought_talks(work.session, group.id, batch_id)
        learning = brought_learning(work.session, group.id, batch_id)
        if not talks and not learning:
            return UndoPreview(summary=[])
        going = [sum(not one.is_touched for one in brought) for brought in (talks, learning)]
        touched_talks = [
            TouchedLine(
                key=key_of(one),
                text=_(
                    "One-to-one of %(name)s and %(other)s: corrected since.",
                    name=one.name,
                    other=one.with_name,
                ),
            )
            for one in talks
            if one.is_touched
        ]
        touched_learning = [
            TouchedLine(key=key_of(one), text=_("Learning of %(name)s: corrected since.", name=one.name))
            for one in learning
            if one.is_touched
        ]
        return UndoPreview(
            summary=[_("Taken away again: %(talks)s and %(learning)s.", **_counted(*going))],
            touched=[*touched_talks, *touched_learning],
        )

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take them away, but what was corrected since."""
        undone = take_back_activities(work, group, batch_id, also_touched)
        if not undone.talks and not undone.learning and not undone.kept:
            return ""
        said = _("Taken away: %(talks)s and %(learning)s.", **_counted(undone.talks, undone.learning))
        if not undone.kept:
            return str(said)
        stays = ngettext(
            "%(num)d stays, as it was corrected since.",
            "%(num)d stay, as they were corrected since.",
            undone.kept,
        )
        return f"{said} {stays}"


def _counted(talks: int, learning: int) -> dict[str, str]:
    return {
        "talks": ngettext("%(num)d one-to-one", "%(num)d one-to-ones", talks),
        "learning": ngettext("%(num)d line of learning", "%(num)d lines of learning", learning),
    }


def _summary(plan: ActivitiesPlan) -> list[str]:
    counted = _counted(len(plan.talks), len(plan.learning))
    said = [_("Taken in: %(talks)s and %(learning)s. Nobody is told of them.", **counted)]
    if any(one.other for one in plan.talks):
        said.append(
            _(
                "A one-to-one of two members stands once in the file and counts for both in PALMS: 2 in the sum."
            )
        )
    return said


def _overlaps(plan: ActivitiesPlan) -> list[str]:
    if not plan.talks_standing and not plan.learning_standing:
        return []
    standing = _counted(plan.talks_standing, plan.learning_standing)
    return [
        _("On that day stand already, from earlier files: %(talks)s and %(learning)s.", **standing),
        _("New are: %(talks)s and %(learning)s.", **_counted(len(plan.talks), len(plan.learning))),
    ]


def _remarks(plan: ActivitiesPlan) -> list[str]:
    remarks = [
        _("Row %(row)s was left out: it names no member, or the same one twice.", row=row)
        for row in sorted(plan.left_out)
    ]
    if plan.recorded_here:
        remarks.append(
            ngettext(
                "For these days %(num)d one-to-one or learning unit was recorded here. "
                "If the file holds it too, it counts twice.",
                "For these days %(num)d one-to-ones and learning units were recorded here. "
                "Those that the file holds too count twice.",
                plan.recorded_here,
            )
        )
    return remarks


def _shown(line: SlipLine, plan: ActivitiesPlan) -> list[str]:
    is_learning = line.kind is SlipKind.LEARNING
    counts = ngettext("%(num)d unit", "%(num)d units", line.credits) if is_learning else ""
    return line_shown(line, counts=counts, happens=_happens(line, plan))


def _happens(line: SlipLine, plan: ActivitiesPlan) -> str:
    if line.row in plan.left_out:
        return str(_("left out"))
    return str(_("taken in") if line.row in plan.new_rows else _("stands already"))

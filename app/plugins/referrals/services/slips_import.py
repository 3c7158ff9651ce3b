"""The importer of a slips audit's referrals and thank-you business: counted and silent, without clocks or prospects."""

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
from app.core.intake.slips_audit_part import SlipsPart, read_part
from app.core.sheets import Sheet
from app.core.work import UnitOfWork
from app.http.rendering import money
from app.http.slips_audit import KIND, TITLE, OwnRows, line_shown, slips_preview
from app.plugins.referrals import permissions as may
from app.plugins.referrals.queries.historic import BroughtSlip, brought_slips, brought_thanks
from app.plugins.referrals.services.slips_plan import KINDS, SlipsPlan, plan_slips
from app.plugins.referrals.services.slips_taking_in import key_of, take_back_slips, take_in_slips


class SlipsAuditImporter:
    """Takes in referrals as historic slips, and thank-you business of which nobody says from whom it is."""

    kind = KIND
    title = TITLE
    permission = may.SLIP_IMPORT

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a slips audit's header."""
        return looks_like_slips_audit(sheet)

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say which slips and thank-yous would be written; changes nothing."""
        part = read_part(work, group, sheet, KINDS, context=context, answers=answers)
        plan = plan_slips(work.session, group, part)
        own = OwnRows(
            summary=_summary(plan),
            overlaps=_overlaps(plan),
            lines=[_shown(line, plan) for line in part.lines],
            remarks=_remarks(part, plan),
            totals=_totals(plan),
            plan=plan,
        )
        return slips_preview(part, own)

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Write the slips and thank-yous that do not stand yet."""
        plan: SlipsPlan = preview.plan
        take_in_slips(work, group, plan, batch_id)
        counted = _counted(len(plan.slips), len(plan.thanks))
        return str(_("Taken in: %(referrals)s and %(thanks)s.", **counted))

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say how many slips and thank-yous would go, and which were touched since."""
        slips = brought_slips(work.session, group.id, batch_id)
        thanks = brought_thanks(work.session, group.id, batch_id)
        if not slips and not thanks:
            return UndoPreview(summary=[])
        going = [sum(not one.is_touched for one in brought) for brought in (slips, thanks)]
        return UndoPreview(
            summary=[_("Taken away again: %(referrals)s and %(thanks)s.", **_counted(*going))],
            touched=[
                *(TouchedLine(key=key_of(one), text=_touched_slip(one)) for one in slips if one.is_touched),
                *(
                    TouchedLine(
                        key=key_of(one),
                        text=_(
                            "%(amount)s, thanked to %(name)s: changed since.",
                            amount=money(one.amount_minor, one.currency),
                            name=one.thanked_name,
                        ),
                    )
                    for one in thanks
                    if one.is_touched
                ),
            ],
        )

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Take the slips and thank-yous away, but what was touched since."""
        undone = take_back_slips(work, group, batch_id, also_touched)
        if not undone.slips and not undone.thanks and not undone.kept:
            return ""
        said = _("Taken away: %(referrals)s and %(thanks)s.", **_counted(undone.slips, undone.thanks))
        if not undone.kept:
            return str(said)
        stays = ngettext(
            "%(num)d stays, as it was touched since.",
            "%(num)d stay, as they were touched since.",
            undone.kept,
        )
        return f"{said} {stays}"


def _counted(slips: int, thanks: int) -> dict[str, str]:
    return {
        "referrals": ngettext("%(num)d referral", "%(num)d referrals", slips),
        "thanks": ngettext("%(num)d thank-you", "%(num)d thank-yous", thanks),
    }


def _summary(plan: SlipsPlan) -> list[str]:
    counted = _counted(len(plan.slips), len(plan.thanks))
    return [
        _("Taken in as history: %(referrals)s and %(thanks)s. They count; nobody is told of them.", **counted)
    ]


def _overlaps(plan: SlipsPlan) -> list[str]:
    if not plan.slips_standing and not plan.thanks_standing:
        return []
    counted = _counted(plan.slips_standing, plan.thanks_standing)
    return [
        _("On that day stand already, from earlier files: %(referrals)s and %(thanks)s.", **counted),
        _("New are: %(referrals)s and %(thanks)s.", **_counted(len(plan.slips), len(plan.thanks))),
    ]


def _remarks(part: SlipsPart, plan: SlipsPlan) -> list[str]:
    remarks = [
        _("Row %(row)s was left out: neither side is a member, or both are the same person.", row=row)
        for row in sorted(plan.left_out)
    ]
    if plan.passed_here:
        remarks.append(
            ngettext(
                "In these days %(num)d slip or thank-you was written down here. If the file holds it too, it counts twice.",
                "In these days %(num)d slips and thank-yous were written down here. "
                "Those that the file holds too count twice.",
                plan.passed_here,
            )
        )
    if any(line.detail for line in part.lines):
        remarks.append(
            _("What Detail says is not kept, as it may name customers; only another group’s name is.")
        )
    return remarks


def _totals(plan: SlipsPlan) -> dict[str, int]:
    return {
        "referrals": len(plan.slips),
        "referrals_already_there": plan.slips_standing,
        "thank_yous": len(plan.thanks),
        "thank_yous_already_there": plan.thanks_standing,
        "thank_you_minor": sum(one.amount_minor for one in plan.thanks),
    }


def _shown(line: SlipLine, plan: SlipsPlan) -> list[str]:
    counts = money(line.amount_minor, plan.currency) if line.kind is SlipKind.BUSINESS else ""
    return line_shown(line, counts=counts, happens=_happens(line, plan))


def _happens(line: SlipLine, plan: SlipsPlan) -> str:
    if line.row in plan.left_out:
        return str(_("left out"))
    return str(_("taken in") if line.row in plan.new_rows else _("stands already"))


def _touched_slip(one: BroughtSlip) -> str:
    return str(
        _(
            "%(giver)s to %(receiver)s: a step was taken since.",
            giver=one.giver_name,
            receiver=one.receiver_name,
        )
    )

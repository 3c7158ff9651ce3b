"""What is said of the visits of a file before they are taken in, and when they are taken away: sentences for people."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.standing import Group
from app.core.intake.importer import TouchedLine, UndoPreview
from app.core.work import UnitOfWork
from app.http.file_remarks import long_day
from app.plugins.welcome.queries.visitors_of_files import brought_visits
from app.plugins.welcome.services.visitors_plan import OFF_THE_CALENDAR_SHOWN, VisitsPlan
from app.plugins.welcome.services.visitors_taking_in import take_back_visits


def counted(visits: int) -> str:
    """Return a number of visits in words."""
    return str(ngettext("%(num)d visit", "%(num)d visits", visits))


def summary_of(plan: VisitsPlan) -> list[str]:
    """Say what would be written."""
    said = [_("Taken in: %(visits)s. Nobody is told of them.", visits=counted(len(plan.visits)))]
    if plan.told_first or plan.told_again:
        said.append(
            _(
                "Where the file says only “Visitor”, it is a first visit (%(first)s), or a repeat visit (%(again)s) if "
                "the same name came on an earlier day, in the file or here.",
                first=plan.told_first,
                again=plan.told_again,
            )
        )
    if plan.over:
        said.append(
            ngettext(
                "%(num)d visit is more than a year ago: it counts, and nothing of its name or contact is kept.",
                "%(num)d visits are more than a year ago: they count, and nothing of names or contacts is kept.",
                plan.over,
            )
        )
    return said


def overlaps_of(plan: VisitsPlan) -> list[str]:
    """Say which rows stand already."""
    if not plan.standing_rows:
        return []
    return [
        ngettext(
            "%(num)d visit stands already and is not written again. Row: %(rows)s.",
            "%(num)d visits stand already and are not written again. Rows: %(rows)s.",
            len(plan.standing_rows),
            rows=_listed(plan.standing_rows),
        )
    ]


def remarks_of(plan: VisitsPlan) -> list[str]:
    """Say what is odd and hinders nothing."""
    said = [
        _("Row %(row)s tells the same visit as row %(first)s; it was left out.", row=row, first=first)
        for row, first in sorted(plan.twice.items())
    ]
    if plan.off_calendar:
        shown = [long_day(day) for day in plan.off_calendar[:OFF_THE_CALENDAR_SHOWN]]
        more = len(plan.off_calendar) - len(shown)
        said.append(
            ngettext(
                "On %(num)d day the calendar has no meeting; its visits are kept for the day alone: %(days)s.",
                "On %(num)d days the calendar has no meeting; their visits are kept for the day alone: %(days)s.",
                len(plan.off_calendar),
                days="; ".join(shown) + (" …" if more else ""),
            )
        )
    if plan.to_come:
        said.append(
            ngettext(
                "%(num)d visit is still to come. Row: %(rows)s.",
                "%(num)d visits are still to come. Rows: %(rows)s.",
                len(plan.to_come),
                rows=_listed(plan.to_come),
            )
        )
    return said


def what_happens(rows: Sequence[int], plan: VisitsPlan) -> dict[int, str]:
    """Return in a word what becomes of each of the rows."""
    standing = frozenset(plan.standing_rows)
    new = {
        visit.wanted.row: str(_("counted, not kept") if visit.is_over else _("taken in"))
        for visit in plan.visits
    }
    return {
        row: new.get(row) or str(_("stands already") if row in standing else _("left out")) for row in rows
    }


def undo_preview_of(work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
    """Say how many visits would go, and which were changed since."""
    brought = brought_visits(work.session, group.id, batch_id)
    if not brought:
        return UndoPreview(summary=[])
    going = sum(not one.is_touched for one in brought)
    return UndoPreview(
        summary=[_("Taken away again: %(visits)s.", visits=counted(going))],
        touched=[
            TouchedLine(
                key=one.public_id,
                text=_(
                    "%(name)s, who came on %(day)s: changed since.", name=one.name, day=long_day(one.came_on)
                ),
            )
            for one in brought
            if one.is_touched
        ],
    )


def undo_visits(work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]) -> str:
    """Take the visits away, but what was changed since; return what was done."""
    undone = take_back_visits(work, group, batch_id, also_touched)
    if not undone.gone and not undone.kept:
        return ""
    said = str(_("Taken away: %(visits)s.", visits=counted(undone.gone)))
    if not undone.kept:
        return said
    stays = ngettext(
        "%(num)d stays, as it was changed since.", "%(num)d stay, as they were changed since.", undone.kept
    )
    return f"{said} {stays}"


def _listed(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:20])
    return f"{shown} …" if len(rows) > 20 else shown

"""The sentences of roster imports: what would change, where file and group differ, and why somebody stays."""

from datetime import date
from types import MappingProxyType

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.intake.roster import Roster
from app.core.intake.services.listed_people_undoing import BroughtMember, FilledField
from app.core.sentences import N_
from app.http.file_remarks import written
from app.web.roster_plan import RosterPlan

_FIELDS = MappingProxyType(
    {
        "trade": N_("trade"),
        "firm": N_("firm"),
        "phone": N_("phone"),
        "email": N_("mail address"),
        "joined": N_("member since"),
    }
)


def summary_of(plan: RosterPlan) -> list[str]:
    """Return what would change, in sentences."""
    lines = [ngettext("%(num)d person becomes a member.", "%(num)d people become members.", len(plan.new))]
    if plan.filled:
        lines.append(
            ngettext(
                "What is empty is filled in for %(num)d member.",
                "What is empty is filled in for %(num)d members.",
                len(plan.filled),
            )
        )
    if plan.nobody:
        lines.append(ngettext("%(num)d line is left out.", "%(num)d lines are left out.", plan.nobody))
    return lines


def overlaps_of(plan: RosterPlan) -> list[str]:
    """Return which lines stand already."""
    if not plan.known:
        return []
    return [
        ngettext(
            "%(num)d line is about somebody who is in already; what stands stays as it is.",
            "%(num)d lines are about people who are in already; what stands stays as it is.",
            len(plan.known),
        )
    ]


def remarks_of(plan: RosterPlan) -> list[str]:
    """Return where the file and the group differ, and who is left out; each with its row."""
    said = [
        _(
            "Row %(row)s: %(name)s is not taken in; the file says “%(status)s”.",
            row=away.row,
            name=away.name,
            status=away.status,
        )
        for away in plan.not_active
    ]
    said += [
        _(
            "Row %(row)s: the file says “%(status)s” of %(name)s, who is a member here. "
            "If they left, end the membership on their page.",
            row=away.row,
            name=away.name,
            status=away.status,
        )
        for away in plan.still_here
    ]
    said += [
        written(
            N_(
                "Row %(row)s: %(name)s left on %(day)s and stays a former member. "
                "If they are back, take them in again under Members."
            ),
            {"row": away.row, "name": away.name, "day": away.left_on},
        )
        for away in plan.left_before
    ]
    return [*said, *_differences(plan)]


def _differences(plan: RosterPlan) -> list[str]:
    return [
        _(
            "Row %(row)s: for %(name)s the file says %(field)s “%(found)s”; “%(stands)s” stands here and is kept.",
            row=one.row,
            name=one.name,
            field=_(_FIELDS[one.field]),
            found=_day_or_text(one.field, one.found),
            stands=_day_or_text(one.field, one.stands),
        )
        for one in plan.differs
    ]


def _day_or_text(field: str, text: str) -> str:
    return format_date(date.fromisoformat(text), "long", rebase=False) if field == "joined" else text


def kept_as_notes(plan: RosterPlan) -> list[str]:
    """Return what the file tells beyond a member's profile, as the page of the file keeps it."""
    return [
        _(
            "Row %(row)s, %(name)s: %(notes)s. This is kept as a note on the page of this file.",
            row=line.row,
            name=line.name.full,
            notes="; ".join(f"{extra.heading}: {extra.text}" for extra in line.extras),
        )
        for line in plan.noted
    ]


def lines_of(roster: Roster, plan: RosterPlan) -> list[list[str]]:
    """Return the table of what was understood: one line a person."""
    joining = {line.row for line, _listed in plan.new}
    filled = {one.member_id for one in plan.filled}
    fate = {
        line.row: _("is in already; what is empty is filled in")
        if member.id in filled
        else _("is in already")
        for line, member in plan.known
    }
    return [
        [
            str(line.row),
            line.name.full,
            line.trade,
            line.firm,
            line.email,
            format_date(line.joined, "medium", rebase=False) if line.joined else "",
            _("joins") if line.row in joining else fate.get(line.row, _("is left out")),
        ]
        for line in roster.lines
    ]


def member_key(one: BroughtMember) -> str:
    """Return the key by which the leader names the member when undoing."""
    return f"member:{one.member_id}"


def field_key(one: FilledField) -> str:
    """Return the key by which the leader names the field when undoing."""
    return f"field:{one.member_id}:{one.field}"


def why_it_stays(one: BroughtMember) -> str:
    """Return why a member whom the file brought stays when it is undone."""
    if one.entries:
        return str(
            ngettext(
                "%(name)s: %(num)d thing was recorded about them since. Ticked, their membership ends today.",
                "%(name)s: %(num)d things were recorded about them since. Ticked, their membership ends today.",
                one.entries,
                name=one.name,
            )
        )
    return str(
        _("%(name)s: their profile was changed since. Ticked, their membership ends today.", name=one.name)
    )


def what_changed(one: FilledField) -> str:
    """Return which field was changed after the file had filled it."""
    return str(
        _(
            "%(name)s: %(field)s was changed since. Ticked, it is emptied.",
            name=one.name,
            field=_(_FIELDS[one.field]),
        )
    )

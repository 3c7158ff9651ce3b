"""How a slips audit is shown before it is taken in, whichever component takes which of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import gettext as _

from app.core.intake.importer import ImportAnswers, ImportPreview
from app.core.intake.slips_audit import SlipKind, SlipLine
from app.core.intake.slips_audit_part import SlipsPart
from app.core.sentences import N_
from app.http.file_remarks import long_day, told

KIND = "slips-audit"
"""The kind of file, by which the components' parts belong together."""

TITLE = N_("Slips audit: referrals, one-to-ones, learning units and thank-you business of a day")

KIND_WORDS = {
    SlipKind.REFERRAL: N_("Referral"),
    SlipKind.ONE_TO_ONE: N_("One-to-one"),
    SlipKind.LEARNING: N_("Learning units"),
    SlipKind.BUSINESS: N_("Thank-you business"),
    SlipKind.VISITOR: N_("Visitor"),
}
TIER_WORDS = {"inside": N_("Inside"), "outside": N_("Outside"), "": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRows:
    """What a component says of its own rows: sentences, the lines of its table, named counts, and its plan."""

    summary: Sequence[str]
    overlaps: Sequence[str]
    lines: Sequence[Sequence[str]]
    remarks: Sequence[str]
    totals: Mapping[str, int]
    plan: Any


def slips_preview(part: SlipsPart, own: OwnRows) -> ImportPreview:
    """Return the preview of a component's part, with what is asked about the file as a whole."""
    day = part.audit.day
    question = told([day.question])[0] if day.question else ""
    return ImportPreview(
        kind=KIND,
        summary=[*_about_file(part), *own.summary],
        overlaps=own.overlaps,
        headings=[
            _("Row"),
            _("From"),
            _("To"),
            _("Kind"),
            _("Inside or outside"),
            _("Amount or units"),
            _("What happens"),
        ],
        lines=own.lines,
        problems=told(part.audit.problems(part.kinds)),
        remarks=[*told(part.audit.notes(part.kinds)), *own.remarks],
        asks_period="" if day.asks_order else question,
        asks_day_order=question if day.asks_order else "",
        asks_currency=_("In which currency are the amounts? No slips audit says it.")
        if part.asks_currency
        else "",
        unmatched=part.settled.unmatched,
        totals=own.totals,
        guessed=ImportAnswers(
            period_first=day.suggested.first if day.suggested else None,
            period_last=day.suggested.last if day.suggested else None,
            currency=part.currency,
        ),
        plan=own.plan,
    )


def line_shown(line: SlipLine, *, counts: str, happens: str) -> list[str]:
    """Return a row of the audit as its table shows it; `counts` is its amount or its units in words."""
    return [
        str(line.row),
        line.sender.text if line.sender else "",
        line.receiver.text if line.receiver else "",
        gettext(KIND_WORDS[line.kind]),
        gettext(TIER_WORDS[line.tier]) if line.tier else "",
        counts,
        happens,
    ]


def _about_file(part: SlipsPart) -> list[str]:
    """Return what every component says alike of the file: how much of what it holds, and on which day it counts."""
    held = [(kind, len(part.audit.lines_of(kind))) for kind in SlipKind]
    kinds = ", ".join(f"{gettext(KIND_WORDS[kind])} {count}" for kind, count in held if count)
    said = [
        ngettext(
            "The file holds %(num)d slip: %(kinds)s.",
            "The file holds %(num)d slips: %(kinds)s.",
            len(part.audit.lines),
            kinds=kinds,
        )
    ]
    if part.audit.counts_on:
        said.append(_("All of it counts on %(day)s.", day=long_day(part.audit.counts_on)))
    return said

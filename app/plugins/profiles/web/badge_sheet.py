"""Badges as PDF: on sheets of A4 or Letter to be cut, or one alone. typst sets them from `badges.typ` beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from segno.helpers import make_vcard_data

from app.core.exports.pdf_file import can_print, paper_of, typeset
from app.http.downloads import country_of
from app.http.page import GroupPage
from app.plugins.profiles.domain.badge import Badge, Wearer, badge_for, first_word
from app.plugins.profiles.queries.faces import FaceLine
from app.plugins.welcome.interface import ExpectedVisitor

_TEMPLATE: Final = Path(__file__).with_name("badges.typ")
_LONGEST_CARD: Final = 700
"""So many characters still make a code that a phone reads at this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How badges lie on a paper: 90 mm wide, two in a row; `height` in mm and `rows` fill what printers can reach."""

    rows: int
    height: int
    columns: int = 2
    width: int = 90

    @property
    def places(self) -> int:
        """How many badges a sheet has."""
        return self.rows * self.columns


SHEETS: Final = {"a4": Sheet(rows=5, height=54), "us-letter": Sheet(rows=4, height=60)}
ALONE: Final = Sheet(rows=1, columns=1, height=54)
BLANK: Final = Badge(big="", full="", say="", trade="", firm="", mark="", card="", is_by_hand=True)


def of_member(face: FaceLine) -> Wearer:
    """Return what a member's badge says; the contact card holds what the member shows, and no more."""
    return Wearer(
        first_name=face.first_name,
        name=face.name,
        how_to_say=face.how_to_say,
        trade=face.trade,
        firm=face.firm,
        mark=_("Visitor host") if face.is_visitor_host else "",
        card=_card(face),
    )


def of_visitor(visitor: ExpectedVisitor) -> Wearer:
    """Return what a visitor's badge says: no code, for how they are reached is theirs to tell."""
    return Wearer(
        first_name=first_word(visitor.name),
        name=visitor.name,
        trade=visitor.trade,
        firm=visitor.firm,
        mark=_("Visitor"),
    )


def badge_of(wearer: Wearer) -> Badge:
    """Return the badge in letters that this server can print."""
    return badge_for(wearer, can_print)


def sheet_pdf(page: GroupPage, badges: Sequence[Badge]) -> bytes:
    """Return the sheets on the paper of the group's country; the last one is filled up with blank badges."""
    paper = paper_of(country_of(page.group.zone))
    sheet = SHEETS[paper]
    missing = -len(badges) % sheet.places
    return _set(page, [*badges, *[BLANK] * (missing or (0 if badges else sheet.places))], sheet, paper)


def badge_pdf(page: GroupPage, badge: Badge) -> bytes:
    """Return one badge on a paper of its own size."""
    return _set(page, [badge], ALONE, "")


def _set(page: GroupPage, badges: Sequence[Badge], sheet: Sheet, paper: str) -> bytes:
    locale = Locale.parse(str(get_locale() or "en"))
    told: dict[str, Any] = {
        "title": _("Name badges"),
        "group": page.group.name if can_print(page.group.name) else "",
        "paper": paper,
        "lang": locale.language,
        "region": locale.territory or country_of(page.group.zone),
        "columns": sheet.columns,
        "rows": sheet.rows,
        "width": sheet.width,
        "height": sheet.height,
        "badges": [_told(one) for one in badges],
    }
    return typeset(_TEMPLATE, told, made_at=page.work.now)


def _told(badge: Badge) -> dict[str, Any]:
    name = badge.full or badge.big
    return {
        "big": badge.big,
        "full": badge.full,
        "say": badge.say,
        "lines": [one for one in (badge.trade, badge.firm) if one],
        "mark": badge.mark,
        "by_hand": badge.is_by_hand,
        "by_hand_words": _("Name"),
        "code": _drawn(badge.card) if badge.card else "",
        "code_words": _("Contact card of %(name)s, as a code", name=name) if name else _("Contact card"),
    }


def _card(face: FaceLine) -> str:
    card = make_vcard_data(
        name=f"{face.family_name};{face.given_name or face.name}",
        displayname=face.name,
        org=face.firm or None,
        title=face.trade or None,
        phone=face.phone or None,
        email=face.email or None,
    )
    return card if len(card.encode()) <= _LONGEST_CARD else ""


def _drawn(card: str) -> str:
    out = BytesIO()
    segno.make(card, micro=False, error="m").save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()

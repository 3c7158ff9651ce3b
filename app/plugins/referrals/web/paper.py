"""The slip on paper: four to a sheet, to be filled in with a pen, as a page to print and as PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from babel import Locale
from flask import Response, request
from flask_babel import get_locale, gettext
from flask_babel import gettext as _

from app.core.exports.pdf_file import paper_of, typeset
from app.http.downloads import country_of
from app.http.page import Answer, GroupPage
from app.plugins.referrals import permissions as may
from app.plugins.referrals.domain.basis import (
    AGREED_HOW_WORDS,
    BASIS_WORDS,
    URGENCY_WORDS,
    AgreedHow,
    Urgency,
)
from app.plugins.referrals.domain.introduction import HOW_WELL

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_ROOM_TO_TELL: Final = 3
"""Lines to write on what they need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One thing to fill in: `lines` to write on, or `words` to tick, numbered where `is_scale`; `given` stands there already."""

    label: str
    lines: int = 0
    words: tuple[str, ...] = ()
    is_scale: bool = False
    given: str = ""


def paper(page: GroupPage) -> Answer:
    """Show the slip as it is printed; with `?mine=1` the viewer's name stands on it as the giver's."""
    return page.render(
        "referrals/paper.html",
        blanks=_blanks(_giver(page)),
        advice=_advice(),
        is_mine=bool(_giver(page)),
        may_type_in=page.may(may.SLIP_TYPE_IN),
    )


def paper_pdf(page: GroupPage) -> Answer:
    """Send the same sheet as PDF, on the paper of the group's country."""
    country = country_of(page.group.zone)
    locale = Locale.parse(str(get_locale() or "en"))
    told: dict[str, Any] = {
        "title": _("Referral slip"),
        "group": page.group.name,
        "paper": paper_of(country),
        "lang": locale.language,
        "region": locale.territory or country,
        "blanks": [asdict(one) for one in _blanks(_giver(page))],
        "advice": _advice(),
    }
    headers = {"Content-Disposition": f'attachment; filename="paper-slips-{page.group.slug}.pdf"'}
    return Response(
        typeset(_TEMPLATE, told, made_at=page.work.now), mimetype="application/pdf", headers=headers
    )


def _giver(page: GroupPage) -> str:
    return page.viewer.name if request.args.get("mine") else ""


def _advice() -> str:
    return str(
        _("Ask them first whether they may be called. Once the slip is typed in, this paper is destroyed.")
    )


def _blanks(giver: str) -> Sequence[Blank]:
    return (
        Blank(label=_("From"), lines=1, given=giver),
        Blank(label=_("To"), lines=1),
        Blank(label=_("Day"), lines=1),
        Blank(label=_("Who needs something"), lines=1),
        Blank(label=_("Phone or mail"), lines=1),
        Blank(
            label=_("They agreed, on the day"), lines=1, words=_said_but(AGREED_HOW_WORDS, AgreedHow.UNSET)
        ),
        Blank(label=_("What they need"), lines=_ROOM_TO_TELL),
        Blank(label=_("Whose need"), words=(_("Outside: somebody I know"), _("Inside: my own firm"))),
        Blank(
            label=_("I know the receiver’s work"), words=tuple(gettext(one) for one in BASIS_WORDS.values())
        ),
        Blank(
            label=_("How well introduced"),
            words=tuple(gettext(one) for one in HOW_WELL.values()),
            is_scale=True,
        ),
        Blank(label=_("They expect the call"), words=_said_but(URGENCY_WORDS, Urgency.UNSET)),
    )


def _said_but(words: dict[Any, str], unset: str) -> tuple[str, ...]:
    return tuple(gettext(text) for code, text in words.items() if code != unset)

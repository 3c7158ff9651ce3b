"""Who might greet a guest? Those who have not done it lately come first; nobody is asked again and again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.ids import MemberId
from app.plugins.welcome.domain.people_to_meet import Known, Newly, Why, reasons_for

LOOKED_BACK = timedelta(days=91)
"""Greetings of these days count."""

_COMMON_GROUND = frozenset({Why.INTEREST, Why.GOOD_FIT, Why.TALK, Why.NEIGHBOURS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member who could greet: how often lately, the last day, and whether they receive somebody at this meeting."""

    known: Known
    greeted_lately: int = 0
    last_on: date | None = None
    is_busy: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A member who may be asked; `common` is what they have in common with the guest, or nothing."""

    member_id: MemberId
    greeted_lately: int
    common: str = ""
    is_busy: bool = False


def suggested_greeters(
    guest: Newly, candidates: Sequence[Candidate], *, never: Collection[MemberId] = ()
) -> list[Suggested]:
    """Return everybody who may be asked, the best first; `never` holds those who said no, and the guest.

    Free before busy, settled before new, then the fewest greetings lately, then common ground, then whose last is
    longest ago: common ground decides between those whose turn it is, and never makes it the same one's every time.
    """
    fit = [one for one in candidates if one.known.member_id not in never]
    ranked = sorted(fit, key=lambda one: _rank(guest, one))
    return [
        Suggested(
            member_id=one.known.member_id,
            greeted_lately=one.greeted_lately,
            common=_common(guest, one.known),
            is_busy=one.is_busy,
        )
        for one in ranked
    ]


def _rank(guest: Newly, one: Candidate) -> tuple[bool, bool, int, bool, date, MemberId]:
    return (
        one.is_busy,
        one.is_new,
        one.greeted_lately,
        not _common(guest, one.known),
        one.last_on or date.min,
        one.known.member_id,
    )


def _common(guest: Newly, known: Known) -> str:
    """Return the one thing they have in common, as it is said beside the name."""
    return next((one.what for one in reasons_for(guest, known) if one.why in _COMMON_GROUND), "")

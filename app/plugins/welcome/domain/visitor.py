"""A visitor as rules know them: who came, on what day, at whose invitation, and what is wrong with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_

_LONGEST_OF = {"name": 200, "firm": 200, "trade": 200, "email": 200, "phone": 200, "note": 2_000}
KEPT_FOR = timedelta(days=365)
"""How long after the visit what is written about a visitor is kept."""

_AHEAD = timedelta(days=60)
_BACK = timedelta(days=365)


class VisitorKind(StrEnum):
    """As what somebody came who is no member of the group."""

    FIRST = "first"
    REPEAT = "repeat"
    GUEST = "guest"
    SUBSTITUTE = "substitute"
    OBSERVER = "observer"


KIND_WORDS: Mapping[VisitorKind, str] = {
    VisitorKind.FIRST: N_("Visitor, for the first time"),
    VisitorKind.REPEAT: N_("Visitor, again"),
    VisitorKind.GUEST: N_("Guest from another group"),
    VisitorKind.SUBSTITUTE: N_("Substitute for a member"),
    VisitorKind.OBSERVER: N_("Observer"),
}


class VisitState(StrEnum):
    """Where a visit stands; `waiting` is a further registration that its own mail address has not confirmed."""

    EXPECTED = "expected"
    CAME = "came"
    CANCELLED = "cancelled"
    MISSED = "missed"
    WAITING = "waiting"


THERE = (VisitState.EXPECTED.value, VisitState.CAME.value)
"""States of those who are in the room, or will be."""

COUNTED = frozenset({VisitorKind.FIRST, VisitorKind.REPEAT})
"""Who counts as a visitor (V) in PALMS for the member who invited them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is written about a visitor; all but the name may come later."""

    name: str
    kind: str
    firm: str = ""
    trade: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


def refusals_for_visitor(about: About, came_on: date | None, today: date) -> list[Refusal]:
    """Return every reason why this cannot be noted."""
    refusals = []
    if not about.name:
        refusals.append(Refusal(code="welcome.name_missing", field="name"))
    refusals += [
        Refusal(code="welcome.too_long", facts={"longest": longest}, field=field)
        for field, longest in _LONGEST_OF.items()
        if len(getattr(about, field)) > longest
    ]
    if about.kind not in set(VisitorKind):
        refusals.append(Refusal(code="welcome.kind_missing", field="kind"))
    if about.email and "@" not in about.email:
        refusals.append(
            Refusal(code="welcome.bad_address", facts={"address": about.email[:80]}, field="email")
        )
    if came_on is None:
        refusals.append(Refusal(code="welcome.day_missing", field="came_on"))
    elif not today - _BACK <= came_on <= today + _AHEAD:
        refusals.append(Refusal(code="welcome.day_far", facts={"day": came_on}, field="came_on"))
    return refusals


def is_complete(about: About) -> bool:
    """Return whether enough is known to write to them or call them."""
    return bool(about.email or about.phone)

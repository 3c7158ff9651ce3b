"""What a founder is asked, once: checked with every reason at once, and kept as text while the address is proved."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, time
from urllib.parse import urlsplit

from app.core.errors import Refusal
from app.core.founding.domain.rhythm import EVERY_WEEK, WEEKS, rule_of
from app.core.groups.domain.founding import refusals_for_group
from app.core.sentences import N_

REFERRAL_GROUP = "referral-group"
ROUNDTABLE = "roundtable"
KINDS = {
    REFERRAL_GROUP: N_("A weekly referral group"),
    ROUNDTABLE: N_("A monthly roundtable"),
}

SHORTEST_MINUTES = 15
LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A group to be founded. `week` is 0 for every week (see rhythm); `first_day` None means the next such day.

    `answers` are the plugins' own fields: plugin, field, number.
    """

    founder: str
    name: str
    kind: str
    weekday: int
    week: int
    wall_time: time
    minutes: int
    zone: str
    currency: str
    locale: str
    vocabulary: str
    place: str = ""
    call_link: str = ""
    first_day: date | None = None
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The recurrence rule of the meetings."""
        return rule_of(self.weekday, self.week)


def refusals_for(asked: Asked) -> list[Refusal]:
    """Return every reason why a group cannot be founded like this."""
    refusals = refusals_for_group("group", asked.name, asked.zone, asked.currency)
    if not asked.founder.strip():
        refusals.append(Refusal(code="founding.founder_missing", field="founder"))
    if asked.kind not in KINDS or asked.week not in (WEEKS if asked.kind == ROUNDTABLE else (EVERY_WEEK,)):
        refusals.append(Refusal(code="founding.unknown_kind", field="kind"))
    if not SHORTEST_MINUTES <= asked.minutes <= LONGEST_MINUTES:
        facts = {"shortest": SHORTEST_MINUTES, "longest": LONGEST_MINUTES}
        refusals.append(Refusal(code="founding.minutes_unlikely", facts=facts, field="minutes"))
    if asked.call_link and not _is_web_address(asked.call_link):
        link = {"link": asked.call_link[:80]}
        refusals.append(Refusal(code="founding.no_call_link", facts=link, field="call_link"))
    return refusals


def as_text(asked: Asked) -> str:
    """Return what was asked as JSON."""
    values = asdict(asked)
    values["wall_time"] = asked.wall_time.isoformat()
    values["first_day"] = asked.first_day.isoformat() if asked.first_day else None
    return json.dumps(values)


def from_text(text: str) -> Asked:
    """Return what `as_text` kept."""
    values = json.loads(text)
    first_day = values.pop("first_day")
    return Asked(
        **{**values, "wall_time": time.fromisoformat(values["wall_time"])},
        first_day=date.fromisoformat(first_day) if first_day else None,
    )


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text

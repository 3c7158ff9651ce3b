"""What a group may call itself, and in which words, zone and ways it is written."""

from collections.abc import Collection
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.local_time import zone_named

LONGEST_SETTLING_IN_DAYS = 730
"""Two years; longer, and nobody would ever count as settled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSettings:
    """What a group's leaders may change about it; `version` counts the changes."""

    name: str
    vocabulary: str
    zone: str
    locale: str
    settling_in_days: int
    version: int
    is_found_by_others: bool = False


def refusals_for_settings(
    wanted: GroupSettings, *, packs: Collection[str], locales: Collection[str]
) -> list[Refusal]:
    """Return every reason why a group cannot be set like this; `packs` and `locales` are those there are."""
    refusals = []
    if not wanted.name.strip():
        refusals.append(Refusal(code="groups.name_missing", field="name"))
    if wanted.vocabulary not in packs:
        refusals.append(
            Refusal(
                code="groups.unknown_vocabulary", facts={"vocabulary": wanted.vocabulary}, field="vocabulary"
            )
        )
    if wanted.locale not in locales:
        refusals.append(
            Refusal(code="groups.unknown_locale", facts={"locale": wanted.locale}, field="locale")
        )
    if not 0 <= wanted.settling_in_days <= LONGEST_SETTLING_IN_DAYS:
        most = {"most": LONGEST_SETTLING_IN_DAYS}
        refusals.append(Refusal(code="groups.bad_settling_in", facts=most, field="settling_in_days"))
    try:
        zone_named(wanted.zone)
    except Refused as unknown:
        refusals += unknown.refusals
    return refusals


def changed_fields(before: GroupSettings, after: GroupSettings) -> tuple[str, ...]:
    """Return the names of what differs, in the order of the form."""
    names = ("name", "vocabulary", "zone", "locale", "settling_in_days", "is_found_by_others")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))

"""What a group must be told to exist: a name, an address name, a zone and a currency that there are."""

import re

from babel.numbers import list_currencies

from app.core.errors import Refusal, Refused
from app.core.local_time import zone_named
from app.core.sentences import N_

KIND_TITLES = {"referral-group": N_("Weekly referral group"), "roundtable": N_("Monthly roundtable")}
"""What a group of each kind is called."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def refusals_for_group(slug: str, name: str, zone: str, currency: str) -> list[Refusal]:
    """Return every reason why a group cannot be founded with these."""
    refusals = []
    if not _SLUG.fullmatch(slug):
        refusals.append(Refusal(code="groups.bad_slug", facts={"slug": slug[:80]}, field="slug"))
    if not name.strip():
        refusals.append(Refusal(code="groups.name_missing", field="name"))
    if currency not in list_currencies():
        refusals.append(
            Refusal(code="groups.unknown_currency", facts={"currency": currency[:20]}, field="currency")
        )
    try:
        zone_named(zone)
    except Refused as unknown:
        refusals += unknown.refusals
    return refusals

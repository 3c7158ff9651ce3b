"""A receiver who is not of this group: somebody in no group at all, or a member of another group of the network."""

from collections.abc import Mapping
from typing import Final

from app.core.errors import Refusal
from app.core.sentences import N_
from app.plugins.referrals.domain.rules import LONGEST_NAME

SENTENCES: Final[Mapping[str, str]] = {
    "referrals.outside_name_missing": N_(
        "Write the name of the person whom you recommended, and their firm."
    ),
    "referrals.amount_for_outside": N_(
        "Thank-you business is what the receiver gives. Leave the amount empty: they are in no group here."
    ),
}


def refusals_for_outside(name: str) -> list[Refusal]:
    """Return what is wrong with the name of a receiver who is in no group."""
    if not name:
        return [Refusal(code="referrals.outside_name_missing", field="receiver_outside")]
    if len(name) > LONGEST_NAME:
        facts = {"most": LONGEST_NAME, "length": len(name)}
        return [Refusal(code="referrals.too_long", facts=facts, field="receiver_outside")]
    return []

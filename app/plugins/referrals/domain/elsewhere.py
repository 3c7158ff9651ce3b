"""A receiver who is not of this group: somebody in no group at all, or a member of another group of the network."""

from collections.abc import Mapping
from typing import Final

from app.core.errors import Refusal
from app.core.ids import PersonId
from app.core.sentences import N_
from app.plugins.referrals.domain.rules import LONGEST_NAME

BETWEEN: Final = "~"
"""Stands between the group and the member in what names a receiver of another group; no public id has one."""

SENTENCES: Final[Mapping[str, str]] = {
    "referrals.outside_name_missing": N_(
        "Write the name of the person whom you recommended, and their firm."
    ),
    "referrals.no_common_group": N_(
        "You have no group in common, and they cannot be found from here: both groups must have chosen to be found by "
        "others. Look for them again, or pass the slip to somebody outside."
    ),
    "referrals.colleague_too": N_(
        "They are a member of your group too. Choose them from the list, by their name here."
    ),
    "referrals.amount_for_outside": N_(
        "Thank-you business is what the receiver gives. Leave the amount empty: they are in no group here."
    ),
}


def named_elsewhere(receiver: str) -> tuple[str, str] | None:
    """Return the group's slug and the public id of a receiver who is named as a member of another group, else None."""
    slug, between, public_id = receiver.partition(BETWEEN)
    return (slug, public_id) if between else None


def naming_elsewhere(slug: str, public_id: str) -> str:
    """Return what names a member of another group as a receiver: the inverse of `named_elsewhere`."""
    return f"{slug}{BETWEEN}{public_id}"


def with_group(name: str, group: str) -> str:
    """Return how somebody of another group stands on a slip: by name and group, and nothing else."""
    return f"{name} ({group})"


def refusals_for_elsewhere(*, giver: PersonId, receiver: PersonId | None, is_here: bool) -> list[Refusal]:
    """Return why a slip cannot go to a member of another group; None is somebody who cannot be found from here.

    `is_here` says that they are a member of the giver's group too.
    """
    if receiver is None:
        return [Refusal(code="referrals.no_common_group", field="receiver")]
    if receiver == giver:
        return [Refusal(code="referrals.slip_to_oneself", field="receiver")]
    return [Refusal(code="referrals.colleague_too", field="receiver")] if is_here else []


def refusals_for_outside(name: str) -> list[Refusal]:
    """Return what is wrong with the name of a receiver who is in no group."""
    if not name:
        return [Refusal(code="referrals.outside_name_missing", field="receiver_outside")]
    if len(name) > LONGEST_NAME:
        facts = {"most": LONGEST_NAME, "length": len(name)}
        return [Refusal(code="referrals.too_long", facts=facts, field="receiver_outside")]
    return []

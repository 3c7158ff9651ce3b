"""How long, how many and how large: what holds for slips that are kept as they are typed."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.errors import Refusal

KEPT_FOR = timedelta(days=30)
"""A draft that nobody has touched for so long is deleted."""
MOST = 20
"""How many drafts a member may keep in a group."""
LONGEST = 30_000
"""How many characters the fields of one draft may have together: far more than a slip takes, so that nothing is cut."""

Typed = Mapping[str, str]
"""What stands in the fields of a form, by their names, whether it would be taken or not."""


def written(typed: Typed) -> str:
    """Return what was typed as the one text that is kept: the same fields always give the same text."""
    return json.dumps(dict(typed), ensure_ascii=False, sort_keys=True)


def read(text: str) -> dict[str, str]:
    """Return what was typed, from the text that was kept."""
    found: dict[str, str] = json.loads(text)
    return found


def is_empty(typed: Typed, chosen_anyway: Sequence[str]) -> bool:
    """Return whether nothing was typed but in fields that are `chosen_anyway` when the form opens."""
    return not any(text for name, text in typed.items() if name not in chosen_anyway)


def refusals_for_draft(typed: Typed, *, others: int) -> list[Refusal]:
    """Return why these words cannot be kept as a draft beside so many `others`."""
    length = sum(map(len, typed.values()))
    refusals = []
    if length > LONGEST:
        refusals.append(Refusal(code="referrals.draft_too_long", facts={"most": LONGEST, "length": length}))
    if others >= MOST:
        refusals.append(Refusal(code="referrals.drafts_full", facts={"most": MOST}))
    return refusals

"""What can be written down for whoever holds an office next."""

from datetime import timedelta

from app.core.errors import Refusal

KEPT_FOR = timedelta(days=2 * 365)
"""How long after it was last written something goes with an office."""

LONGEST_WORDS = 4_000


def refusals_for_words(words: str) -> list[Refusal]:
    """Return why these words cannot be kept."""
    if not words.strip():
        return [Refusal(code="offices.words_missing", field="words")]
    if len(words) > LONGEST_WORDS:
        facts = {"longest": LONGEST_WORDS, "length": len(words)}
        return [Refusal(code="offices.words_too_long", facts=facts, field="words")]
    return []

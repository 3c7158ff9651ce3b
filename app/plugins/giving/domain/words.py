"""Words that stand on somebody's page: thank-yous by the helped, testimonials by who knows their work."""

from collections.abc import Mapping
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_
from app.plugins.giving.domain.ask import too_long

LONGEST_THANKS = 600
LONGEST_TESTIMONIAL = 2_000


class Help(StrEnum):
    """What somebody did for another: the kinds of contribution that can be thanked for here."""

    REPLY = "reply"
    INTRODUCTION = "introduction"


class Contribution(StrEnum):
    """What a member has put in, wherever it is kept."""

    REPLY = "reply"
    INTRODUCTION = "introduction"
    TESTIMONIAL = "testimonial"
    REFERRAL = "referral"
    VISITOR = "visitor"


CONTRIBUTION_WORDS: Mapping[Contribution, str] = {
    Contribution.REPLY: N_("You answered an ask of %(name)s"),
    Contribution.INTRODUCTION: N_("You introduced %(name)s"),
    Contribution.TESTIMONIAL: N_("You wrote a testimonial for %(name)s"),
    Contribution.REFERRAL: N_("You passed a referral to %(name)s"),
    Contribution.VISITOR: N_("You brought %(name)s as a visitor"),
}


def refusals_for_thanks(words: str) -> list[Refusal]:
    """Return every reason why these words cannot be published as a thank-you."""
    refusals = [] if words else [Refusal(code="giving.words_missing", field="words")]
    return [*refusals, *too_long({"words": (words, LONGEST_THANKS)})]


def refusals_for_testimonial(words: str, *, is_member: bool, name: str) -> list[Refusal]:
    """Return every reason why these words cannot stand on the member's page."""
    refusals = [] if words else [Refusal(code="giving.words_missing", field="words")]
    if not is_member:
        refusals.append(Refusal(code="giving.named_left", facts={"name": name}))
    return [*refusals, *too_long({"words": (words, LONGEST_TESTIMONIAL)})]

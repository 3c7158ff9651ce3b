"""The word of a referred customer: how long a link is good, what an answer comes to, and what it lifts. Pure rules.

A confirmation only raises: a good report by a new voice gets a full one. Every other answer, and none, changes nothing.
"""

from datetime import timedelta
from typing import Final

from app.core.errors import Refusal
from app.plugins.credibility.domain.estimate import voice
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import Constants

LINK_LIVES: Final = timedelta(days=30)
"""A link is good for so long, and for one answer."""

MOST_LINKS: Final = 3
"""So many links can be made for one slip; each takes the place of the one before."""

QUICKEST: Final = timedelta(seconds=3)
"""Nobody reads and answers in less."""

KEPT_FOR: Final = timedelta(days=5 * 365)
"""After so long the report that was asked about weighs nothing any more, and the asking is forgotten."""

SAYS: Final = ("yes", "no")

BY_LINK, BY_MAIL = "link", "mail"
"""The ways to ask: a link that the giver passes on, or one mail of the house, of which the giver does not see the link."""

NEW, KNOWN, CONFIRMED = "new", "known", "confirmed"
"""Who spoke: somebody without a record of their own, somebody with one, or the first with a customer who confirms it."""

_GOOD = 1.0


def refusals_for_answers(called: str, helpful: str) -> list[Refusal]:
    """Return which of the two questions is not answered."""
    given = {"called": called, "helpful": helpful}
    return [
        Refusal(code="credibility.no_answer", field=field)
        for field, says in given.items()
        if says not in SAYS
    ]


def refusals_for_asking(way: str, *, links: int, has_address: bool, was_mailed: bool) -> list[Refusal]:
    """Return every reason not to make the next link, after so many."""
    is_mail = way == BY_MAIL
    found = (
        (way not in {BY_LINK, BY_MAIL}, Refusal(code="credibility.no_answer")),
        (links >= MOST_LINKS, Refusal(code="credibility.links_made", facts={"most": MOST_LINKS})),
        (is_mail and not has_address, Refusal(code="credibility.no_address")),
        (is_mail and was_mailed, Refusal(code="credibility.mailed_before")),
    )
    return [refusal for applies, refusal in found if applies]


def confirms(called: str, helpful: str) -> bool:
    """Return whether these answers confirm a good report: the colleague called soon, and would be recommended."""
    return (called, helpful) == ("yes", "yes")


def can_be_confirmed(facet: Facet, worth: float) -> bool:
    """Return whether a customer's yes agrees with a report: only with a good one on how a referral was handled."""
    return facet is Facet.HANDLING and worth == _GOOD


def who_spoke(published: float | None, *, is_confirmed: bool) -> str:
    """Return in one word whose voice it is."""
    if published is not None:
        return KNOWN
    return CONFIRMED if is_confirmed else NEW


def lifted(weight: float, constants: Constants, *, is_independent: bool) -> float:
    """Return the weight of a counted report of a new voice once a customer has confirmed it; never less than it was."""
    full = voice(None, constants, is_confirmed=True) * (1.0 if is_independent else constants.mutual_factor)
    return max(weight, full)

"""The first message a newcomer gets: the group's own words, with a few places that are filled in."""

import re
from collections.abc import Mapping

from app.core.errors import Refusal
from app.core.sentences import N_

PLACES: Mapping[str, str] = {
    "first_name": N_("the newcomer’s first name"),
    "group": N_("the group’s name"),
    "contact": N_("the name of their contact"),
    "contact_phone": N_("the contact’s phone number, if it is known"),
    "next_meeting": N_("day, time and place of the next meeting"),
}

USUAL_SUBJECT = N_("Welcome to {group}, {first_name}")
USUAL_BODY = N_(
    "Dear {first_name},\n\nit is good to have you in {group}. {contact} is there for you in the first weeks and "
    "will call you; ask anything. {contact_phone}\n\nWe see each other next at {next_meeting}. You need prepare "
    "nothing: come, listen, and tell us in a minute what you do.\n\nThe members of {group}\n"
)

_PLACE = re.compile(r"\{([^{}\n]*)\}")
LONGEST_SUBJECT, LONGEST_BODY = 150, 4_000


def refusals_for_words(subject: str, body: str) -> list[Refusal]:
    """Return every reason why this message cannot be kept."""
    refusals = []
    for field, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if not text.strip():
            refusals.append(Refusal(code="welcome.words_missing", field=field))
        if len(text) > longest:
            refusals.append(Refusal(code="welcome.too_long", facts={"longest": longest}, field=field))
        unknown = sorted({place for place in _PLACE.findall(text) if place not in PLACES})
        if unknown:
            facts = {
                "unknown": ", ".join(f"{{{one}}}" for one in unknown[:5]),
                "known": ", ".join(f"{{{one}}}" for one in PLACES),
            }
            refusals.append(Refusal(code="welcome.unknown_place", facts=facts, field=field))
    return refusals


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return `text` with its places filled in; a place that has no fact becomes nothing."""
    return _PLACE.sub(lambda found: facts.get(found.group(1), ""), text)

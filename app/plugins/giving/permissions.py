"""Who may do what in giving: every member the same. No office sees more than a colleague does."""

from app.core.sentences import N_
from app.plugin_api import for_members

ASKS_VIEW = "giving:asks:view"
ASKS_ANSWER = "giving:asks:answer"
INTRODUCTION_MAKE = "giving:introduction:make"
OWN_VIEW = "giving:own:view"
WORDS_WRITE = "giving:words:write"

ALL = (
    for_members(ASKS_VIEW, N_("see what members ask for, and ask")),
    for_members(ASKS_ANSWER, N_("answer an ask")),
    for_members(INTRODUCTION_MAKE, N_("introduce two members to each other")),
    for_members(OWN_VIEW, N_("see what they have put in themselves")),
    for_members(WORDS_WRITE, N_("thank a member and write a testimonial")),
)

"""What may be done with lunches, and by whom."""

from app.core.groups.domain.office import Office
from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

ANSWER_GIVE = "lunches:answer:give"
TABLE_BOOK = "lunches:table:book"

ALL = (
    for_members(ANSWER_GIVE, N_("say whether they come to lunch")),
    for_leaders(TABLE_BOOK, N_("book the table for lunch"), Office.VISITOR_HOST),
)

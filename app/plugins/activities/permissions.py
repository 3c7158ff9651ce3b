"""What may be done with one-to-ones and learning units, and by whom."""

from app.core.groups.domain.office import Office
from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

OWN_VIEW = "activities:own:view"
OWN_RECORD = "activities:own:record"
TALK_ARRANGE = "activities:talk:arrange"
PROMISE_KEEP = "activities:promise:keep"
RECORD_EDIT = "activities:record:edit"
RECORD_IMPORT = "activities:record:import"
TOTALS_VIEW = "activities:totals:view"

ALL = (
    for_members(OWN_VIEW, N_("see their own one-to-ones and learning units")),
    for_members(OWN_RECORD, N_("record their own one-to-ones and learning units")),
    for_members(TALK_ARRANGE, N_("arrange one-to-ones")),
    for_members(PROMISE_KEEP, N_("keep promises to themselves")),
    for_leaders(RECORD_EDIT, N_("record one-to-ones and learning units of members"), Office.EDUCATION),
    for_leaders(RECORD_IMPORT, N_("take in one-to-ones and learning units from a file")),
    for_leaders(
        TOTALS_VIEW, N_("see how many one-to-ones and learning units each member has"), Office.EDUCATION
    ),
)

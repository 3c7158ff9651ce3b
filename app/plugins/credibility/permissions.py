"""Who may do what with records: members see colleagues' surfaced records and all of their own; leaders choose the scheme."""

from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

OWN_VIEW = "credibility:own:view"
CUSTOMER_ASK = "credibility:customer:ask"
RECORDS_VIEW = "credibility:records:view"
SCHEME_CHOOSE = "credibility:scheme:choose"

ALL = (
    for_members(OWN_VIEW, N_("see their own record with everything in it, and say whether they take part")),
    for_members(CUSTOMER_ASK, N_("ask the customer of a slip that they gave how it went")),
    for_members(RECORDS_VIEW, N_("see the records of colleagues that have surfaced")),
    for_leaders(SCHEME_CHOOSE, N_("choose by which published scheme records are computed")),
)

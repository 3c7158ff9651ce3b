"""What may be done with referrals, and by whom."""

from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

SLIP_PASS = "referrals:slip:pass"  # noqa: S105 - the name of a permission, no password
SLIP_ANSWER = "referrals:slip:answer"
OWN_VIEW = "referrals:own:view"
BUSINESS_THANK = "referrals:business:thank"
TOTALS_VIEW = "referrals:totals:view"
READOUT_VIEW = "referrals:readout:view"
SLIP_IMPORT = "referrals:slip:import"
REPORT_GIVE = "referrals:report:give"
QUALITY_VIEW = "referrals:quality:view"

ALL = (
    for_members(SLIP_PASS, N_("pass slips")),
    for_members(SLIP_ANSWER, N_("take the steps of slips they gave or received")),
    for_members(OWN_VIEW, N_("see the slips they gave or received")),
    for_members(BUSINESS_THANK, N_("thank for business")),
    for_members(REPORT_GIVE, N_("say in confidence how their slips went")),
    for_leaders(TOTALS_VIEW, N_("see what the group gave, without the slips")),
    for_leaders(READOUT_VIEW, N_("read out at the meeting who passed slips to whom")),
    for_leaders(QUALITY_VIEW, N_("see the shares of the quality check, by quarter")),
    for_leaders(SLIP_IMPORT, N_("take in slips from a file")),
)

"""What may be done with referrals, and by whom."""

from app.core.access.domain.permission import Permission
from app.core.groups.domain.office import Office
from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

SLIP_PASS = "referrals:slip:pass"  # noqa: S105 - the name of a permission, no password
SLIP_ANSWER = "referrals:slip:answer"
OWN_VIEW = "referrals:own:view"
BUSINESS_THANK = "referrals:business:thank"
TOTALS_VIEW = "referrals:totals:view"
READOUT_VIEW = "referrals:readout:view"
SLIP_TYPE_IN = "referrals:slip:type-in"
SLIP_IMPORT = "referrals:slip:import"
HELP_GIVE = "referrals:help:give"

HELPERS = frozenset({Office.PRESIDENT, Office.VICE_PRESIDENT, Office.MEMBERSHIP_COMMITTEE})
"""Who helps where a giver asks for it."""
ANSWER_VIEW = "referrals:answer:view"
NOTE_KEEP = "referrals:note:keep"
SETTINGS_EDIT = "referrals:settings:edit"
PROSPECT_FORGET = "referrals:prospect:forget"
MATRIX_VIEW = "referrals:matrix:view"
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
    for_members(ANSWER_VIEW, N_("see whether referrals of the group become business, without names")),
    for_members(NOTE_KEEP, N_("keep notes of colleagues, for themselves alone")),
    for_leaders(MATRIX_VIEW, N_("see who passed slips to whom, and how far slips come, without any slip")),
    for_leaders(
        PROSPECT_FORGET, N_("have a prospect forgotten who asks for it, without learning who is one")
    ),
    for_leaders(SETTINGS_EDIT, N_("set for how long prospects are kept")),
    for_leaders(QUALITY_VIEW, N_("see the shares of the quality check, by quarter")),
    for_leaders(SLIP_TYPE_IN, N_("type in paper slips for their givers")),
    for_leaders(SLIP_IMPORT, N_("take in slips from a file")),
    Permission(
        name=HELP_GIVE,
        title=N_("help with slips that wait, where the giver asks for it"),
        offices=HELPERS,
    ),
)

"""Who may do what in attendance. Lateness is for the member and the offices, never for colleagues.

Any officer may run a meeting, for leaders fall ill too.
"""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.groups.domain.office import Office
from app.core.sentences import N_

OWN_VIEW = "attendance:own:view"
OWN_SIGN_IN = "attendance:own:sign-in"
OWN_ANSWER = "attendance:own:answer"
GRID_VIEW = "attendance:grid:view"
PALMS_VIEW = "attendance:palms:view"
RECORD_EDIT = "attendance:record:edit"
APOLOGIES_ENTER = "attendance:apologies:enter"
RECORD_IMPORT = "attendance:record:import"
SCREEN_OPEN = "attendance:screen:open"
RULES_EDIT = "attendance:rules:edit"
STANDINGS_VIEW = "attendance:standings:view"
OWN_ASK = "attendance:own:ask"
ASKED_DECIDE = "attendance:asked:decide"
CARE_LEAD = "attendance:care:lead"
TABLETS_EDIT = "attendance:tablets:edit"

PERMISSIONS: tuple[Permission, ...] = (
    for_members(OWN_VIEW, N_("see your own attendance")),
    for_members(OWN_SIGN_IN, N_("sign in at a meeting")),
    for_members(OWN_ANSWER, N_("say beforehand whether you come")),
    for_leaders(APOLOGIES_ENTER, N_("note apologies that members sent"), Office.VISITOR_HOST),
    for_leaders(GRID_VIEW, N_("see who came when"), Office.MEMBERSHIP_COMMITTEE, Office.VISITOR_HOST),
    for_leaders(PALMS_VIEW, N_("see PALMS"), Office.MEMBERSHIP_COMMITTEE),
    for_leaders(RECORD_EDIT, N_("keep the record of a meeting"), *Office),
    for_leaders(RECORD_IMPORT, N_("bring attendance from a file")),
    for_leaders(SCREEN_OPEN, N_("open the room's screen"), *Office),
    for_leaders(RULES_EDIT, N_("set the rules of attendance")),
    for_leaders(STANDINGS_VIEW, N_("see where members stand under the rules"), Office.MEMBERSHIP_COMMITTEE),
    for_members(OWN_ASK, N_("ask for an excuse or a leave")),
    for_leaders(ASKED_DECIDE, N_("decide on excuses and leave"), Office.MEMBERSHIP_COMMITTEE),
    Permission(
        name=CARE_LEAD,
        title=N_("look after members whose attendance changes, in confidence"),
        offices=frozenset({Office.MEMBERSHIP_COMMITTEE, Office.VICE_PRESIDENT, Office.PRESIDENT}),
    ),
    for_leaders(TABLETS_EDIT, N_("register tablets and say what they ask")),
)

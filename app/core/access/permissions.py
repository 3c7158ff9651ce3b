"""The permissions of core's own pages."""

from app.core.access.domain.permission import for_leaders, for_members
from app.core.groups.domain.office import Office
from app.core.sentences import N_

HOME_VIEW = "group:home:view"
MEMBERS_VIEW = "group:members:view"
MEETINGS_VIEW = "group:meetings:view"
MEETINGS_EDIT = "group:meetings:edit"
NOTICES_VIEW = "group:notices:view"
SETTINGS_EDIT = "group:settings:edit"
OFFICES_EDIT = "group:offices:edit"
HANDOVER_VIEW = "group:handover:view"
OFFERS_ANSWER = "group:offers:answer"
MEMBERS_EDIT = "group:members:edit"
IMPORT_RUN = "group:import:run"

CORE_PERMISSIONS = (
    for_members(HOME_VIEW, N_("open the group's home page")),
    for_members(MEMBERS_VIEW, N_("see the members of the group")),
    for_members(MEETINGS_VIEW, N_("see the calendar of meetings")),
    for_leaders(MEETINGS_EDIT, N_("move and cancel meetings, and change where they are")),
    for_members(NOTICES_VIEW, N_("read their own notices")),
    for_members(HANDOVER_VIEW, N_("see what is open in an office they hold or follow in")),
    for_members(OFFERS_ANSWER, N_("answer when they are asked to take an office")),
    for_leaders(SETTINGS_EDIT, N_("change the settings of the group")),
    for_leaders(OFFICES_EDIT, N_("give offices and end them")),
    for_leaders(
        MEMBERS_EDIT, N_("take members in, invite them and let them go"), Office.MEMBERSHIP_COMMITTEE
    ),
    for_leaders(IMPORT_RUN, N_("import rosters and attendance")),
)

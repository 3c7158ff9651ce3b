"""Who may do what with profiles: members read and write their own; offices at the door print badges."""

from app.core.groups.domain.office import Office
from app.core.sentences import N_
from app.plugin_api import for_leaders, for_members

NAMES_VIEW = "profiles:names:view"
OWN_EDIT = "profiles:own:edit"
BADGES_PRINT = "profiles:badges:print"

ALL = (
    for_members(NAMES_VIEW, N_("see what members tell of themselves, and practise names")),
    for_members(OWN_EDIT, N_("write their own profile")),
    for_leaders(BADGES_PRINT, N_("print name badges"), Office.VISITOR_HOST, Office.MEMBERSHIP_COMMITTEE),
)

"""Who may do what in joining. What a committee reads of an application is narrowed further in the services, by member."""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.groups.domain.office import Office
from app.core.sentences import N_

SEATS_VIEW = "joining:seats:view"
SEATS_EDIT = "joining:seats:edit"
APPLICATIONS_VIEW = "joining:applications:view"
SETTINGS_EDIT = "joining:settings:edit"

PERMISSIONS: tuple[Permission, ...] = (
    for_members(SEATS_VIEW, N_("see which seats are held and which are wanted")),
    for_leaders(SEATS_EDIT, N_("write the list of wanted seats"), Office.MEMBERSHIP_COMMITTEE),
    for_leaders(APPLICATIONS_VIEW, N_("see who has applied"), Office.MEMBERSHIP_COMMITTEE),
    for_leaders(SETTINGS_EDIT, N_("set how people apply and how it is decided")),
)

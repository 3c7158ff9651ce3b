"""Who may do what with dues: the three who run the group see all of them, everybody else their own alone."""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.sentences import N_

ENTRIES_EDIT = "dues:entries:edit"
OWN_VIEW = "dues:own:view"

PERMISSIONS: tuple[Permission, ...] = (
    for_leaders(ENTRIES_EDIT, N_("see and note who has paid what until when")),
    for_members(OWN_VIEW, N_("see their own dues")),
)

"""Who may do what in the welcome. A visitor's contact is for the offices and the member who invited them."""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.groups.domain.office import Office
from app.core.sentences import N_

VISITOR_NOTE = "welcome:visitor:note"
VISITORS_EDIT = "welcome:visitors:edit"
NEWCOMERS_VIEW = "welcome:newcomers:view"
WORDS_EDIT = "welcome:words:edit"
PAGE_EDIT = "welcome:page:edit"

PERMISSIONS: tuple[Permission, ...] = (
    for_members(VISITOR_NOTE, N_("note a visitor")),
    for_leaders(
        VISITORS_EDIT,
        N_("see how visitors can be reached and complete what is known of them"),
        Office.VISITOR_HOST,
        Office.MEMBERSHIP_COMMITTEE,
    ),
    for_leaders(
        NEWCOMERS_VIEW,
        N_("see who joined lately and who is there for them"),
        Office.MEMBERSHIP_COMMITTEE,
        Office.MENTOR,
    ),
    for_leaders(PAGE_EDIT, N_("write and open the public page for visitors"), Office.VISITOR_HOST),
    for_leaders(WORDS_EDIT, N_("write the first message that newcomers get"), Office.MEMBERSHIP_COMMITTEE),
)

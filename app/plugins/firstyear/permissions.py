"""Who may do what in the first year. What was said in a talk is for the two, and for the committee where they chose so."""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.groups.domain.office import Office
from app.core.sentences import N_

OWN_VIEW = "firstyear:own:view"
STAYS_KEEP = "firstyear:stays:keep"
WORDS_READ = "firstyear:words:read"
EXITS_READ = "firstyear:exits:read"

PERMISSIONS: tuple[Permission, ...] = (
    for_members(OWN_VIEW, N_("see the own first year and the newcomers in one’s care")),
    for_leaders(
        STAYS_KEEP,
        N_("look after the first year of newcomers: induction, mentors, dates of talks"),
        Office.MEMBERSHIP_COMMITTEE,
    ),
    Permission(
        name=WORDS_READ,
        title=N_("read what was written of a talk for the membership committee"),
        offices=frozenset({Office.MEMBERSHIP_COMMITTEE}),
    ),
    for_leaders(EXITS_READ, N_("read what leavers answered, and say that nothing is asked")),
)

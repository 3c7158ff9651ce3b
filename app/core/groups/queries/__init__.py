"""Reading groups: where a person stands, who is a member on a day, who holds which office."""

from app.core.groups.domain.standing import GroupChoice
from app.core.groups.queries.members import (
    MemberLine,
    all_members,
    belonging,
    member_by_key,
    member_by_public_id,
    members_between,
    members_on,
)
from app.core.groups.queries.offices import OfficeTermLine, office_holders, office_terms, offices_of_members
from app.core.groups.queries.standing import all_groups, group_by_slug, groups_of, standing_of, switched_on

__all__ = [
    "GroupChoice",
    "MemberLine",
    "OfficeTermLine",
    "all_groups",
    "all_members",
    "belonging",
    "group_by_slug",
    "groups_of",
    "member_by_key",
    "member_by_public_id",
    "members_between",
    "members_on",
    "office_holders",
    "office_terms",
    "offices_of_members",
    "standing_of",
    "switched_on",
]

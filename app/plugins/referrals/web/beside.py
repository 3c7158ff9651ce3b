"""What stands beside the choice of a receiver: what lies between the two, and what other plugins bring there."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import NotFound
from app.core.groups.queries import MemberLine, member_by_public_id
from app.http.page import Answer, GroupPage
from app.http.parts import Part
from app.plugins.referrals.queries.boxes import Dealings, dealings_between
from app.plugins.referrals.queries.parties import is_member

_NO_LINES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A receiver who may be chosen, the viewer's own dealings with them, and the plugins' parts."""

    member: MemberLine
    dealings: Dealings
    parts: Sequence[Part]


def beside_choice(page: GroupPage, member: str) -> Answer:
    """Answer the part alone, for a page on which somebody was just chosen."""
    found = beside_of(page, member)
    if found is None:
        raise NotFound
    return page.render("referrals/_beside.html", beside=found)


def beside_of(page: GroupPage, receiver: str) -> Beside | None:
    """Return what stands beside that choice; None where it names nobody of today's colleagues."""
    session, group_id, viewer = page.work.session, page.group.id, page.viewer.member_id
    line = member_by_public_id(session, group_id, receiver) if receiver else None
    if line is None or line.id == viewer or not is_member(session, group_id, line.id, page.today):
        return None
    return Beside(
        member=line,
        dealings=dealings_between(session, group_id, viewer, line.id, _NO_LINES, now=page.work.now),
        parts=page.receiver_parts(line),
    )

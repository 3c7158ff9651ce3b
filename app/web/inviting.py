"""What every invitation from a page of the group shares: who invites, and the address that its links open."""

from app.core.access.services.invitations import Inviting
from app.http.links import code_key, link_address
from app.http.page import GroupPage


def inviting(page: GroupPage) -> Inviting:
    """Return the group, the viewer as the one who invites, and how links and codes are made."""
    return Inviting(group=page.group, by=page.viewer.member_id, address=link_address(), key=code_key())

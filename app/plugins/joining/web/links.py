"""How the links of joining are made, with a request or without one, and the signed word of who a visitor is."""

from flask import current_app

from app.core.groups.domain.standing import Group
from app.http.outside import absolute, path_of, signed_in
from app.plugins.joining.services.links import MARK, Links

_VISITOR = "joining visitor 1"


def links_of(group: Group) -> Links:
    """Return how addresses are made for the mails of the group."""
    return Links(
        key=str(current_app.config["SECRET_KEY"]).encode(),
        applicant=absolute(path_of("visit.joining.own", group, secret=MARK)),
        referee=absolute(path_of("visit.joining.refer", group, secret=MARK)),
        base=absolute(""),
        slug=group.slug,
    )


def visitor_token(group: Group, visitor_public_id: str) -> str:
    """Return what stands in the link with which a visitor applies: nobody else can make it."""
    return signed_in(group, _VISITOR).token(visitor_public_id)


def visitor_of(group: Group, token: str) -> str:
    """Return the public id of the visitor who came by such a link, or nothing."""
    try:
        told = signed_in(group, _VISITOR).read(token) if token else ""
    except ValueError:
        return ""
    return told if isinstance(told, str) else ""

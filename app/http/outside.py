"""What a page would give, where there may be no page, as in a job: addresses, signed links, the answers of other plugins."""

from typing import Any

from flask import current_app

from app.core.access.signed import Signed
from app.core.groups.domain.standing import Group
from app.core.groups.queries import switched_on
from app.core.work import UnitOfWork
from app.http.page import House, ReadProtocol

ANSWERS = "givefirst.house"
"""The application's extension that answers what a page asks of the house."""


def path_of(endpoint: str, group: Group, **values: Any) -> str:
    """Return the path of a page of the group, from the map of addresses alone; `endpoint` begins with its realm."""
    return str(current_app.url_map.bind("").build(endpoint, {"group": group.slug, **values}))


def absolute(path: str) -> str:
    """Return the path as a whole address of this house, as it stands in mails."""
    return f"{current_app.config['GIVEFIRST_BASE_URL']}{path}"


def signed_in(group: Group, purpose: str) -> Signed:
    """Return who signs links of the group for that purpose, with the key of this house."""
    return Signed(str(current_app.config["SECRET_KEY"]), purpose=purpose, group_id=group.id)


def reader(work: UnitOfWork, group: Group, protocol: type[ReadProtocol]) -> ReadProtocol | None:
    """Return who answers a plugin's read protocol in the group, or None where that plugin is off: for jobs and handlers."""
    house: House = current_app.extensions[ANSWERS]
    return house.reader(work, switched_on(work.session, group.id), protocol)

"""Addresses and signed links made where there may be no request, as in a job that writes mails."""

from typing import Any

from flask import current_app

from app.core.access.signed import Signed
from app.core.groups.domain.standing import Group


def path_of(endpoint: str, group: Group, **values: Any) -> str:
    """Return the path of a page of the group, from the map of addresses alone; `endpoint` begins with its realm."""
    return str(current_app.url_map.bind("").build(endpoint, {"group": group.slug, **values}))


def absolute(path: str) -> str:
    """Return the path as a whole address of this house, as it stands in mails."""
    return f"{current_app.config['GIVEFIRST_BASE_URL']}{path}"


def signed_in(group: Group, purpose: str) -> Signed:
    """Return who signs links of the group for that purpose, with the key of this house."""
    return Signed(str(current_app.config["SECRET_KEY"]), purpose=purpose, group_id=group.id)

"""The addresses of the pages that mailed links open, and the key under which the codes beside them are kept."""

from flask import current_app, url_for

from app.core.access.domain.code import CodeKey
from app.core.access.services.links import LINK_MARK, LinkAddress


def link_address(wanted: str = "", *, endpoint: str = "account.link") -> LinkAddress:
    """Return the absolute address of the page that mailed links open; it begins with the base URL of the settings.

    `wanted` is the path of this house to go on to from there, or empty.
    """
    path = url_for(endpoint, token=LINK_MARK)
    return LinkAddress(template=f"{current_app.config['GIVEFIRST_BASE_URL']}{path}", wanted=wanted)


def code_key() -> CodeKey:
    """Return the secret of this installation under which mailed codes are kept."""
    return CodeKey(current_app.config["SECRET_KEY"].encode())

"""The address of the page that mailed links open."""

from flask import current_app, url_for

from app.core.access.services.accounts import LINK_MARK, LinkAddress


def link_address() -> LinkAddress:
    """Return the absolute address of the page that mailed links open; it begins with the base URL of the settings."""
    path = url_for("account.link", token=LINK_MARK)
    return LinkAddress(template=f"{current_app.config['GIVEFIRST_BASE_URL']}{path}")

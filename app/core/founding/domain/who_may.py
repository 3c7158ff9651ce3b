"""Who may found a group: the network's own choice."""

from enum import StrEnum

from app.core.sentences import N_


class Founding(StrEnum):
    """Who may found a group in this network. The value is what the database keeps."""

    ANYONE = "anyone"
    ACCOUNTS = "accounts"
    ADMINS = "admins"


FOUNDING_TITLES = {
    Founding.ANYONE: N_("Anyone who proves a mail address"),
    Founding.ACCOUNTS: N_("People who are signed in"),
    Founding.ADMINS: N_("The administrators of this network"),
}


def may_found(choice: Founding, *, is_signed_in: bool, is_site_admin: bool) -> bool:
    """Return whether somebody may found a group where the network chose `choice`."""
    if choice is Founding.ANYONE or is_site_admin:
        return True
    return choice is Founding.ACCOUNTS and is_signed_in

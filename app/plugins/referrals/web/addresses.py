"""Where the pages of referrals are found, for notices and mail."""

from app.http.page import GroupPage, Page
from app.plugins.referrals.services.telling import Addresses


def of_slip(page: Page, slip: str) -> Addresses:
    """Return where the slip is found."""
    return Addresses(
        path=page.url_in("group", "referrals.slip", slip=slip),
        link=page.url_in("group", "referrals.slip", slip=slip, absolute=True),
    )


def of_thanks(page: GroupPage) -> Addresses:
    """Return where one's thank-yous are found."""
    return Addresses(path=page.url("referrals.thanks"), link=page.url("referrals.thanks", absolute=True))

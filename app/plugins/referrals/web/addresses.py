"""Where the pages of referrals are found, for notices and mail."""

from app.http.page import GroupPage, Page
from app.plugins.referrals.services.telling import Addresses


def of_slip(page: Page, slip: str) -> Addresses:
    """Return where the slip is found."""
    return Addresses(
        path=page.url_in("group", "referrals.slip", slip=slip),
        link=page.url_in("group", "referrals.slip", slip=slip, absolute=True),
    )


def of_thank_you(page: GroupPage, thanks: str) -> Addresses:
    """Return where the thank-you is found."""
    return Addresses(
        path=page.url("referrals.thank_you", thanks=thanks),
        link=page.url("referrals.thank_you", thanks=thanks, absolute=True),
    )

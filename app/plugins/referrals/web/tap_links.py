"""The links of mails that say one thing with one tap: signed by this house for one group, so that no account is needed."""

from datetime import UTC, datetime

from app.core.groups.domain.standing import Group
from app.http.outside import signed_in
from app.plugins.referrals.domain.taps import LinkedTap, Tap

_PURPOSE = "referrals tap 1"


def token_of(group: Group, linked: LinkedTap) -> str:
    """Return the token that stands in the address of a link."""
    expires = int(linked.expires_at.timestamp())
    return signed_in(group, _PURPOSE).token(
        [linked.tap.value, linked.slip, linked.member, linked.seen, expires]
    )


def read_token(group: Group, token: str) -> LinkedTap | None:
    """Return what a token stands for, or None where this house did not sign it for this group."""
    try:
        tap, slip, member, seen, expires = signed_in(group, _PURPOSE).read(token)
        return LinkedTap(
            tap=Tap(tap),
            slip=slip,
            member=member,
            seen=seen,
            expires_at=datetime.fromtimestamp(expires, UTC),
        )
    except (ValueError, TypeError):
        return None

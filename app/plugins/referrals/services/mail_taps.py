"""The links of mails that say one thing with one tap: signed by this house for one group, so that no account is needed."""

import hashlib
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer

from app.core.ids import GroupId
from app.plugins.referrals.domain.taps import LinkedTap, Tap

_PURPOSE = "referrals tap 1"


def token_of(secret_key: str, group_id: GroupId, linked: LinkedTap) -> str:
    """Return the token that stands in the address of a link."""
    expires = int(linked.expires_at.timestamp())
    told = [linked.tap.value, linked.slip, linked.member, linked.seen, expires]
    return str(_tokens(secret_key, group_id).dumps(told))


def read_token(secret_key: str, group_id: GroupId, token: str) -> LinkedTap | None:
    """Return what a token stands for, or None where this house did not sign it for this group."""
    try:
        tap, slip, member, seen, expires = _tokens(secret_key, group_id).loads(token)
        return LinkedTap(
            tap=Tap(tap),
            slip=slip,
            member=member,
            seen=seen,
            expires_at=datetime.fromtimestamp(expires, UTC),
        )
    except (BadData, ValueError, TypeError):
        return None


def _tokens(secret_key: str, group_id: GroupId) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret_key, salt=f"{_PURPOSE} {group_id}", signer_kwargs={"digest_method": hashlib.sha256}
    )

"""The keys of the door, each derived from the installation's secret, so that none of them gives another away."""

from typing import Any

from flask import current_app

from app.plugins.attendance.domain.door import key_for_personal_codes
from app.plugins.attendance.domain.tablet_events import key_for_anchors


def secret_key() -> bytes:
    """Return the installation's secret."""
    secret: Any = current_app.config["SECRET_KEY"]
    return secret.encode() if isinstance(secret, str) else bytes(secret)


def anchor_key() -> bytes:
    """Return the key that signs the contacts of tablets."""
    return key_for_anchors(secret_key())


def personal_code_key() -> bytes:
    """Return the key that members' personal codes are made of."""
    return key_for_personal_codes(secret_key())

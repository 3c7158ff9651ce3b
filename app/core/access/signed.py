"""What stands in the links of this house's mails: signed for one purpose in one group, so that no account is needed."""

import hashlib
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from app.core.ids import GroupId


class Signed:
    """Makes and reads what only this house can have written, for one purpose in one group.

    A token of another purpose or group is none here. Nothing in it is secret, and it does not expire by itself: who
    makes one says in it how long it is good. `purpose` ends in a number, to be raised when what is told changes.
    """

    def __init__(self, secret_key: str, *, purpose: str, group_id: GroupId) -> None:
        """Sign with `secret_key` for that purpose and group."""
        self._serializer = URLSafeSerializer(
            secret_key, salt=f"{purpose} {group_id}", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def token(self, told: Any) -> str:
        """Return `told`, a list or value that JSON can hold, as it stands in an address."""
        return str(self._serializer.dumps(told))

    def read(self, token: str) -> Any:
        """Return what was told; ValueError where this house did not sign it for this purpose and group."""
        try:
            return self._serializer.loads(token)
        except BadData as unsigned:
            message = "not signed here"
            raise ValueError(message) from unsigned

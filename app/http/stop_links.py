"""The signed link under a mail that can wait: whose mails, about what, and until when the link is good."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app

from app.core.access.signed import Signed
from app.core.ids import GroupId
from app.core.notices.stopping import StopLine, Stoppable
from app.http.outside import absolute

STOP_LINK_LIVES = timedelta(days=400)
"""A mail found again after a year still stops what it belongs to."""

_PURPOSE = "stop mails 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopToken:
    """What a link says: which member, which mails, good until when. It opens nothing else."""

    member: str
    what: Stoppable
    expires_at: datetime


def stop_link(line: StopLine) -> str:
    """Return the whole address at which the reader of that mail stops such mails; there may be no request."""
    expires = int((line.written_at + STOP_LINK_LIVES).timestamp())
    token = _signed(line.group_id).token([line.member_public_id, line.what.value, expires])
    parts = {"group": line.group_slug, "token": token}
    return absolute(str(current_app.url_map.bind("").build("stop.stop", parts)))


def read_stop_token(group_id: GroupId, token: str) -> StopToken | None:
    """Return what a token stands for, or None where this house did not sign it for this group."""
    try:
        member, what, expires = _signed(group_id).read(token)
        return StopToken(
            member=str(member), what=Stoppable(what), expires_at=datetime.fromtimestamp(expires, UTC)
        )
    except (ValueError, TypeError):
        return None


def _signed(group_id: GroupId) -> Signed:
    return Signed(str(current_app.config["SECRET_KEY"]), purpose=_PURPOSE, group_id=group_id)

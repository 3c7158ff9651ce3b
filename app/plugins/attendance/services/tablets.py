"""A leader registers a tablet by a one-time code, takes its right away, and says what the door asks."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from app.core.access.services.devices import open_device, revoke_device, trade_pass
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.door import CODE_GOOD_FOR, CODE_LENGTH, TABLET_LIVES, Door
from app.plugins.attendance.domain.room_code import ALPHABET, as_typed
from app.plugins.attendance.interface import DoorChanged
from app.plugins.attendance.queries.door import TABLET_KIND, TabletLine, tablet_of_code, tablets_of
from app.plugins.attendance.store_door import add_tablet, forget_names, save_door

_BITS_PER_LETTER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTablet:
    """A leader's wish for one more tablet. `secret` belongs to this filling-in of the form and makes the code."""

    group_id: GroupId
    leader_id: MemberId
    label: str
    public_id: str
    secret: str


def register_tablet(work: UnitOfWork, command: RegisterTablet) -> None:
    """Open a tablet whose one-time code is typed on the machine within half an hour. Commits."""
    label = command.label.strip()
    if not label:
        raise Refused([Refusal(code="attendance.tablet_needs_name", field="label")])
    opened = open_device(
        work,
        group_id=command.group_id,
        kind=TABLET_KIND,
        label=label,
        opened_by=command.leader_id,
        expires_at_utc=work.now + TABLET_LIVES,
        one_time_pass=code_of(command.secret),
    )
    add_tablet(
        work.session,
        command.group_id,
        opened.id,
        public_id=command.public_id,
        code_expires_at=work.now + CODE_GOOD_FOR,
    )
    work.commit()


def code_of(secret: str) -> str:
    """Return the one-time code that a secret makes: eight letters and digits without look-alikes, 40 bits."""
    digest = hmac.digest(secret.encode(), b"givefirst tablet code 1", hashlib.sha256)
    number = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[(number >> (_BITS_PER_LETTER * place)) & 31] for place in range(CODE_LENGTH))


def become_tablet(work: UnitOfWork, group_id: GroupId, typed: str) -> tuple[str, datetime]:
    """Trade a typed code for the tablet's own token; return it and until when it is good. Commits.

    Refused as `attendance.tablet_code_over` where the code was typed before, is late, or never was.
    """
    code = as_typed(typed)
    if tablet_of_code(work.session, group_id, code, work.now) is None:
        raise Refused([Refusal(code="attendance.tablet_code_over", field="code")])
    try:
        traded = trade_pass(work, group_id=group_id, one_time_pass=code)
    except Refused as quicker:
        raise Refused([Refusal(code="attendance.tablet_code_over", field="code")]) from quicker
    work.commit()
    return traded


def revoke_tablet(work: UnitOfWork, group_id: GroupId, public_id: str) -> TabletLine:
    """Take a tablet's right away: it is out at its next contact, and forgets its names. Commits."""
    tablet = tablet_named(work, group_id, public_id)
    revoke_device(work, group_id=group_id, device_id=tablet.device_id)
    work.commit()
    return tablet


def tablet_named(work: UnitOfWork, group_id: GroupId, public_id: str) -> TabletLine:
    """Return the group's tablet with that public id; a revoked one is not there."""
    found = next(
        (one for one in tablets_of(work.session, group_id, work.now) if one.public_id == public_id), None
    )
    if found is None:
        raise NotFound
    return found


def change_door(work: UnitOfWork, group_id: GroupId, door: Door, *, seen_version: int) -> None:
    """Say what the tablet asks; refused as `attendance.changed_meanwhile` where somebody was quicker. Commits."""
    if not save_door(work.session, group_id, door, seen_version=seen_version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    work.record(DoorChanged(group_id=group_id, asks=door.asks.value, guests_allowed=door.guests_allowed))
    work.commit()


def forget_guests(work: UnitOfWork, group: Group) -> int:
    """Forget the names of guests whose time has come; return how many. The caller commits."""
    return forget_names(work.session, group.id, local_day(work.now, group.zone))

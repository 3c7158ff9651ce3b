"""A member sets a PIN for the tablet, and has a personal code made, shown again and renewed."""

from app.core.access.domain.secret import hash_of
from app.core.access.hashing import hash_password
from app.core.errors import Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.door import personal_code, refusals_for_pin
from app.plugins.attendance.queries.door import member_key
from app.plugins.attendance.store_door import keep_key


def set_pin(work: UnitOfWork, group_id: GroupId, member_id: MemberId, *, pin: str, again: str) -> None:
    """Keep the PIN as its hash; refused with every reason at once. Commits."""
    if refusals := refusals_for_pin(pin, again):
        raise Refused(refusals)
    # Nobody waits for the database while the hash is made.
    work.rollback()
    kept = hash_password(pin)
    keep_key(work.session, group_id, member_id, {"pin_hash": kept, "pin_set_at_utc": work.now})
    work.commit()


def remove_pin(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> None:
    """Forget the PIN. Commits."""
    keep_key(work.session, group_id, member_id, {"pin_hash": None, "pin_set_at_utc": None})
    work.commit()


def renew_code(work: UnitOfWork, key: bytes, group_id: GroupId, member_id: MemberId) -> None:
    """Make the member another personal code; the one before opens nothing from now on. Commits."""
    serial = member_key(work.session, group_id, member_id).code_serial + 1
    code = personal_code(key, group_id, member_id, serial)
    keep_key(work.session, group_id, member_id, {"code_hash": hash_of(code), "code_serial": serial})
    work.commit()


def code_shown(work: UnitOfWork, key: bytes, group_id: GroupId, member_id: MemberId) -> str:
    """Return the member's personal code as it stands; nothing where none was made."""
    held = member_key(work.session, group_id, member_id)
    if held.code_hash is None:
        return ""
    code = personal_code(key, group_id, member_id, held.code_serial)
    # After the installation's secret was changed, the old code can no longer be made: a new one is asked for.
    return code if hash_of(code) == held.code_hash else ""

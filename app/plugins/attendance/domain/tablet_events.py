"""What does a tablet send: which events can be read, what is the hash of each, and was this contact signed by the house?

The hash is SHA-256 over the canonical JSON of every field but `hash`: keys sorted at every level, no spaces, UTF-8.
A reader in another language comes to the same bytes as long as numbers are whole, so others are refused.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from app.core.ids import DeviceId, GroupId
from app.plugins.attendance.domain.interval_rule import Anchor

LONGEST_TEXT = 200
LONGEST_SEALED = 600
_LONGEST_CODE = 40
_GREATEST_NUMBER = 10**11
"""Three years in milliseconds: longer than any page runs, and far from where instants end."""
_BOOT = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_PURPOSE = b"givefirst attendance tablet anchor 1"

Code = TypeVar("Code", bound=StrEnum)


class Kind(StrEnum):
    """As what somebody signs in at the tablet."""

    MEMBER = "member"
    SUBSTITUTE = "substitute"
    VISITOR = "visitor"
    GUEST = "guest"
    OBSERVER = "observer"


GUESTS = frozenset({Kind.VISITOR, Kind.GUEST, Kind.OBSERVER})
"""Who is no member and stands in for nobody: a name on the list of the day, without letter and verdict."""


class ProofKind(StrEnum):
    """What a member adds to their name."""

    PIN = "pin"
    CODE = "code"


class UnreadableError(ValueError):
    """What was sent is no event, anchor or upload of this protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A PIN or personal code, sealed to the house's key; `ephemeral` is the sender's point (x, y), all base64url."""

    kind: ProofKind
    sealed: str
    iv: str
    ephemeral: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletEvent:
    """One tap as the tablet wrote it down. `wall` is its clock's word, for information only.

    `hash` is made here of the content; `claimed_hash` is the one it brought.
    """

    boot: str
    sequence: int
    reading_ms: int
    meeting: str
    kind: Kind
    member: str
    name: str
    firm: str
    proof: Proof | None
    wall: datetime | None
    previous: str
    hash: str
    claimed_hash: str


def event_read(data: Any) -> TabletEvent:
    """Return the event that `data`, parsed JSON, holds; raises UnreadableError."""
    if not isinstance(data, Mapping):
        raise UnreadableError("An event is an object.")
    kind = _one_of(Kind, data.get("kind"))
    event = TabletEvent(
        boot=boot_read(data.get("boot")),
        sequence=number_read(data.get("seq"), least=1),
        reading_ms=number_read(data.get("m")),
        meeting=_text(data.get("meeting"), _LONGEST_CODE),
        kind=kind,
        member=_text(data.get("member"), _LONGEST_CODE),
        name=" ".join(_text(data.get("name"), LONGEST_TEXT).split()),
        firm=" ".join(_text(data.get("firm"), LONGEST_TEXT).split()),
        proof=_proof_read(data.get("proof")),
        wall=_wall_read(data.get("wall")),
        previous=_hash_read(data.get("prev"), may_be_empty=True),
        hash=content_hash(data),
        claimed_hash=_hash_read(data.get("hash")),
    )
    _refuse_nobody(event)
    return event


def content_hash(data: Mapping[str, Any]) -> str:
    """Return the hash of an event's content: of every field but `hash`."""
    rest = {name: value for name, value in data.items() if name != "hash"}
    try:
        return hashlib.sha256(canonical(rest)).hexdigest()
    except (TypeError, ValueError) as odd:
        raise UnreadableError("An event holds text and whole numbers only.") from odd


def canonical(value: Any) -> bytes:
    """Return the one spelling of `value` in JSON; a fraction raises TypeError, a broken character ValueError."""
    _refuse_fractions(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def key_for_anchors(secret_key: bytes) -> bytes:
    """Return the key that signs contacts, derived from the installation's secret so that neither gives the other away."""
    return hmac.digest(secret_key, _PURPOSE, "sha256")


def signature_of(
    key: bytes, group_id: GroupId, device_id: DeviceId, *, boot: str, server_at: datetime, sent_ms: int
) -> str:
    """Return what vouches that the house answered this page run of this device at that instant."""
    said = f"{group_id}:{device_id}:{boot}:{instant_written(server_at)}:{sent_ms}"
    return hmac.digest(key, said.encode(), "sha256").hex()


def anchor_read(data: Any, key: bytes, group_id: GroupId, device_id: DeviceId) -> Anchor | None:
    """Return the contact that `data` holds; None where the house never signed it. Raises UnreadableError."""
    if not isinstance(data, Mapping):
        raise UnreadableError("An anchor is an object.")
    server_at = _instant_read(data.get("s"))
    boot, sent = boot_read(data.get("boot")), number_read(data.get("m"))
    signed = signature_of(key, group_id, device_id, boot=boot, server_at=server_at, sent_ms=sent)
    if not hmac.compare_digest(signed.encode(), _text(data.get("sig"), 100).encode()):
        return None
    got = None if data.get("got") is None else number_read(data.get("got"))
    return Anchor(boot=boot, server_at=server_at, sent_ms=sent, got_ms=got)


def instant_written(instant: datetime) -> str:
    """Return an instant as the tablet gets it: UTC with milliseconds."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def boot_read(value: Any) -> str:
    """Return the name of a page run; raises UnreadableError."""
    if not isinstance(value, str) or not _BOOT.fullmatch(value):
        raise UnreadableError("A page run is named by 32 hexadecimal digits.")
    return value


def number_read(value: Any, *, least: int = 0) -> int:
    """Return a whole number of a size that makes sense; raises UnreadableError."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _GREATEST_NUMBER:
        raise UnreadableError(f"{value!r} is no whole number from {least}.")
    return value


def _refuse_nobody(event: TabletEvent) -> None:
    by_code = event.proof is not None and event.proof.kind is ProofKind.CODE
    if event.kind in {Kind.MEMBER, Kind.SUBSTITUTE} and not event.member and not by_code:
        raise UnreadableError("It says neither whose name was tapped nor whose code was read.")
    if event.kind is not Kind.MEMBER and not event.name:
        raise UnreadableError("Somebody who is no member gives a name.")


def _proof_read(data: Any) -> Proof | None:
    if data is None:
        return None
    ephemeral = data.get("ephemeral") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(ephemeral, Mapping):
        raise UnreadableError("A proof is an object with an ephemeral key.")
    return Proof(
        kind=_one_of(ProofKind, data.get("kind")),
        sealed=_text(data.get("sealed"), LONGEST_SEALED),
        iv=_text(data.get("iv"), _LONGEST_CODE),
        ephemeral=(_text(ephemeral.get("x"), 100), _text(ephemeral.get("y"), 100)),
    )


def _one_of(kinds: type[Code], value: Any) -> Code:
    try:
        return kinds(value)
    except ValueError as unknown:
        raise UnreadableError(f"{value!r} is none of {', '.join(kinds)}.") from unknown


def _text(value: Any, longest: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise UnreadableError(f"A text of at most {longest} characters was expected.")
    return value


def _hash_read(value: Any, *, may_be_empty: bool = False) -> str:
    text = _text(value, 64)
    if not (_HASH.fullmatch(text) or (may_be_empty and not text)):
        raise UnreadableError("A hash has 64 hexadecimal digits.")
    return text


def _wall_read(value: Any) -> datetime | None:
    """Return what the device's clock said, where it can be read at all: it decides nothing."""
    try:
        found = _instant_read(value)
    except UnreadableError:
        return None
    return found if found.year > 1 else None


def _instant_read(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value, _LONGEST_CODE))
    except ValueError as odd:
        raise UnreadableError(f"{value!r} is no instant.") from odd
    if found.tzinfo is None:
        raise UnreadableError(f"{value!r} names no zone.")
    return found.astimezone(UTC) if 1 < found.year < 9999 else found.replace(tzinfo=UTC)


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is no whole number.")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_fractions(part)

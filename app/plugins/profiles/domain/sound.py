"""What kind of recording is this, and how long does it last? Told by its bytes alone, never by its name."""

import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from app.core.errors import Refusal

MOST_BYTES: Final = 300_000
MOST_SECONDS: Final = 10
_A_BREATH_MORE: Final = 1.5
"""A recorder that is stopped after ten seconds writes a little more."""

_HEAD: Final = 4096
_OPUS_RATE: Final = 48_000
_MP4_BRANDS: Final = (
    b"M4A ",
    b"M4B ",
    b"mp41",
    b"mp42",
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"dash",
)
_EBML: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT, _CLUSTER, _TIMECODE, _INFO = 0x18538067, 0x1F43B675, 0xE7, 0x1549A966
_SIMPLE_BLOCK, _BLOCK_GROUP, _BLOCK, _SCALE = 0xA3, 0xA0, 0xA1, 0x2AD7B1
_GOES_INTO: Final = frozenset({_SEGMENT, _CLUSTER, _BLOCK_GROUP, _INFO})


class SoundKind(StrEnum):
    """A kind of recording that browsers play. The value is its media type."""

    WEBM = "audio/webm"
    OGG = "audio/ogg"
    MP4 = "audio/mp4"

    @property
    def ending(self) -> str:
        """The usual ending of such a file."""
        return {"audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a"}[self.value]


def kind_of(raw: bytes) -> SoundKind | None:
    """Return the kind of a recording by its first bytes, or None where it is none of those that are kept."""
    head = raw[:_HEAD]
    if head.startswith(_EBML) and b"webm" in head[:64]:
        return SoundKind.WEBM
    if head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head):
        return SoundKind.OGG
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return SoundKind.MP4
    return None


def seconds_of(raw: bytes, kind: SoundKind) -> float | None:
    """Return how long a recording lasts by its own account, or None where it does not say."""
    try:
        if kind is SoundKind.OGG:
            return _seconds_of_ogg(raw)
        return _seconds_of_webm(raw) if kind is SoundKind.WEBM else _seconds_of_mp4(raw)
    except (IndexError, struct.error):
        return None


def refusals_for_sound(raw: bytes) -> list[Refusal]:
    """Return every reason why a recording cannot be kept."""
    kind = kind_of(raw)
    if kind is None:
        return [Refusal(code="profiles.sound_unknown", field="sound")]
    refusals = []
    if len(raw) > MOST_BYTES:
        facts = {"kilobytes": -(-len(raw) // 1000), "most": MOST_BYTES // 1000}
        refusals.append(Refusal(code="profiles.sound_too_large", facts=facts, field="sound"))
    seconds = seconds_of(raw, kind)
    if seconds is not None and seconds > MOST_SECONDS + _A_BREATH_MORE:
        facts = {"seconds": round(seconds), "most": MOST_SECONDS}
        refusals.append(Refusal(code="profiles.sound_too_long", facts=facts, field="sound"))
    return refusals


def _seconds_of_ogg(raw: bytes) -> float | None:
    """Return where the last page of an Ogg ends, in samples over its rate."""
    last = raw.rfind(b"OggS")
    (granule,) = struct.unpack_from("<q", raw, last + 6)
    vorbis = raw.find(b"\x01vorbis", 0, _HEAD)
    rate = _OPUS_RATE if vorbis < 0 else struct.unpack_from("<I", raw, vorbis + 12)[0]
    return granule / rate if granule > 0 and rate else None


def _seconds_of_mp4(raw: bytes) -> float | None:
    """Return what the movie header of an MP4 says; one that was written while it was recorded says nothing."""
    found = raw.find(b"mvhd")
    if found < 0:
        return None
    is_wide = raw[found + 4] == 1
    place, form = (found + 24, ">IQ") if is_wide else (found + 16, ">II")
    scale, duration = struct.unpack_from(form, raw, place)
    return duration / scale if scale and duration else None


def _seconds_of_webm(raw: bytes) -> float | None:
    """Return where the last block of a WebM begins: one written while it was recorded has no length of its own."""
    scale, cluster, latest = 1_000_000, 0, -1
    for element, start, size in _elements(raw):
        if element == _SCALE:
            scale = int.from_bytes(raw[start : start + size])
        elif element == _TIMECODE:
            cluster = int.from_bytes(raw[start : start + size])
        elif element in {_SIMPLE_BLOCK, _BLOCK}:
            (offset,) = struct.unpack_from(">h", raw, start + 1)
            latest = max(latest, cluster + offset)
    return latest * scale / 1e9 if latest >= 0 else None


def _elements(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield id, start and size of each element, going into those that hold blocks; sizes may be unknown there."""
    place = 0
    while place < len(raw):
        id_length = 9 - raw[place].bit_length()
        element = int.from_bytes(raw[place : place + id_length])
        place += id_length
        size_length = 9 - raw[place].bit_length()
        if id_length > 4 or size_length > 8:
            return
        size = int.from_bytes(raw[place : place + size_length]) & ((1 << 7 * size_length) - 1)
        place += size_length
        yield element, place, size
        if element not in _GOES_INTO:
            place += size

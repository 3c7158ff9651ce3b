"""Recordings for tests, made by hand: each is as short a file of its kind as says what it is and how long it lasts."""

import struct


def webm(seconds: float = 2.0, *, kind: bytes = b"webm") -> bytes:
    """Return a WebM as a browser records it: segment and cluster of unknown size, blocks until `seconds`."""
    head = b"\x1a\x45\xdf\xa3" + _sized(b"\x42\x82" + _sized(kind))
    unknown = b"\x01\xff\xff\xff\xff\xff\xff\xff"
    info = b"\x15\x49\xa9\x66" + _sized(b"\x2a\xd7\xb1" + _sized((1_000_000).to_bytes(3)))
    clusters = b"".join(
        b"\x1f\x43\xb6\x75" + unknown + b"\xe7" + _sized(int(start * 1000).to_bytes(4)) + _block(0)
        for start in (0.0, seconds)
    )
    return head + b"\x18\x53\x80\x67" + unknown + info + clusters


def ogg(seconds: float = 2.0) -> bytes:
    """Return an Ogg with Opus whose last page ends at `seconds`."""
    return _page(0, b"OpusHead\x01\x01") + _page(int(seconds * 48_000), b"sound")


def mp4(seconds: float = 2.0, *, brand: bytes = b"M4A ") -> bytes:
    """Return an MP4 whose movie header says `seconds`."""
    header = b"mvhd" + bytes(4) + struct.pack(">IIII", 0, 0, 1000, int(seconds * 1000))
    return struct.pack(">I", 20) + b"ftyp" + brand + bytes(8) + struct.pack(">I", len(header) + 4) + header


def _sized(content: bytes) -> bytes:
    return bytes([0x80 | len(content)]) + content


def _block(offset: int) -> bytes:
    return b"\xa3" + _sized(b"\x81" + struct.pack(">h", offset) + b"\x80" + b"sound")


def _page(granule: int, content: bytes) -> bytes:
    return b"OggS\x00\x00" + struct.pack("<qIII", granule, 1, 0, 0) + bytes([1, len(content)]) + content

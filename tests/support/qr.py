"""Reads a QR code from its modules, as a phone does: an undamaged one, of bytes, up to version 9.

Nothing here is shared with the library that draws the codes. Error correction is left out: a picture on a
screen in the test arrives whole, and one that does not gives no readable address.
"""

from collections.abc import Iterator, Sequence

Modules = Sequence[Sequence[bool]]
"""Rows of modules without the quiet zone; True is dark."""

_MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _column: row % 2 == 0,
    lambda _row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: (row * column) % 2 + (row * column) % 3 == 0,
    lambda row, column: ((row * column) % 2 + (row * column) % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + (row * column) % 3) % 2 == 0,
)
_FORMAT_MASK = 0b101010000010010
_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
_BYTES_MODE = 0b0100
_ALIGNMENT = {2: 18, 3: 22, 4: 26, 5: 30, 6: 34, 7: 38, 8: 42, 9: 46}
"""The last centre of the alignment patterns, by version; up to version 6 it is the only one beside row 6."""
_MIDDLE = {7: 22, 8: 24, 9: 26}

_DATA_BLOCKS = {
    (3, "L"): (55,), (3, "M"): (44,), (3, "Q"): (17, 17), (3, "H"): (13, 13),
    (4, "L"): (80,), (4, "M"): (32, 32), (4, "Q"): (24, 24), (4, "H"): (9, 9, 9, 9),
    (5, "L"): (108,), (5, "M"): (43, 43), (5, "Q"): (15, 15, 16, 16), (5, "H"): (11, 11, 12, 12),
    (6, "L"): (68, 68), (6, "M"): (27, 27, 27, 27), (6, "Q"): (19, 19, 19, 19), (6, "H"): (15, 15, 15, 15),
    (7, "L"): (78, 78), (7, "M"): (31, 31, 31, 31), (7, "Q"): (14, 14, 15, 15, 15, 15),
    (8, "L"): (97, 97), (8, "M"): (38, 38, 39, 39), (8, "Q"): (18, 18, 18, 18, 19, 19),
    (9, "L"): (116, 116), (9, "M"): (36, 36, 36, 37, 37), (9, "Q"): (16, 16, 16, 16, 17, 17, 17, 17),
}  # fmt: skip
"""The data bytes of each block, by version and level of error correction (ISO/IEC 18004, table 9)."""


class UnreadableCodeError(ValueError):
    """The modules are no QR code that can be read here."""


def payload_of(modules: Modules) -> str:
    """Return the text in the code."""
    version = (len(modules) - 17) // 4
    level, mask = _format_of(modules)
    blocks = _DATA_BLOCKS.get((version, level))
    if blocks is None:
        raise UnreadableCodeError(f"A code of version {version}-{level} is not read here.")
    bits = [modules[row][column] != _MASKS[mask](row, column) for row, column in _data_places(version)]
    codewords = [_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    return _text(_in_order(codewords, blocks), version)


def _format_of(modules: Modules) -> tuple[str, int]:
    """Return the level of error correction and the number of the mask, from beside the upper left finder."""
    places = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    places += [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    number = _number([modules[row][column] for row, column in places]) ^ _FORMAT_MASK
    return _LEVELS[number >> 13], (number >> 10) & 0b111


def _data_places(version: int) -> Iterator[tuple[int, int]]:
    """Yield the modules that carry data, in the order of the bits: two columns up, two down, from the right."""
    size = 17 + 4 * version
    upwards = True
    right = size - 1
    while right > 0:
        right -= right == 6  # the column of the timing pattern carries none
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_pattern(version, row, column):
                    yield row, column
        upwards = not upwards
        right -= 2


def _is_pattern(version: int, row: int, column: int) -> bool:
    """Return whether the module belongs to a finder, a timing or alignment pattern, or to what describes the code."""
    size = 17 + 4 * version
    near, far = 9, size - 8
    is_finder = (row < near and (column < near or column >= far)) or (row >= far and column < near)
    is_timing = 6 in {row, column}
    is_version = version >= 7 and (
        (row < 6 and far - 3 <= column < far) or (column < 6 and far - 3 <= row < far)
    )
    return is_finder or is_timing or is_version or _is_alignment(version, row, column)


def _is_alignment(version: int, row: int, column: int) -> bool:
    if version < 2:
        return False
    centres = [6, *([_MIDDLE[version]] if version in _MIDDLE else []), _ALIGNMENT[version]]
    last = centres[-1]
    corners = {(6, 6), (6, last), (last, 6)}
    return any(
        abs(row - down) <= 2 and abs(column - across) <= 2
        for down in centres
        for across in centres
        if (down, across) not in corners
    )


def _in_order(codewords: Sequence[int], blocks: Sequence[int]) -> bytes:
    """Return the data bytes of the blocks one after the other; in the picture they are dealt out like cards."""
    dealt: list[list[int]] = [[] for _ in blocks]
    following = iter(codewords)
    for turn in range(max(blocks)):
        for block, length in zip(dealt, blocks, strict=True):
            if turn < length:
                block.append(next(following))
    return bytes(byte for block in dealt for byte in block)


def _text(data: bytes, version: int) -> str:
    if version > 9:
        raise UnreadableCodeError("From version 10 on the length takes two bytes; that is not read here.")
    bits = [bool(byte >> (7 - place) & 1) for byte in data for place in range(8)]
    if _number(bits[:4]) != _BYTES_MODE:
        raise UnreadableCodeError(f"Only bytes are read here, not mode {_number(bits[:4]):04b}.")
    length = _number(bits[4:12])
    return bytes(_number(bits[12 + 8 * at : 20 + 8 * at]) for at in range(length)).decode()


def _number(bits: Sequence[bool]) -> int:
    number = 0
    for bit in bits:
        number = number << 1 | bit
    return number

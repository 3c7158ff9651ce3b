"""A camera for Chromium that sees one picture to scan, for good: a short film in the plain format Y4M."""

from pathlib import Path
from typing import Final

import segno

WIDTH: Final = 640
HEIGHT: Final = 480
_WHITE: Final = 235
_BLACK: Final = 16
_GREY: Final = 128
_MODULE: Final = 8
_FRAMES: Final = 2


def film_of(text: str, path: Path) -> Path:
    """Write a film to `path` that shows `text` as a picture to scan in the middle of a white sheet."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=_MODULE)]
    top, left = (HEIGHT - len(rows)) // 2, (WIDTH - len(rows[0])) // 2
    sheet = [bytearray([_WHITE]) * WIDTH for _line in range(HEIGHT)]
    for number, row in enumerate(rows):
        sheet[top + number][left : left + len(row)] = bytes(_BLACK if dark else _WHITE for dark in row)
    colours = bytes([_GREY]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + b"".join(sheet) + colours
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + frame * _FRAMES)
    return path


def flags_for(film: Path) -> list[str]:
    """Return the flags with which Chromium takes the film for its camera, and grants it without asking."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]

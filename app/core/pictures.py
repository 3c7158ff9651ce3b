"""Pictures that people upload are drawn anew: what comes out is a plain JPEG of a known size, and nothing of the file that came in.

Uploads are hostile until redrawn: a file may be no picture, may unpack to gigabytes, may hold where it was taken, or code
for another reader. Only the pixels pass.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 12_000_000
"""How large an upload may be; a phone's photo has 2 to 8 million bytes."""

MOST_PIXELS: Final = 60_000_000
"""How many pixels a picture may claim before it is opened: the largest phone cameras have 50 million."""

LEAST_SIDE: Final = 16
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_QUALITY: Final = 84


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A redrawn picture: `jpeg` bytes without any metadata, `width` and `height` in pixels."""

    jpeg: bytes
    width: int
    height: int


class UnreadablePicture(Exception):
    """The upload cannot be used. `reason` is `empty`, `too_heavy`, `no_picture`, `too_many_pixels` or `too_small`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def redrawn(raw: bytes, *, longest_side: int) -> Picture:
    """Return the picture upright, its longer side at most `longest_side` pixels, as a JPEG without metadata.

    Of an animation the first frame is drawn; what was transparent is white. Raises UnreadablePicture for everything that
    is no picture or claims more pixels than any camera has.
    """
    if not raw:
        raise UnreadablePicture("empty")
    if len(raw) > MOST_BYTES:
        raise UnreadablePicture("too_heavy")
    drawn = _drawn(raw, longest_side)
    if min(drawn.size) < LEAST_SIDE:
        raise UnreadablePicture("too_small")
    out = BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(jpeg=out.getvalue(), width=drawn.width, height=drawn.height)


def _drawn(raw: bytes, longest_side: int) -> Image.Image:
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise UnreadablePicture("too_many_pixels")
            opened.draft("RGB", (2 * longest_side, 2 * longest_side))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
            return _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnreadablePicture("too_many_pixels") from bomb
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        IndexError,
    ) as fault:
        raise UnreadablePicture("no_picture") from fault


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in plain colours; a new image, so that nothing beside the pixels goes along."""
    full = picture.convert("RGBA")
    white = Image.new("RGB", full.size, "white")
    white.paste(full, mask=full.getchannel("A"))
    return white

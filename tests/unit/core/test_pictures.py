"""Uploaded pictures: what comes out is small, upright and bare; what is no picture, or a bomb, is refused with its reason."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from app.core.pictures import MOST_BYTES, UnreadablePicture, redrawn


def drawn(size: tuple[int, int], *, form: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, form, **options)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of few bytes whose header claims that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_picture_of_any_usual_form_comes_out_as_a_small_jpeg(form: str) -> None:
    picture = redrawn(drawn((900, 600), form=form), longest_side=300)
    with Image.open(BytesIO(picture.jpeg)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (300, 200))
    assert (picture.width, picture.height) == (300, 200)


def test_small_picture_is_not_blown_up() -> None:
    assert redrawn(drawn((80, 40)), longest_side=300).width == 80


def test_nothing_of_the_file_passes_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home, Rua das Flores 5"
    raw = drawn((400, 200), exif=exif, comment=b"a secret remark")
    assert b"Rua das Flores" in raw
    picture = redrawn(raw, longest_side=300).jpeg
    assert b"Rua das Flores" not in picture
    assert b"secret remark" not in picture
    with Image.open(BytesIO(picture)) as opened:
        assert not opened.getexif()


def test_picture_taken_sideways_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert (redrawn(drawn((400, 200), exif=exif), longest_side=400).height) == 400


def test_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(redrawn(out.getvalue(), longest_side=40).jpeg)) as opened:
        assert opened.getpixel((20, 20)) == (255, 255, 255)


def test_first_frame_of_an_animation_is_drawn() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("blue", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(redrawn(out.getvalue(), longest_side=60).jpeg)) as opened:
        red, _, blue = opened.getpixel((30, 30))  # type: ignore[misc]  # a pixel of RGB has three
    assert blue > 200 > red


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"x" * (MOST_BYTES + 1), "too_heavy"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_picture"),
        (b"%PDF-1.7 nothing", "no_picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "no_picture"),
        (drawn((900, 600))[:400], "no_picture"),
        (drawn((8, 400)), "too_small"),
        (png_that_claims(50_000, 50_000), "too_many_pixels"),
        (png_that_claims(9_000, 9_000), "too_many_pixels"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePicture) as refused:
        redrawn(raw, longest_side=300)
    assert refused.value.reason == reason

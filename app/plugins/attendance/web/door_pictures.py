"""A text as a picture to scan that fits the place it is given on a page."""

import segno


def shown_picture(text: str) -> str:
    """Return `text` as a picture in SVG, without a size of its own."""
    drawn: str = segno.make(text, micro=False, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    return drawn

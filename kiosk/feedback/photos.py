"""Photos that travellers and staff send: decoded and made anew, so that neither EXIF, nor a place, nor anything hidden is kept."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from schedules.core.errors import UserError

LARGEST_BYTES = 12_000_000  # of what is sent: a telephone's photo
LONGEST_SIDE = 1600  # points of what is kept
MOST_POINTS = 60_000_000  # a small file may hold a huge picture
QUALITY = 82
MIME = "image/jpeg"


class NoPhoto(UserError):
    """``code``: large, or broken."""

    def __init__(self, code: str) -> None:
        super().__init__(f"This is no photo that can be kept: {code}.")
        self.code = code


def taken(data: bytes) -> bytes:
    """A JPEG of the picture in ``data`` (JPEG, PNG, WebP, GIF or BMP), upright, at most 1600 points long. Raises NoPhoto."""
    if len(data) > LARGEST_BYTES:
        raise NoPhoto("large")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP")) as found:
            if found.width * found.height > MOST_POINTS:
                raise NoPhoto("large")
            found.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            return _jpeg(ImageOps.exif_transpose(found).convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPhoto("broken") from error


def _jpeg(picture: Image.Image) -> bytes:
    """On white where it is see-through."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def blacked(data: bytes, boxes: list[tuple[float, float, float, float]]) -> bytes:
    """The photo with rectangles painted black for good; each (left, top, right, bottom) in parts of its width and height."""
    with Image.open(io.BytesIO(data)) as found:
        picture = found.convert("RGB")
    for left, top, right, bottom in boxes:
        box = (
            round(left * picture.width), round(top * picture.height),
            round(right * picture.width), round(bottom * picture.height),
        )  # fmt: skip
        picture.paste("black", box)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()

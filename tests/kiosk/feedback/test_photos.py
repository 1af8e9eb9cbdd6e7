"""Photos are made anew: upright, small, and with nothing beside the picture."""

from __future__ import annotations

import io

import pytest
from feedback_given import picture
from PIL import Image

from kiosk.feedback.photos import LARGEST_BYTES, NoPhoto, blacked, taken

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_picture_of_any_usual_kind_becomes_a_jpeg(kind: str) -> None:
    found = opened(taken(picture(kind=kind)))
    assert (found.format, found.size) == ("JPEG", (40, 30))


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Điện thoại Thử"
    exif.get_ifd(GPS)[2] = (21.0, 1.0, 41.0)
    found = opened(taken(picture(exif=exif)))
    assert found.size == (30, 40)  # upright
    assert dict(found.getexif()) == {}
    assert "Thử".encode() not in taken(picture(exif=exif))


def test_a_large_picture_is_made_smaller() -> None:
    assert opened(taken(picture(4000, 1000))).size == (1600, 400)


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "broken"),
        (b"not a picture", "broken"),
        (picture()[:200], "broken"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST_BYTES, "large"),
        (picture(9000, 9000, "PNG"), "large"),  # some kilobytes that would fill 240 MB
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "broken"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NoPhoto) as refused:
        taken(data)
    assert refused.value.code == code


def test_what_is_blacked_is_black_and_the_rest_is_not() -> None:
    found = opened(blacked(picture(100, 100), [(0.0, 0.0, 0.5, 0.5)])).convert("L")
    assert found.getpixel((20, 20)) < 10
    assert found.getpixel((80, 80)) > 40

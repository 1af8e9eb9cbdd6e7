"""The proof of an answer: a photo, made anew like every other, or a PDF, which is only ever handed out as a file."""

from __future__ import annotations

from kiosk import typing
from kiosk.feedback import photos
from kiosk.feedback.models import File
from kiosk.feedback.photos import NoPhoto

PDF = "application/pdf"
LARGEST_PDF = 8_000_000  # bytes
LONGEST_NAME = 100


def proof(data: bytes, name: str) -> File:
    """Raises NoPhoto."""
    if data.startswith(b"%PDF-"):
        if len(data) > LARGEST_PDF:
            raise NoPhoto("large")
        return File(mime=PDF, data=data, name=typing.line(name)[-LONGEST_NAME:] or "van-ban.pdf")
    return File(mime=photos.MIME, data=photos.taken(data))

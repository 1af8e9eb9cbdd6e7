"""Files of feedback, as browsers get them."""

from __future__ import annotations

from flask import Response

from kiosk.feedback import photos, spoken
from kiosk.feedback.models import File


def served(file: File) -> Response:
    """A photo or a voice, which we made ourselves, is shown or heard; a document is handed out, for nobody looks at it on a page of ours."""
    response = Response(file.data, mimetype=file.mime)
    if file.mime not in (photos.MIME, spoken.MIME):
        response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response

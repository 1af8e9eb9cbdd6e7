"""Files of feedback, as browsers get them."""

from __future__ import annotations

from flask import Response

from kiosk.feedback.models import File
from kiosk.feedback.photos import MIME


def served(file: File) -> Response:
    """A photo, which we made ourselves, is shown; a document is handed out, for nobody looks at it on a page of ours."""
    response = Response(file.data, mimetype=file.mime)
    if file.mime != MIME:
        response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response

"""Files of feedback, as browsers get them."""

from __future__ import annotations

import io

from flask import Response, send_file

from kiosk.feedback import photos, spoken
from kiosk.feedback.models import File


def served(file: File) -> Response:
    """A photo or a voice, which we made ourselves, is shown or heard; a document is handed out, for nobody looks at it on a page of ours."""
    if file.mime in (photos.MIME, spoken.MIME):
        return Response(file.data, mimetype=file.mime)
    return send_file(io.BytesIO(file.data), file.mime, as_attachment=True, download_name=file.name)

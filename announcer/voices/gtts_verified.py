"""gTTS as it comes does not check whom it talks to (``verify=False``): anyone on the network could put words into our
loudspeakers. This gives it HTTP sessions that check the server's certificate.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import requests  # type: ignore[import-untyped,unused-ignore]  # comes with gTTS


class VerifiedSession(requests.Session):  # type: ignore[misc,unused-ignore]
    def send(self, request: Any, **kwargs: Any) -> Any:
        return super().send(request, **{**kwargs, "verify": True})


def gtts() -> Any:
    """The class gTTS, its module's ``requests`` replaced by one whose sessions check certificates."""
    import gtts.tts as module

    module.requests = SimpleNamespace(**{**vars(requests), "Session": VerifiedSession})
    return module.gTTS

"""How a traveller may be reached, sealed with a key of the station that is not in the database (AES-256-GCM).

Each seal is bound to its feedback: moved to another, it does not open.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.keys import key
from schedules.core.errors import StationError

KEY = "contacts"
NONCE_BYTES = 12

Reach = dict[str, str]  # name, phone, email, as far as they were given


def seal(home: Path, feedback_id: str, reach: Reach) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(reach, ensure_ascii=False).encode()
    return nonce + AESGCM(key(home, KEY)).encrypt(nonce, plain, feedback_id.encode())


def opened(home: Path, feedback_id: str, sealed: bytes) -> Reach:
    """Raises StationError where the key is another than the one it was sealed with."""
    try:
        plain = AESGCM(key(home, KEY)).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], feedback_id.encode()
        )
    except InvalidTag as error:
        raise StationError(
            f"What the feedback {feedback_id} may be reached by cannot be read with this station's key.",
            "Restore keys/contacts from a backup.",
        ) from error
    found: Reach = json.loads(plain)
    return found

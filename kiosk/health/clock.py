"""Whether somebody keeps this machine's clock right: the kernel knows (ntp_gettime)."""

from __future__ import annotations

import ctypes
from typing import ClassVar

UNSYNCHRONISED = 5  # TIME_ERROR


class _NtpTime(ctypes.Structure):
    _fields_: ClassVar = [
        ("seconds", ctypes.c_long),
        ("fraction", ctypes.c_long),
        ("largest_error", ctypes.c_long),
        ("estimated_error", ctypes.c_long),
        ("rest", ctypes.c_long * 6),
    ]


def largest_error() -> float | None:
    """By how many seconds the clock may be wrong; None where nobody keeps it right."""
    found = _NtpTime()
    state = ctypes.CDLL(None).ntp_gettime(ctypes.byref(found))
    return None if state in (-1, UNSYNCHRONISED) else found.largest_error / 1e6

"""``{SE1|ét e một}``: whoever writes the text decides how this one place is said.

What stands before the bar is for the eye, what stands after it for the ear. Nothing after the bar is silence.
A brace or bar that belongs to no such pair is dropped like any other sign.
"""

from __future__ import annotations

import re

from announcer.text.rule import Context, replacing

OVERRIDE = r"\{([^{}|]*)\|([^{}]*)\}"
_PATTERN = re.compile(OVERRIDE)


def _say(match: re.Match[str], _context: Context) -> str:
    return match.group(2).lower()  # lower case, so that no rule takes it for an acronym


rule = replacing(OVERRIDE, _say)


def shown(text: str) -> str:
    """``text`` as it belongs on a screen: the written side of every override."""
    return _PATTERN.sub(r"\1", text)

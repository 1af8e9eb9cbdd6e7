"""The studio as the pages use it: words to spoken form, and what would speak. Nothing is spoken here."""

from __future__ import annotations

from flask import current_app

from announcer.studio import Studio


def studio() -> Studio:
    """One for the whole server, made when first needed: it loads the lists of all voices."""
    extensions = current_app.extensions
    if "studio" not in extensions:
        extensions["studio"] = Studio(extensions["settings"], forgiving=True)
    found: Studio = extensions["studio"]
    found.refresh()
    return found

"""Sound in a browser of a test."""

from __future__ import annotations

from playwright.sync_api import Locator

LOADED = """audio => new Promise((done, failed) => {
  const tell = () => done(audio.duration);
  if (audio.readyState > 0) return tell();
  audio.addEventListener("loadedmetadata", tell);
  audio.addEventListener("error", () => failed(new Error("it cannot be played")));
})"""


def until_loaded(audio: Locator) -> float:
    """Waits until the browser knows the sound; its length in seconds. No string is evaluated in the page: its policy forbids it."""
    return float(audio.evaluate(LOADED))

"""Cutting an utterance into phrases that the network can take at once, at pauses where there are any."""

from __future__ import annotations

from collections.abc import Sequence

from announcer.phonology.words import Unit

MOST_SYLLABLES = 24  # some seven seconds: what the network needs of memory grows with them


def phrases(units: Sequence[Unit]) -> list[list[Unit]]:
    """Sentences, in order; one too long for the network is cut at its last comma in reach, or where it must be."""
    found: list[list[Unit]] = [[]]
    for unit in units:
        found[-1].append(unit)
        if unit.pause == "stop":
            found.append([])
        elif len(found[-1]) == MOST_SYLLABLES:
            found[-1:] = _halved(found[-1])
    return [phrase for phrase in found if phrase]


def _halved(phrase: list[Unit]) -> list[list[Unit]]:
    commas = [at for at, unit in enumerate(phrase[:-1], start=1) if unit.pause]
    cut = commas[-1] if commas else len(phrase)
    return [phrase[:cut], phrase[cut:]]

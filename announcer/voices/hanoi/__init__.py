"""The station's own Vietnamese voice: Kokoro-82M, which never learned Vietnamese, speaks it with Hà Nội's sounds and tones.

    text -> phonology -> tokens -> model (durations -> pitch, energy, features -> sound), the tones laid on between

``sounds`` and ``tones`` are tables; ``tokens`` and ``melody`` apply them; ``model`` runs the network; ``weights``
puts it in place; ``voice`` is what the registry knows. See docs/voice.md for how it came about and what it measures.
"""

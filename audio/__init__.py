"""Sound only: read it, master it, keep it, assemble it and hand it to a loudspeaker.

Works from a plain script: nothing here knows of the database, of stations or of the web.

    pcm        sound in memory, and the house rate
    wav        WAV files in and out, and mapped for playout
    clips      recordings people bring (MP3, M4A, …) become sound
    mastering  from raw speech to an even, safe level: ``mastering.chain.master``
    chimes     the signals before and after an announcement
    mixing     chime, pauses and speech become one stream of 20 ms blocks
    cache      finished sounds, kept by what they were made from
    sinks      where the blocks go: sound card, folder of WAV files, nowhere
    measure    loudness, true peak, silence

The process that plays imports no scipy (80 MB): only ``measure`` and ``mastering`` use it, inside functions.
"""

"""What becomes of a sound on its way to the passengers: loudspeaker, room and noise, for benchmarks, and how a real room
is measured. Everything is deterministic: the same input and seed give the same samples.

    speakers   how a horn and a ceiling loudspeaker colour what they are given
    rooms      impulse responses of typical halls
    noise      a crowd, a street, and mixing them in at a signal-to-noise ratio
    scenes     loudspeaker + room + noise, by name
    sweep      the signal a room is measured with, and the impulse response got back
    sti        the speech transmission index of an impulse response and noise
    measuring  a recording of the test signal becomes figures and faults

Only ``rooms`` needs pyroomacoustics, a package for development, and imports it when it is asked: a station measures its
rooms without it.
"""

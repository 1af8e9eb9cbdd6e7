"""What can go wrong with sound.

AudioError
├── DecodeError     a clip could not be read: broken, empty, too long, or of an unknown format
└── SinkError       a loudspeaker output did not take the sound
    └── SinkLost    the device is gone; worth trying again later
"""


class AudioError(Exception):
    """One sentence for a person in ``str(error)``."""


class DecodeError(AudioError):
    pass


class SinkError(AudioError):
    pass


class SinkLost(SinkError):
    pass

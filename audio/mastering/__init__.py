"""The steps between raw speech and a loudspeaker: one pure function per file, composed in ``chain.py``.

scipy and pyloudnorm are imported inside the functions that use them: a process that only asks for a profile's name or
for ``MASTERING_VERSION`` shall not carry 80 MB for it.
"""

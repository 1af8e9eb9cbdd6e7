"""Whether the station is well, and what becomes of it when its computer is not.

backup   all that cannot be made again, in one file, while the station runs; and back
cli      loaga backup, loaga restore
"""

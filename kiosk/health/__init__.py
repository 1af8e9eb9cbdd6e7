"""Whether the station is well, and what becomes of it when its computer is not.

checks   what can be wrong, and how it is found
clock    whether the clock is kept right
views    the page Sức khỏe, and /metrics
metrics  figures for Prometheus
backup   all that cannot be made again, in one file, while the station runs; and back
cli      loaga backup, loaga restore
"""

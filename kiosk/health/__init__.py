"""Whether the station is well, and what becomes of it when its computer is not.

checks    what can be wrong, and how it is found
clock     whether the clock is kept right
watch     the process that looks every few seconds
faults    what was found, from begin to end
outbox    what is told about them: committed, sent, tried again
channels  mail and webhook
views     the page Sức khỏe, and /metrics
metrics   figures for Prometheus
backup    all that cannot be made again, in one file, while the station runs; and back
cli       loaga backup, loaga restore, loaga alerts
"""

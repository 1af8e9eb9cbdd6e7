"""What the pages show and do, in JSON, for other programs: the same operations, the same rights.

operation   how a view becomes a part of the API: who may, what is sent, what is answered
errors      refusals in JSON
fields      moments, zones and the like, as they are written
places      stations, zones, messages
day         the plan, what is on air
log         what was said, what was not, and why
speaking    saying, stopping, muting
watching    health, and who did what
openapi     the description of it all, made from the above
"""

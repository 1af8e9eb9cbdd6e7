"""What the pages show and do, in JSON, for other programs: the same operations, the same rights.

operation   how a view becomes a part of the API: who may, what is sent, what is answered
errors      refusals in JSON
fields      moments, zones and the like, as they are written
places      stations, zones, messages
setting_up  what a zone bears, the calendar, and what a change of them would do
day         the plan, what is on air
ahead       a week at a glance, and whether a day is ready
log         what was said, what was not, and why
following   what became of one request or occurrence; cancelling it
speaking    saying, stopping, muting, testing a zone
hearing     recordings, sounds before they are aired, consent
writing     drafts, and what is decided about them
history     which drafts wait, and every version there was
watching    health, and who did what
people      accounts and tokens
openapi     the description of it all, made from the above
"""

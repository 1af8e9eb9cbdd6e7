"""Good examples: people who were honoured for what they did, with their story, on the kiosk's screens.

models       the table
operations   written, published, taken back; each on record
words        what the pages call the forms of honouring
views        what travellers read
staff_views  where staff write and heads publish
"""

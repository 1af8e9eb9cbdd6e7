"""What staff say through the loudspeakers from a browser, and how they stop it.

wishes      what a form asks for: checked, and turned into a script
operations  saying, stopping, muting: each on record in the audit log
words       what messages and their blanks are called on screen
views       the pages
"""

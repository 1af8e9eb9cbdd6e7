"""What may be said: messages written, previewed, approved and recalled in a browser.

typed       what a form holds: checked, and turned into an entry as a content file has it
shown       an entry in the words of the page, so that two of them can be compared
preview     what the loudspeakers would say of an entry
access      who may see and change which message
operations  saving, approving, discarding, recalling: each on record in the audit log
words       what the parts of a message are called on screen
editor      the pages on which a message is written
clips       the page on which a person's voice is recorded for a message
views       the pages of all and of one, and the decisions
"""

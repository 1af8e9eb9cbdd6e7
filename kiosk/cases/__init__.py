"""Cases: feedback that wants an answer, as staff deal with it.

clocks      working hours: what has passed of them, and when something is due
timing      what is due of a case, and whether it is late
access      who sees which case: never the unit that a complaint is about
inbox       the list
likeness    which cases are likely to be about the same
operations  the verbs of staff; each is on record
documents   proofs that are no photo
replies     beginnings of answers that are needed again and again
calls       calls for help, on every page until somebody accepts
words       what the pages call all this
views       the pages
figures     what it all comes to
ties        what belongs to a rule: looks, broadcasts, feedback
figure_views  the figures on a page, and as a table
"""

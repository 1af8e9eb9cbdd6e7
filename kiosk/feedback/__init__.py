"""What travellers say: from one tap on a face to a story with photos, followed by a code.

kinds       what feedback may be about, and of which kind
codes       the code to follow it by, which shows when it is mistyped
models      the tables
operations  the verbs of travellers
sealing     how to reach somebody, unreadable without the station's key
photos      pictures made anew, without what they tell beside the picture
playing     what the loudspeakers said then
floods      what comes too often or too much is marked, never dropped
words       what the screens call all this
views       saying something
following   seeing what became of it
"""

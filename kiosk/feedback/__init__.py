"""What travellers say: from one tap on a face to a story with photos, followed by a code.

kinds       what feedback may be about, and of which kind
codes       the code to follow it by, which shows when it is mistyped
models      the tables
operations  the verbs of travellers
sealing     how to reach somebody, unreadable without the station's key
photos      pictures made anew, without what they tell beside the picture
spoken      what somebody says into the microphone, until it is written down
speaking    where the page sends what is said, and asks for the words
playing     what the loudspeakers said then
floods      what comes too often or too much is marked, never dropped
mine        which feedback the person at this screen is giving
own_data    what is kept of whoever wrote it: shown, given out, erased
retention   what is no longer needed goes, for good
guesses     who types code after code waits
attachments files as browsers get them
words       what the screens call all this
views       saying something
following   seeing what became of it
"""

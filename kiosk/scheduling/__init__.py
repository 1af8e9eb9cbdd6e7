"""When messages are said: schedules written in plain words, foreseen, approved and switched off in a browser.

typed   what a form holds: checked, and turned into an entry as a content file has it
shown   an entry in the words of the page
editor  the pages on which a schedule is written, with what it would do
views   the pages of all and of one, and the decisions
"""

"""The pages in Vietnamese or English.

Vietnamese sentences stand in templates and code and are the names of their translations; the English ones are in
``kiosk/translations``. What is stored, and the JSON API, stay in Vietnamese.

catalogue  the translations, read from their file when they are first needed
chosen     the language of the page that is being made
retold     sentences that were kept in Vietnamese
words      tables of words, numbers and days in that language
views      the switch
"""

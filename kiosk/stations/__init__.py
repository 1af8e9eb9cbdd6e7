"""A station as staff set it up: what each zone bears, and on which days the calendar is another.

wishes      what the forms ask for, checked by ``schedules.document`` and answered in Vietnamese
operations  changing a zone, adding and removing days: each on record in the audit log
effects     what a change does to a day's plan, before it is saved
hours       a zone's volume and quiet hours over the 24 hours
year        the days of a year, and the public holidays
sounding    what last sounded in a zone, and what last failed
words       what profiles, days and fields are called on screen
finding     stations and zones by their keys
views       the pages of zones; ``calendar_views`` those of the calendar
"""

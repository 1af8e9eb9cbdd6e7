"""How quickly the pages answer a full house, and whether the loudspeakers stay punctual meanwhile.

station    a station with weeks behind it, and its processes as ``loaga up`` starts them
visitors   people who are signed in and go from page to page
travellers the first page at a fixed rate, and feedback all at once
starts     how late announcements begin
"""

"""The screen that waits for somebody, and where one begins: above all that travellers can read.

slides  what the waiting screen shows
views   the pages
"""

"""Sounds to be heard in a browser: how they were made, what read-back thinks of them, and consent to a doubtful one.

views  the page of a sound, its samples, consent
words  what the verdict is called on screen
"""

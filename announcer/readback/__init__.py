"""Read-back: a prepared sound is listened to, and what was heard is held against what was meant."""

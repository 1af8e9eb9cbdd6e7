"""Days: what kind of day a date is, on which kinds a schedule runs, and how that is said."""

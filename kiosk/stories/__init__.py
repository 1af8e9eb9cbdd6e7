"""What became of one request or one planned occurrence: every zone, every attempt, and why."""

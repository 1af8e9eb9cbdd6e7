"""The station at a glance: what is on air, today's plan, the log."""

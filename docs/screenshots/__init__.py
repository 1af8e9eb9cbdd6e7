"""Pictures of every page, taken of a station that has lived through two days: ``make screenshots``."""

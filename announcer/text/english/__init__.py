"""English: the second language of a station."""

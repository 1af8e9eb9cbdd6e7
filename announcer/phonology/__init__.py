"""Vietnamese as it sounds in Hà Nội: from spelling to syllables, for every voice that is built from sounds."""

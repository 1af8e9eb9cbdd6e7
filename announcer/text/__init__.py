"""Written text -> spoken form: rules in a visible order, and a lexicon that staff can extend."""

from announcer.text.lexicon import Lexicon
from announcer.text.overrides import shown
from announcer.text.reading import READING_VERSION, read, read_phrases

__all__ = ["READING_VERSION", "Lexicon", "read", "read_phrases", "shown"]

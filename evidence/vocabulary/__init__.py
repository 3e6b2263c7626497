"""Word lists of the field and their loader: ``load_vocabulary`` gives one frozen ``Vocabulary``."""

from evidence.vocabulary.legend import parse_legend
from evidence.vocabulary.load import load_vocabulary
from evidence.vocabulary.words import Hit, Vocabulary, phrase_key

__all__ = ["Hit", "Vocabulary", "load_vocabulary", "parse_legend", "phrase_key"]

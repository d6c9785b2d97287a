"""Words of several syllables, as pyvi finds them: they add to the score, matching never depends on them."""

from __future__ import annotations

from pyvi import ViTokenizer

from indexer.vietnamese import syllables_of


def compound_words(text: str) -> list[str]:
    """The words of two and more syllables in a text, in order: their syllables in matching form, joined by blanks."""
    return [
        " ".join(syllables_of(word.replace("_", " "))) for word in ViTokenizer.tokenize(text).split() if "_" in word
    ]

"""Signs for words that came without: some providers tell words bare and only their segments with punctuation."""

import re
from collections.abc import Sequence

CLOSING = frozenset(".,;:!?…)]}»”’%。｡．！？、，；：）］」』】》〉؟،؛۔।॥")
_OPENING = re.compile(r"[$€£#@\"'“«‘(\[¿¡「『（《〈]+$")
_SIGNS = re.compile(r"[。｡．！？、，；：）］」』】》〉…]+|[^\w\s]+(?=\s|$)")
_MARK = re.compile(r"[.,;:!?…。！？、，؟،۔।]")
_NEAR = 80
"""Letters within which a word is looked for: what segments and words disagree about is short."""


def punctuated(words: Sequence[str], segments: Sequence[str]) -> list[str]:
    """The words as the segments write them, where words have no sign at all and segments do.

    A word that is not found keeps its own spelling. Nothing is added but signs and capitals.
    """
    text = " ".join(segments)
    if any(_MARK.search(word) for word in words) or not _MARK.search(text):
        return list(words)
    places = [place for place, char in enumerate(text) for _ in _letters(char)]
    letters = _letters(text)
    found: list[str] = []
    at = end = 0
    for word in words:
        key = _letters(word)
        place = _find(letters, key, at)
        if place is None or not key:
            found.append(word)
            continue
        at = place + len(key)
        written, end = _written(text, places[place], places[at - 1] + 1, end)
        found.append(written)
    return found


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _find(letters: str, key: str, at: int) -> int | None:
    if letters.startswith(key, at):
        return at
    place = letters.find(key, at, at + _NEAR) if len(key) > 3 else -1
    return None if place < 0 else place


def _written(text: str, start: int, end: int, after: int) -> tuple[str, int]:
    """The word at `start`..`end` with the signs around it, and where it ends; nothing before `after` is taken."""
    if signs := _SIGNS.match(text, end):
        end = signs.end()
    if opening := _OPENING.search(text[after:start]):
        start = after + opening.start()
    return text[start:end], end

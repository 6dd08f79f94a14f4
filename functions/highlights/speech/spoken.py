"""What was heard in the pieces of a lecture, as one row of words with the lecture's time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import Any, NamedTuple
from unicodedata import category

from functions.highlights.speech.ordering import in_order
from functions.highlights.speech.punctuation import CLOSING, punctuated
from functions.highlights.speech.writing import parted

_HYPHENED = re.compile(r"-\w")
SHORTEST = 20
"""Milliseconds of a word: what Whisper counts time in."""


@dataclass(frozen=True)
class Heard:
    """One piece of the lecture and the document `words_NN` about it, whose times count from the piece's start."""

    start: Fraction
    """Seconds from the lecture's start."""
    length: Fraction
    """Seconds."""
    content: Mapping[str, Any]


class Spoken(NamedTuple):
    text: str
    start: int
    """Milliseconds from the lecture's start."""
    end: int
    confidence: float | None


def spoken(pieces: Sequence[Heard]) -> list[Spoken]:
    """Every word of the pieces, once and in order; each starts at or after the end of the one before.

    What reaches out of its piece is drawn into it. Segments without words share their time out by letters.
    """
    found: list[Spoken] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        words = _attached(_told(piece))
        low = max(milliseconds(piece.start), found[-1].end if found else 0)
        high = milliseconds(piece.start + piece.length)
        spans = in_order([(word.start, word.end) for word in words], low, high, SHORTEST)
        found += [word._replace(start=s, end=e) for word, (s, e) in zip(words, spans, strict=True)]
    return found


def exact(seconds: Fraction | float) -> Fraction:
    """A decimal of a document as what was written: 0.1 is a tenth."""
    return Fraction(str(seconds)) if isinstance(seconds, float) else Fraction(seconds)


def milliseconds(seconds: Fraction | float) -> int:
    """The nearest; of a document's time, which has 3 decimals at most, the exact one."""
    return round(seconds * 1000) if isinstance(seconds, float) else floor(seconds * 1000 + Fraction(1, 2))


def _told(piece: Heard) -> Iterable[Spoken]:
    words, segments = piece.content["words"], piece.content["segments"]
    if not words:
        return [word for segment in segments for word in _shared_out(_timed(piece, segment))]
    timed = [_timed(piece, word) for word in words]
    texts = punctuated([word.text for word in timed], [_clean(segment["text"]) for segment in segments])
    return [word._replace(text=text) for word, text in zip(timed, texts, strict=True)]


def _timed(piece: Heard, told: Mapping[str, Any]) -> Spoken:
    start, end = (milliseconds(piece.start) + milliseconds(told[edge]) for edge in ("start", "end"))
    confidence = told.get("confidence")
    return Spoken(_clean(told["text"]), start, end, None if confidence is None else round(confidence, 3))


def _clean(text: str) -> str:
    """On one line, without control characters and halves of surrogate pairs."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or category(c) not in ("Cc", "Cs"))
    return " ".join(text.split())


def _shared_out(segment: Spoken) -> list[Spoken]:
    """The segment's words, each as long as its share of the letters."""
    words = parted(segment.text)
    letters = sum(map(len, words))
    length = segment.end - segment.start
    edges = [
        segment.start + length * passed // max(letters, 1)
        for passed in accumulate(map(len, words), initial=0)
    ]
    return [
        Spoken(word, start, end, segment.confidence)
        for word, start, end in zip(words, edges, edges[1:], strict=False)
    ]


def _attached(words: Iterable[Spoken]) -> list[Spoken]:
    """Nothing empty; a sign that stands alone, and what follows a hyphen, belong to the word before them."""
    found: list[Spoken] = []
    for word in words:
        if found and word.text and all(char in CLOSING for char in word.text):
            found[-1] = found[-1]._replace(text=found[-1].text + word.text)
        elif found and _HYPHENED.match(word.text):
            before = found[-1]
            found[-1] = before._replace(text=before.text + word.text, end=max(before.end, word.end))
        elif word.text:
            found.append(word)
    return found

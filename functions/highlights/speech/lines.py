"""Text set in lines: broken at clauses, balanced, and never within a word that fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from functions.highlights.speech.writing import graphemes, has_space, width

_CLAUSE = re.compile(r"""[,;:、，；：،؛–—][)\]}»”’"'」』）】》]*$""")
_JOINING = frozenset(
    [
        "and",
        "or",
        "but",
        "because",
        "which",
        "that",
        "who",
        "where",
        "when",
        "while",
        "if",
        "so",
        "than",
        "as",
    ]
)
"""Words that begin a clause in English; other languages are broken by their signs."""


class Unit(NamedTuple):
    """A word, or a part of one that is longer than a line; times in milliseconds."""

    text: str
    start: int
    end: int
    spaced: bool
    """Whether a space parts it from what comes before it in a line."""
    ends: bool
    """Whether a sentence ends with it."""


def units(sentences: Iterable[Sequence[tuple[str, int, int]]], characters: int) -> list[Unit]:
    """Of sentences of words with their start and end: none is wider than a line of `characters`."""
    found: list[Unit] = []
    for sentence in sentences:
        for place, (word, start, end) in enumerate(sentence, 1):
            text = " ".join(word.split())
            spaced = bool(found) and has_space(found[-1].text, text)
            found += _split(Unit(text, start, end, spaced, place == len(sentence)), characters)
    return found


def _split(unit: Unit, characters: int) -> Iterator[Unit]:
    if width(unit.text) <= characters:
        if unit.text:
            yield unit
        return
    parts = [""]
    for grapheme in graphemes(unit.text):
        if parts[-1] and width(parts[-1] + grapheme) > characters:
            parts.append("")
        parts[-1] += grapheme
    length, letters = unit.end - unit.start, len(unit.text)
    edges = [unit.start + length * passed // letters for passed in accumulate(map(len, parts), initial=0)]
    last = len(parts) - 1
    for number, (part, (start, end)) in enumerate(zip(parts, pairwise(edges), strict=True)):
        yield Unit(part, start, end, unit.spaced and number == 0, unit.ends and number == last)


def text_of(line: Sequence[Unit]) -> str:
    return "".join(f" {unit.text}" if unit.spaced and place else unit.text for place, unit in enumerate(line))


def strain(left: Unit, right: Unit) -> int:
    """How badly a break between two units reads: 0 after a sentence, up to 8 where they belong together."""
    if left.ends:
        return 0
    if _CLAUSE.search(left.text):
        return 1
    if right.text.lower() in _JOINING:
        return 2
    return 8 if len(left.text) <= 3 and left.text.isascii() else 4


def set_in_lines(row: Sequence[Unit], characters: int) -> list[Sequence[Unit]]:
    """In as few lines as there can be, of these the most even and the best to read."""
    count = lines_needed(row, characters)
    if count == 1:
        return [row]

    def cost(breaks: tuple[int, ...]) -> tuple[bool, int]:
        widths = [width(text_of(line)) for line in _cut(row, breaks)]
        strains = sum(strain(row[place - 1], row[place]) for place in breaks)
        uneven = (max(widths) - min(widths)) * 12 // characters
        return max(widths) > characters, strains + uneven

    return _cut(row, min(combinations(range(1, len(row)), count - 1), key=cost))


def _cut(row: Sequence[Unit], breaks: Sequence[int]) -> list[Sequence[Unit]]:
    return [row[start:end] for start, end in pairwise([0, *breaks, len(row)])]


def lines_needed(row: Sequence[Unit], characters: int) -> int:
    filling = Filling(characters)
    for unit in row:
        filling.add(unit)
    return filling.lines


class Filling:
    """Lines filled one after the other: no way of breaking needs fewer."""

    def __init__(self, characters: int) -> None:
        self.lines = 1
        self.letters = 0
        """Columns of all lines, with the spaces between words."""
        self._characters = characters
        self._column = 0

    def add(self, unit: Unit) -> None:
        wide, space = width(unit.text), int(unit.spaced and self._column > 0)
        if self._column and self._column + space + wide > self._characters:
            self.lines += 1
            self._column = wide
        else:
            self._column += space + wide
        self.letters += space + wide

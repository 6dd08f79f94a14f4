"""Speech in portions that can be read at one look: those of a subtitle, or of a page of captions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from functions.highlights.speech.lines import Filling, Unit, strain

LONGEST = 7000
"""Milliseconds that a portion is shown at most."""
SHORTEST = 1000
"""Milliseconds, where there is room."""
SPEED = 17
"""Characters a second that are read with ease: what subtitlers of broadcasters aim at."""

_EACH = 15
"""What another portion costs; the other prices are in proportion."""
_JOINED = 30
_HURRIED = 120
_PAUSE = 500
"""Milliseconds: longer ones are between portions rather than inside."""


@dataclass(frozen=True)
class Room:
    """What a portion has: lines of so many characters."""

    characters: int
    lines: int


def portions(row: Sequence[Unit], room: Room) -> list[Sequence[Unit]]:
    """The row divided: at sentences, clauses and pauses, with time to read each; the cheapest of all divisions."""
    joining = [0, *(_joining(left, right) for left, right in pairwise(row))]
    parting = [*(_parting(left, right) for left, right in pairwise(row)), 0]
    costs: list[float] = [0.0] + [inf] * len(row)
    before = [0] * (len(row) + 1)
    for start in range(len(row)):
        inner = 0
        for last, letters in _fitting(row, start, room):
            inner += joining[last] if last > start else 0
            cost = costs[start] + _EACH + inner + parting[last] + _hurry(row, start, last, letters)
            if cost < costs[last + 1]:
                costs[last + 1], before[last + 1] = cost, start
    found: list[Sequence[Unit]] = []
    end = len(row)
    while end:
        found.append(row[before[end] : end])
        end = before[end]
    return found[::-1]


def reading_time(letters: int) -> int:
    """Milliseconds."""
    return max(SHORTEST, -(-letters * 1000 // SPEED))


def _fitting(row: Sequence[Unit], start: int, room: Room) -> Iterator[tuple[int, int]]:
    """The last unit of every portion from `start` that there is room for, and its letters; the first always fits."""
    filling = Filling(room.characters)
    for last in range(start, len(row)):
        filling.add(row[last])
        if last > start and (filling.lines > room.lines or row[last].end - row[start].start > LONGEST):
            return
        yield last, filling.letters


def _joining(left: Unit, right: Unit) -> int:
    """What it costs to have these two in one portion."""
    return (_JOINED if left.ends else 0) + max(0, right.start - left.end - _PAUSE) // 30


def _parting(left: Unit, right: Unit) -> int:
    """What it costs to have one portion end and the next begin here."""
    return 3 * strain(left, right) * _PAUSE // (_PAUSE + right.start - left.end)


def _hurry(row: Sequence[Unit], start: int, last: int, letters: int) -> float:
    """What it costs to have less time than it takes to read."""
    if last + 1 == len(row):
        return 0
    needed, there = reading_time(letters), row[last + 1].start - row[start].start
    return _HURRIED * (needed - there) / needed if needed > there else 0

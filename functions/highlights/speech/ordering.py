"""Spans of time that follow one another."""

from collections.abc import Sequence
from itertools import accumulate

Span = tuple[int, int]


def in_order(spans: Sequence[Span], low: int, high: int, shortest: int) -> list[Span]:
    """The spans, moved as little as it takes to follow one another inside `low`..`high`; whole numbers of any unit.

    Those that overlap part in the middle. Each is at least `shortest` long, or what there is room for, but never
    empty: more spans than there are units go on after `high`.
    """
    if not spans:
        return []
    high = max(high, low + len(spans))
    shortest = max(1, min(shortest, (high - low) // len(spans)))
    edges = [min(max(edge, low), high) for span in _without_nests(spans) for edge in span]
    # Half-way between the latest edge before and the earliest after: the smallest correction that puts them in order.
    before, after = accumulate(edges, max), [*accumulate(reversed(edges), min)][::-1]
    edges = [(earlier + later) // 2 for earlier, later in zip(before, after, strict=True)]
    return _with_room(list(zip(edges[::2], edges[1::2], strict=True)), low, high, shortest)


def _without_nests(spans: Sequence[Span]) -> list[Span]:
    """None ends after its successor's end: one wrong end would move all that comes after it."""
    found: list[Span] = []
    limit = spans[-1][1]
    for start, end in reversed(spans):
        limit = max(start, min(end, limit))
        found.append((start, limit))
    return found[::-1]


def _with_room(spans: list[Span], low: int, high: int, shortest: int) -> list[Span]:
    """The neighbours of a span that is too short give way: those after it, at the end those before it."""
    at = low
    for number, (start, end) in enumerate(spans):
        start = max(start, at)
        at = max(end, start + shortest)
        spans[number] = start, at
    at = high
    for number, (start, end) in reversed(list(enumerate(spans))):
        end = min(end, at)
        at = min(start, end - shortest)
        spans[number] = at, end
    return spans

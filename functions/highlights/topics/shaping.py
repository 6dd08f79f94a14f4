"""Spans of sentences made to be topics: apart from each other, 30 to 300 s long, and not too many of them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from functions.highlights.topics.citing import Refusal, Span, joined, seconds
from functions.highlights.topics.windows import Sentence
from rushes.providers.topical.limits import LONGEST, SHORTEST

_PAUSE = 3.0  # seconds; a longer pause is no better place for a cut
_MISFIT = 1000.0  # what a length that is not allowed costs: more than any pause is worth


def apart(sentences: Sequence[Sentence], spans: Iterable[Span], refusals: list[Refusal]) -> list[Span]:
    """Where spans overlap, the more important one has the sentences, and the other keeps its longest rest: if that is
    long enough for a topic, or all it ever had."""
    owners: dict[int, Span] = {}
    for span in sorted(spans, key=lambda span: (-span.importance, span.first, span.last, span.title)):
        runs = _free_runs(span, owners)
        rest = max(runs, key=lambda run: (seconds(sentences, run[0], run[-1]), -run[0]), default=[])
        whole = len(rest) > span.last - span.first
        if not whole and (not rest or seconds(sentences, rest[0], rest[-1]) < SHORTEST):
            other = next(owners[place] for place in range(span.first, span.last + 1) if place in owners)
            refusals.append(Refusal(span.title, f"too little of it lies outside of “{other.title}”"))
            continue
        kept = replace(span, first=rest[0], last=rest[-1])
        owners |= dict.fromkeys(rest, kept)
    return _in_order(set(owners.values()))


def cut(sentences: Sequence[Sentence], spans: Iterable[Span]) -> list[Span]:
    """What is longer than 300 s becomes parts of about the same length, cut where the speaker pauses."""
    return [part for span in spans for part in _parts(sentences, span)]


def grown(sentences: Sequence[Sentence], spans: Iterable[Span], refusals: list[Refusal]) -> list[Span]:
    """What is shorter than 30 s takes in its neighbours, sentences of no topic or a whole topic, the nearer first.
    What cannot grow is refused, unless it is all that was said."""
    kept = _in_order(spans)
    while short := next((s for s in kept if _is_short(sentences, s)), None):
        place = kept.index(short)
        before = kept[place - 1] if place else None
        after = kept[place + 1] if place + 1 < len(kept) else None
        steps = _backward(sentences, short, before) + _forward(sentences, short, after)
        if steps:
            _, _, larger, swallowed = min(steps, key=lambda step: step[:2])
            kept = _in_order([*(s for s in kept if s is not short and s is not swallowed), larger])
        else:
            refusals.append(
                Refusal(short.title, f"it is shorter than {SHORTEST} s, and nothing can be added")
            )
            kept.remove(short)
    return kept


def limited(
    sentences: Sequence[Sentence], spans: Iterable[Span], most: int, refusals: list[Refusal]
) -> list[Span]:
    """At most so many: the least important neighbours become one, or where that would be too long, the least important
    one goes."""
    kept = _in_order(spans)
    while len(kept) > most:
        pairs = [
            (round(one.importance + other.importance, 6), place)
            for place, (one, other) in enumerate(pairwise(kept))
            if seconds(sentences, one.first, other.last) <= LONGEST
        ]
        if pairs:
            _, place = min(pairs)
            one, other = kept[place], kept[place + 1]
            kept[place : place + 2] = [joined(one, other, one.first, other.last)]
        else:
            least = min(kept, key=lambda span: (span.importance, -span.first))
            kept.remove(least)
            refusals.append(Refusal(least.title, f"{most} others are more important"))
    return kept


Step = tuple[float, int, Span, Span | None]
"""The pause that is bridged, 0 for forward, the larger span, and the one it swallowed."""


def _forward(sentences: Sequence[Sentence], span: Span, after: Span | None) -> list[Step]:
    place = span.last + 1
    if place == len(sentences):
        return []
    pause = sentences[place].start - sentences[span.last].end
    if after and after.first == place:
        larger = joined(span, after, span.first, after.last)
    else:
        larger, after = replace(span, last=place), None
    return [(pause, 0, larger, after)] if _fits(sentences, larger) else []


def _backward(sentences: Sequence[Sentence], span: Span, before: Span | None) -> list[Step]:
    place = span.first - 1
    if place < 0:
        return []
    pause = sentences[span.first].start - sentences[place].end
    if before and before.last == place:
        larger = joined(before, span, before.first, span.last)
    else:
        larger, before = replace(span, first=place), None
    return [(pause, 1, larger, before)] if _fits(sentences, larger) else []


def _fits(sentences: Sequence[Sentence], span: Span) -> bool:
    return seconds(sentences, span.first, span.last) <= LONGEST


def _is_short(sentences: Sequence[Sentence], span: Span) -> bool:
    everything = span.first == 0 and span.last == len(sentences) - 1
    return not everything and seconds(sentences, span.first, span.last) < SHORTEST


def _free_runs(span: Span, owners: dict[int, Span]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for place in range(span.first, span.last + 1):
        if place not in owners:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _parts(sentences: Sequence[Sentence], span: Span) -> list[Span]:
    length = seconds(sentences, span.first, span.last)
    if length <= LONGEST:
        return [span]
    target = length / math.ceil(length / LONGEST)
    # The cheapest way to have got to each place, and where its last part began.
    best: dict[int, tuple[float, int]] = {span.first: (0.0, span.first)}
    for last in range(span.first, span.last + 1):
        best[last + 1] = min(
            (best[first][0] + _cost(sentences, span, first, last, target), first)
            for first in range(last, span.first - 1, -1)
            if first == last or seconds(sentences, first, last) <= LONGEST
        )
    bounds = [span.last + 1]
    while bounds[-1] > span.first:
        bounds.append(best[bounds[-1]][1])
    bounds.reverse()
    if len(bounds) == 2:
        return [span]
    return [
        replace(span, first=first, last=end - 1, title=f"{span.title} · {number}")
        for number, (first, end) in enumerate(pairwise(bounds), start=1)
    ]


def _cost(sentences: Sequence[Sentence], span: Span, first: int, last: int, target: float) -> float:
    length = seconds(sentences, first, last)
    misfit = 0.0 if SHORTEST <= length <= LONGEST else _MISFIT
    pause = min(_PAUSE, sentences[first].start - sentences[first - 1].end) if first > span.first else 0.0
    return misfit + (length / target - 1) ** 2 - pause / _PAUSE


def _in_order(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: span.first)

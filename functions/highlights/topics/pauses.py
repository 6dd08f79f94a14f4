"""Topics of a lecture whose words nobody knows: divided at slides and pauses, weighed by the voice's energy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean, pstdev
from typing import Any

from functions.highlights.topics.merging import RefusedTopic, Topic, Topics, topic_id
from functions.highlights.topics.windows import clock
from rushes.providers.topical.limits import LONGEST, SHORTEST, topics_at_most

_BY = "slide changes, pauses and the voice's energy: without a transcript"
_PAUSE = 1.5  # seconds of silence from which a speaker may be between two thoughts
_LONG_PAUSE = 4.0  # that is as good as a slide change
_BEST = (60.0, 200.0)  # seconds of a part, in a short lecture and in a long one
_SEARCH = 20.0  # where nothing happens, one of this many seconds, the quietest, may divide
_MISFIT, _A_PART = 1000.0, 0.5  # what a length that is not allowed costs, and what every part does
_QUIET = -2.0
"""Weight of a break where nothing happens: only for parts that would be too long."""
_SHARES = {"loudness": 0.5, "variation": 0.3, "speech": 0.2}
_LEAST_IMPORTANT, _MOST_IMPORTANT = 0.2, 0.9


@dataclass(frozen=True, order=True)
class _Break:
    """Where one part may end and the next begin, a silence apart. A long pause weighs 1, a slide more."""

    end: float
    start: float
    weight: float


@dataclass(frozen=True)
class _Part:
    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def topics_without_words(layout: Mapping[str, Any], silence: Mapping[str, Any]) -> dict[str, Any]:
    """The document `topics` from the documents `layout` and `silence`; no sentence is cited."""
    duration = float(silence["duration"])
    parts = _parts(_breaks(layout["slides"], silence), duration)
    importances = _importances(parts, silence)
    most = topics_at_most(duration)
    ranked = sorted(range(len(parts)), key=lambda index: (-importances[index], index))
    topics = [
        _topic(parts[index], importances[index], number, title=_title(index, parts[index]))
        for number, index in enumerate(sorted(ranked[:most]), start=1)
    ]
    refused = [
        RefusedTopic(title=_title(index, parts[index]), reason=f"{most} others have more energy")
        for index in sorted(ranked[most:])
    ]
    return Topics(by=_BY, topics=tuple(topics), refused=tuple(refused)).model_dump(mode="json")


def _breaks(slides: Sequence[float], silence: Mapping[str, Any]) -> list[_Break]:
    """In order. A slide that changes within a silence is one break with it."""
    duration = float(silence["duration"])
    silences = [(float(each["start"]), float(each["end"])) for each in silence["silences"]]
    found = [
        _Break(start, end, min(1.0, (end - start) / _LONG_PAUSE))
        for start, end in silences
        if end - start >= _PAUSE
    ]
    for slide in map(float, slides):
        around = next(((start, end) for start, end in silences if start <= slide <= end), (slide, slide))
        found = [each for each in found if (each.end, each.start) != around]
        found.append(_Break(*around, 1.0 + min(1.0, (around[1] - around[0]) / _LONG_PAUSE)))
    quiet = [each for each in _quiet(silence) if not any(start <= each.end <= end for start, end in silences)]
    return sorted(each for each in {*found, *quiet} if each.end > 0 and each.start < duration)


def _quiet(silence: Mapping[str, Any]) -> list[_Break]:
    """The quietest second of each stretch."""
    step, levels = float(silence["energy"]["step"]), silence["energy"]["dbfs"]
    size = max(1, round(_SEARCH / step))
    found = []
    for first in range(0, len(levels), size):
        quietest = min(range(first, min(first + size, len(levels))), key=lambda index: levels[index])
        middle = round((quietest + 0.5) * step, 3)
        found.append(_Break(middle, middle, _QUIET))
    return found


def _parts(breaks: Sequence[_Break], duration: float) -> list[_Part]:
    """The division that uses the weightiest breaks and leaves parts of good and similar lengths."""
    shortest, longest = _BEST
    best_length = min(max(duration / topics_at_most(duration), shortest), longest)
    edges = [_Break(0.0, 0.0, 0.0), *breaks, _Break(duration, duration, 0.0)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for index in range(1, len(edges)):
        ways = []
        for before in range(index - 1, -1, -1):
            length = edges[index].end - edges[before].start
            ways.append((best[before][0] + _cost(length, best_length) - edges[index].weight, before))
            if length > LONGEST:
                break
        best.append(min(ways))
    parts: list[_Part] = []
    index = len(edges) - 1
    while index:
        before = best[index][1]
        parts.append(_Part(edges[before].start, edges[index].end))
        index = before
    return [part for part in reversed(parts) if part.seconds > 0]


def _cost(length: float, best_length: float) -> float:
    misfit = 0.0 if SHORTEST <= length <= LONGEST else _MISFIT
    return misfit + log(max(length, 0.1) / best_length) ** 2 + _A_PART


def _importances(parts: Sequence[_Part], silence: Mapping[str, Any]) -> list[float]:
    """Who speaks up, with variation and without long silences, is at something."""
    measured = [_measures(part, silence) for part in parts]
    scaled = {name: _spread([each[name] for each in measured]) for name in _SHARES}
    reach = _MOST_IMPORTANT - _LEAST_IMPORTANT
    return [
        round(
            _LEAST_IMPORTANT + reach * sum(share * scaled[name][index] for name, share in _SHARES.items()), 3
        )
        for index in range(len(parts))
    ]


def _measures(part: _Part, silence: Mapping[str, Any]) -> dict[str, float]:
    step, floor = float(silence["energy"]["step"]), float(silence["floor_dbfs"])
    first, last = int(part.start / step), int(part.end / step) + 1
    above = [max(0.0, level - floor) for level in silence["energy"]["dbfs"][first:last]] or [0.0]
    silent = sum(
        max(0.0, min(part.end, each["end"]) - max(part.start, each["start"])) for each in silence["silences"]
    )
    return {
        "loudness": fmean(above),
        "variation": pstdev(above),
        "speech": 1 - silent / part.seconds,
    }


def _spread(values: Sequence[float]) -> list[float]:
    """From 0 for the least to 1 for the greatest; all the same are 0.5."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high - low > 1e-9 else 0.5 for value in values]


def _topic(part: _Part, importance: float, number: int, title: str) -> Topic:
    return Topic(
        id=topic_id(number),
        title=title,
        description="",
        start=round(part.start, 3),
        end=round(part.end, 3),
        first_sentence=None,
        last_sentence=None,
        importance=importance,
        keywords=(),
        concepts=(),
    )


def _title(index: int, part: _Part) -> str:
    return f"Part {index + 1} · {clock(part.start)}"

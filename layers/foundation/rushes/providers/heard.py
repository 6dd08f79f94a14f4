"""What a transcriber heard, as the document `words_NN`: believed only as far as its times can be.

Times are seconds from the beginning of the sound that was listened to.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

PADDING = 30.0
"""Seconds. Whisper hears windows of that length, the last one filled up with silence, and may hear something in it."""

_JUMP = 5.0
"""Seconds back in time: the windows overlap, so a little of it happens in good answers."""


_LARGEST = 1e9


class Unbelievable(ValueError):
    """Times that cannot be those of the sound, or words that are none."""


@dataclass(frozen=True)
class Span:
    """A word or a segment."""

    text: str
    start: float
    end: float
    confidence: float | None = None
    """0 to 1; None where nobody says."""

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def span(text: Any, start: Any, end: Any, confidence: float | None = None) -> Span:
    """Raises `Unbelievable` for what is no text with times."""
    begins, ends = number(start), number(end)
    if not isinstance(text, str) or begins is None or ends is None:
        raise Unbelievable("a word without a time")
    return Span(text.strip(), begins, ends, confidence)


def kept(
    path: Path, model: str, language: str | None, segments: Sequence[Span], words: Sequence[Span]
) -> Path:
    """The document, written."""
    document = {
        "language": language,
        "heard": True,
        "model": model,
        "segments": [_told(segment) for segment in segments],
        "words": [_told(word) for word in words],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return path


def within(spans: Iterable[Span], seconds: float) -> list[Span]:
    """Those inside the sound's length, one after the other. What was heard in the padding is left out, what reaches
    over an edge or into the next is drawn in. Raises `Unbelievable` for times that are further off."""
    found = [span for span in spans if span.text]
    for span in found:
        if not -_JUMP <= span.start <= span.end + _JUMP <= seconds + PADDING + _JUMP:
            raise Unbelievable(f"“{span.text[:40]}” at {span.start:g} to {span.end:g} s of {seconds:g}")
    for before, after in pairwise(found):
        if after.start < before.start - _JUMP:
            raise Unbelievable(
                f"“{after.text[:40]}” {before.start - after.start:g} s before what precedes it"
            )
    starts = [start for start in accumulate((max(span.start, 0.0) for span in found), max) if start < seconds]
    limits = [*starts[1:], seconds]
    return [
        replace(span, start=start, end=min(max(span.end, start), limit))
        for span, start, limit in zip(found, starts, limits, strict=False)
    ]


def number(value: Any) -> float | None:
    """None for what JSON may hold in a number's place: no number, not a finite one, or one of 400 digits."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        return None
    return float(value)


def _told(span: Span) -> dict[str, Any]:
    confidence = None if span.confidence is None else round(min(max(span.confidence, 0.0), 1.0), 3)
    return {
        "text": span.text,
        "start": round(span.start, 3),
        "end": round(span.end, 3),
        "confidence": confidence,
    }

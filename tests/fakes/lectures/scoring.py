"""How near a `layout` document comes to the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_MOMENT = 0.5
_NEAR = 0.03
_SOON = 0.6


@dataclass(frozen=True)
class Score:
    named: float
    """Share of the moments (two a second) whose layout has the right name."""
    right: float
    """Share of them with the right name and every side within 3 % of the picture's size."""
    largest_error: float
    """Of any side, as a share of the picture's size, where the name is right."""
    slides: int
    slides_found: int
    """Within 0.6 seconds."""
    slides_invented: int

    @classmethod
    def of_all(cls, scores: Sequence["Score"]) -> "Score":
        return cls(
            sum(score.named for score in scores) / len(scores),
            sum(score.right for score in scores) / len(scores),
            max(score.largest_error for score in scores),
            sum(score.slides for score in scores),
            sum(score.slides_found for score in scores),
            sum(score.slides_invented for score in scores),
        )


def score(truth: dict[str, Any], told: dict[str, Any]) -> Score:
    size = truth["width"], truth["height"]
    end = truth["segments"][-1]["end"]
    moments = [_MOMENT * (n + 0.5) for n in range(int(end / _MOMENT))]
    pairs = [(_at(truth, moment), _at(told, moment)) for moment in moments]
    errors = [_error(a, b, size) for a, b in pairs if a["layout"] == b["layout"]]
    return Score(
        len(errors) / len(pairs),
        sum(error <= _NEAR for error in errors) / len(pairs),
        max(errors, default=0),
        len(truth["slides"]),
        *_slides(truth, told),
    )


def _at(document: dict[str, Any], moment: float) -> dict[str, Any]:
    segments = document["segments"]
    return next((s for s in segments if s["start"] <= moment < s["end"]), segments[-1])


def _error(one: dict[str, Any], other: dict[str, Any], size: tuple[int, int]) -> float:
    """The largest distance between two sides that should be one; 1 when a pane is missing."""
    worst = 0.0
    for pane in ("screen", "camera"):
        a, b = one[pane], other[pane]
        if (a is None) != (b is None):
            return 1.0
        if a is not None:
            worst = max(worst, *(abs(p - q) for p, q in zip(_sides(a, size), _sides(b, size), strict=True)))
    return worst


def _sides(box: list[int], size: tuple[int, int]) -> tuple[float, ...]:
    x, y, width, height = box
    return x / size[0], y / size[1], (x + width) / size[0], (y + height) / size[1]


def _slides(truth: dict[str, Any], told: dict[str, Any]) -> tuple[int, int]:
    """(how many were found, how many were invented). A change of layout may be told as one or not."""
    cuts = [segment["start"] for segment in truth["segments"][1:]]
    left = [time for time in told["slides"] if all(abs(time - cut) > 1 for cut in cuts)]
    found = 0
    for time in truth["slides"]:
        near = [one for one in left if abs(one - time) <= _SOON]
        if near:
            left.remove(min(near, key=lambda one: abs(one - time)))
            found += 1
    return found, len(left)

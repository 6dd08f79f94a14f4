"""The rectangle of a moving picture within a picture: the four standing edges that best enclose what moves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushes.media.layout.circles import circle_around
from rushes.media.layout.corners import running_on, unlike
from rushes.media.layout.life import Life
from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.movement import apart, movement
from rushes.media.layout.sums import Bounds, Sums
from rushes.media.layout.traces import Trace

_LINES = 7
"""Candidates for each side."""
_NARROWEST, _WIDEST = 0.3, 3.0
"""Width ÷ height of cameras: a column beside the slides, a strip above them."""
_LEAST_SCORE = 0.2
_LEAST_OF_SIDE = 0.25
"""For each side of a rectangle that has three or more within the picture, as furniture may."""
_ELSEWHERE = 1.5
"""What it costs when all that moves is in another place."""
_LEAST_FREE = 0.02
"""Of the picture that must move when no edges enclose it."""
_MOST_ROUND = 2
"""Places around which a circle is looked for."""
_PLAIN = 2.6
"""Score of a rectangle that leaves no doubt that it is one."""
_TRIM = 0.12
"""Share of a side at each end that need not show: corners may be round."""


@dataclass(frozen=True)
class Found:
    box: Box | None
    """None when nothing moves."""
    score: float
    """Positive: edges that enclose; 0 for the whole picture."""
    support: float
    """0..1: how much of the sides within the picture shows as an edge; 0 when there are none."""
    is_round: bool = False


def camera_in(traces: Sequence[Trace], known: Sequence[Box] = ()) -> Found:
    """The best rectangle around what moves; the whole picture when no edges enclose it.

    `known` are rectangles to be weighed as well.
    """
    mass = mass_of(traces)
    if not mass.any():
        return Found(None, 0, 0)
    lines = Lines(traces)
    height, width = mass.shape
    life = Life(traces)
    places = apart(mass)
    moving = [mass, *places] if len(places) > 1 else places
    boxes = np.concatenate(
        [*(_candidates(one, lines) for one in moving), np.array(known, int).reshape(-1, 4)]
    )
    scores, supports = _judged(boxes, places, lines, life)
    best = int(np.argmax(scores))
    inner = _inner(boxes[best], width, height)
    round_ = _round(places, known, lines, life) if scores[best] < _PLAIN else None
    if round_ and round_.score > scores[best] and (inner < 2 or round_.support > supports[best]):
        return round_
    if scores[best] < (_LEAST_SCORE if inner < 3 else _LEAST_OF_SIDE * inner):
        if (mass > 0).mean() < _LEAST_FREE:
            return Found(None, 0, 0)
        return Found((0, 0, width, height), 0, 0)
    return Found(tuple(int(v) for v in boxes[best]), float(scores[best]), float(supports[best]))  # type: ignore[arg-type]


def _inner(box: np.ndarray, width: int, height: int) -> int:
    """How many sides are not on the picture's border."""
    left, top, right, bottom = (int(side) for side in box)
    return (left > 0) + (top > 0) + (right < width) + (bottom < height)


def _round(places: Sequence[np.ndarray], known: Sequence[Box], lines: Lines, life: Life) -> Found | None:
    """The best circle around a place, if enough of one shows, on the same scale as rectangles are judged on."""
    found = None
    for core in [*(_core(box) for box in known), *(extent(place) for place in places[:_MOST_ROUND])]:
        if (circle := circle_around(core, lines)) is None:
            continue
        box, shown = circle
        cut, elsewhere = (float(share[0]) for share in _outside(_bounds(box), places))
        left, top, right, bottom = core = _core(box)
        beside = _bounds((box[0], top, box[2], bottom)), _bounds((left, box[1], right, box[3]))
        alive = sum(float(life.across(beside[side // 2], side)[0]) for side in range(4))
        score = 4 * (shown - 0.5) - 8 * max(0.0, 0.7 - shown) + 0.5 * alive
        score -= 3 * max(0.0, float(life.changed(_bounds(core))[0]) - 0.05)
        score -= 6 * max(0.0, cut - 0.03) + _ELSEWHERE * elsewhere
        if score > (found.score if found else _LEAST_SCORE):
            found = Found(box, score, shown, is_round=True)
    return found


def _core(box: Box) -> Box:
    """The square within the circle within the box."""
    inset_x, inset_y = (box[2] - box[0]) // 7, (box[3] - box[1]) // 7
    return box[0] + inset_x, box[1] + inset_y, box[2] - inset_x, box[3] - inset_y


def _bounds(box: Box) -> Bounds:
    left, top, right, bottom = (np.array([side]) for side in box)
    return left, top, right, bottom


def mass_of(traces: Sequence[Trace]) -> np.ndarray:
    weights = np.array([trace.weight for trace in traces], np.float32)
    return np.tensordot(weights / weights.sum(), np.stack([movement(trace) for trace in traces]), 1)


def _candidates(mass: np.ndarray, lines: Lines) -> np.ndarray:
    height, width = mass.shape
    left, top, right, bottom = extent(mass)
    slack_x, slack_y = round(0.03 * width), round(0.03 * height)
    rows = (np.array(top), np.array(bottom))
    columns = (np.array(left), np.array(right))
    x = np.arange(width)
    y = np.arange(height)
    upright = lines.upright(x, *rows)
    level = lines.level(y, *columns)
    lefts = _best(upright, 3, left + slack_x, 0)
    rights = _best(upright, right - slack_x, width - 3, width)
    tops = _best(level, 3, top + slack_y, 0)
    bottoms = _best(level, bottom - slack_y, height - 3, height)
    boxes = np.stack(np.meshgrid(lefts, tops, rights, bottoms, indexing="ij"), -1).reshape(-1, 4)
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    shaped = (wide >= _NARROWEST * tall) & (wide <= _WIDEST * tall) | (wide == width) & (tall == height)
    return boxes[shaped & (wide >= 0.06 * width) & (tall >= 0.08 * height)]


def judged(trace: Trace, box: Box) -> Found:
    """How well this rectangle encloses what moves."""
    score, support = _judged(np.array([box]), apart(movement(trace)), Lines([trace]), Life([trace]))
    return Found(box, float(score[0]), float(support[0]))


def extent(mass: np.ndarray, lost: float = 0.01) -> Box:
    """The box outside of which lies at most `lost` of the mass on each side."""
    spans = []
    for axis in (0, 1):
        share = mass.sum(axis=axis).cumsum()
        share = share / share[-1]
        spans.append((int(np.searchsorted(share, lost)), int(np.searchsorted(share, 1 - lost)) + 1))
    (left, right), (top, bottom) = spans
    return left, top, min(right, mass.shape[1]), min(bottom, mass.shape[0])


def _judged(
    boxes: np.ndarray, places: Sequence[np.ndarray], lines: Lines, life: Life
) -> tuple[np.ndarray, np.ndarray]:
    """(scores, supports) of many boxes, one a row."""
    left, top, right, bottom = boxes.T
    bounds = left, top, right, bottom
    sides, inner = lines.sides(boxes, _TRIM)
    alive = np.stack([life.across(bounds, side) for side in range(4)])
    worth = np.where(inner, (sides - 0.5) - 2 * np.maximum(0, 0.4 - sides) + 0.5 * alive, 0).sum(axis=0)
    worth -= 3 * np.maximum(0, life.changed(bounds) - 0.05)
    worth -= 0.6 * running_on(bounds, lines, life)
    worth -= 0.8 * unlike(bounds, lines)
    cut, elsewhere = _outside(bounds, places)
    worth -= 6 * np.maximum(0, cut - 0.03) + _ELSEWHERE * elsewhere
    support = np.where(inner, sides, 0).sum(axis=0) / np.maximum(1, inner.sum(axis=0))
    return worth, support


def _outside(bounds: Bounds, places: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Shares of what moves: outside the box but in a place that the box cuts, and in places apart from it."""
    cut, met, total = np.zeros(len(bounds[0])), np.full(len(bounds[0]), 1e-6), 1e-6
    for mass in places:
        sums = Sums(mass.astype(float))
        inside = sums.over(bounds)
        meets = inside > 0.03 * sums.total
        cut += meets * (sums.total - inside)
        met += meets * sums.total
        total += sums.total
    return cut / met, np.maximum(0, 1 - met / total)


def _best(support: np.ndarray, first: int, last: int, border: int) -> np.ndarray:
    """The strongest lines from `first` to `last`, no two of them neighbours, and the picture's border."""
    left = support.copy()
    left[: max(3, first)] = left[min(len(left) - 3, last) + 1 :] = 0
    found = [border]
    for _ in range(_LINES):
        best = int(np.argmax(left))
        if left[best] < 0.3:
            break
        found.append(best)
        left[max(0, best - 1) : best + 2] = 0
    return np.array(found)

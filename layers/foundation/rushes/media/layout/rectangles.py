"""The rectangle of a moving picture within a picture: the four standing edges that best enclose what moves."""

from dataclasses import dataclass

import numpy as np

from rushes.media.layout.traces import Trace

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of a sample; right and bottom are outside."""

_LINES = 10
"""Candidates for each side."""
_EDGE = 3.0
"""Steps of luma that make an edge."""
_TRIM = 0.12
"""Share of a side at each end that need not show: corners may be round."""


@dataclass(frozen=True)
class Found:
    box: Box
    score: float
    """Positive: edges that enclose; 0 for the whole picture."""
    support: float
    """0..1: how much of the sides within the picture shows as an edge; 0 when there are none."""


class Lines:
    """How much of any straight line of a trace shows as a standing edge."""

    def __init__(self, trace: Trace) -> None:
        self.height, self.width = trace.moving.shape
        upright = _ridges(trace.across)
        level = _ridges(trace.down.T).T
        self._upright = np.pad(upright.cumsum(0), ((1, 0), (0, 0)))
        self._level = np.pad(level.cumsum(1), ((0, 0), (1, 0)))

    def upright(self, x: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        """Shares (0..1) of the vertical lines left of columns `x`, from rows `top` to `bottom`."""
        x = np.clip(x, 0, self.width - 1)
        return (self._upright[bottom, x] - self._upright[top, x]) / np.maximum(1, bottom - top)

    def level(self, y: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        y = np.clip(y, 0, self.height - 1)
        return (self._level[y, right] - self._level[y, left]) / np.maximum(1, right - left)


def enclosing(trace: Trace, mass: np.ndarray, lines: Lines) -> Found:
    """The best rectangle around `mass` (height × width, ≥ 0); the whole picture when no edges enclose it."""
    height, width = mass.shape
    left, top, right, bottom = extent(mass)
    slack_x, slack_y = round(0.03 * width), round(0.03 * height)
    rows = (np.array(top), np.array(bottom))
    columns = (np.array(left), np.array(right))
    x = np.arange(width)
    y = np.arange(height)
    upright = lines.upright(x, *rows)
    level = lines.level(y, *columns)
    lefts = _best(upright, 1, min(width - 1, left + slack_x), 0)
    rights = _best(upright, max(1, right - slack_x), width - 1, width)
    tops = _best(level, 1, min(height - 1, top + slack_y), 0)
    bottoms = _best(level, max(1, bottom - slack_y), height - 1, height)
    boxes = np.stack(np.meshgrid(lefts, tops, rights, bottoms, indexing="ij"), -1).reshape(-1, 4)
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    boxes = boxes[(wide >= 0.06 * width) & (tall >= 0.08 * height)]
    scores, supports = _judged(boxes, mass, lines)
    best = int(np.argmax(scores))
    return Found(tuple(int(v) for v in boxes[best]), float(scores[best]), float(supports[best]))  # type: ignore[arg-type]


def extent(mass: np.ndarray, lost: float = 0.01) -> Box:
    """The box outside of which lies at most `lost` of the mass on each side."""
    spans = []
    for axis in (0, 1):
        share = mass.sum(axis=axis).cumsum()
        share = share / share[-1]
        spans.append((int(np.searchsorted(share, lost)), int(np.searchsorted(share, 1 - lost)) + 1))
    (left, right), (top, bottom) = spans
    return left, top, min(right, mass.shape[1]), min(bottom, mass.shape[0])


def _judged(boxes: np.ndarray, mass: np.ndarray, lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    height, width = mass.shape
    left, top, right, bottom = boxes.T
    trim_x, trim_y = (_TRIM * (right - left)).astype(int), (_TRIM * (bottom - top)).astype(int)
    sides = np.stack(
        [
            lines.upright(left, top + trim_y, bottom - trim_y),
            lines.upright(right, top + trim_y, bottom - trim_y),
            lines.level(top, left + trim_x, right - trim_x),
            lines.level(bottom, left + trim_x, right - trim_x),
        ]
    )
    inner = np.stack([left > 0, right < width, top > 0, bottom < height])
    worth = np.where(inner, (sides - 0.5) - 2 * np.maximum(0, 0.4 - sides), 0).sum(axis=0)
    sums = np.pad(mass.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    worth -= 6 * np.maximum(0, 0.97 - inside / sums[-1, -1])
    support = np.where(inner, sides, 0).sum(axis=0) / np.maximum(1, inner.sum(axis=0))
    return worth, support


def _ridges(edges: np.ndarray) -> np.ndarray:
    """1 where a vertical edge stands out from what lies left and right of it, one pixel of jitter allowed."""
    padded = np.pad(edges, ((0, 0), (5, 5)), mode="edge")
    width = edges.shape[1]
    around = sum(padded[:, 5 + shift : 5 + shift + width] for shift in (-5, -4, -3, 3, 4, 5)) / 6
    ridge = (edges > _EDGE) & (edges > 1.5 * around)
    wide = np.pad(ridge, ((0, 0), (1, 1)))
    return (wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]).astype(np.float32)


def _best(support: np.ndarray, first: int, last: int, border: int) -> np.ndarray:
    """The strongest lines from `first` to `last`, no two of them neighbours, and the picture's border."""
    left = support.copy()
    left[:first] = left[last + 1 :] = 0
    found = [border]
    for _ in range(_LINES):
        best = int(np.argmax(left))
        if left[best] < 0.3:
            break
        found.append(best)
        left[max(0, best - 1) : best + 2] = 0
    return np.array(found)

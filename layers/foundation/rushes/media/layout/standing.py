"""A screen that stands apart from the camera, on a canvas with things of its own: a name, a logo, a list, a photo."""

from collections.abc import Sequence

import numpy as np

from rushes.media.layout.boxes import area_of, grown
from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.sums import Sums
from rushes.media.layout.traces import Trace, changed

_SHAPES = np.array([4 / 3, 16 / 10, 16 / 9])
"""Width ÷ height of screens and slides."""
_OFF_SHAPE = 0.035
_LINES = 24
"""Candidates for upright sides, and for level ones."""
_LEAST_LINE = 0.2
"""Of the picture's height or width that a side takes at least."""
_LEAST_SIDE, _LEAST_SIDES = 0.6, 0.85
"""How much of each side, and of all sides, must show as an edge."""
_TRIM = 0.06
"""Share of a side at each end that need not show: corners may be round."""
_MOST_ELSEWHERE = 0.04
"""Of all that changes: so much may do so beyond the screen."""
_LEAST_AREA = 0.12
"""Of the picture."""
_OF_CAMERA = 0.9
"""Of the camera's area: a screen is larger, but for halves."""
_BORDER, _FOR_AREA = 0.5, 0.2
"""What a side on the picture's border, and all of the picture, are worth, where a side that shows is worth 1."""


def standing_apart(traces: Sequence[Trace], camera: Box, lines: Lines) -> Box | None:
    """A large rectangle of a screen's shape beside the camera, enclosed by edges, beyond which no slide changes."""
    boxes = _shaped(lines)
    boxes = boxes[_areas(boxes) >= _OF_CAMERA * area_of(camera)]
    boxes = boxes[_clear_of(boxes, camera) & _in_line(boxes, camera, lines)]
    boxes = boxes[_holding_changes(boxes, traces, camera)]
    shown = _shown(boxes, lines)
    boxes, shown = boxes[shown > 0], shown[shown > 0]
    if not len(boxes):
        return None
    shares = _areas(boxes) / (lines.width * lines.height)
    left, top, right, bottom = boxes[int(np.argmax(shown + _FOR_AREA * shares))]
    return int(left), int(top), int(right), int(bottom)


def _shaped(lines: Lines) -> np.ndarray:
    """All rectangles between long lines that have a screen's shape: n × 4."""
    width, height = lines.width, lines.height
    columns = _long(lines.upright(np.arange(width), np.array(0), np.array(height)))
    rows = _long(lines.level(np.arange(height), np.array(0), np.array(width)))
    grid = np.meshgrid(columns, rows, columns, rows, indexing="ij")
    boxes = np.stack(grid, -1).reshape(-1, 4)
    boxes = boxes[(boxes[:, 2] > boxes[:, 0] + 8) & (boxes[:, 3] > boxes[:, 1] + 8)]
    boxes = boxes[_areas(boxes) >= _LEAST_AREA * width * height]
    shapes = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    return boxes[np.abs(shapes[:, None] / _SHAPES - 1).min(axis=1) <= _OFF_SHAPE]


def _long(shares: np.ndarray) -> np.ndarray:
    """The longest lines, no two of them neighbours, and the picture's borders."""
    left, found = shares.copy(), [0, len(shares)]
    left[:2] = left[-2:] = 0
    while len(found) < _LINES and left.max() >= _LEAST_LINE:
        best = int(np.argmax(left))
        # An edge is three pixels wide here; its middle is where it stands.
        same = np.flatnonzero(left[best : best + 3] >= 0.95 * left[best])
        best += int(same.max()) // 2
        found.append(best)
        left[max(0, best - 1) : best + 2] = 0
    return np.array(sorted(found))


def _clear_of(boxes: np.ndarray, camera: Box) -> np.ndarray:
    left, top, right, bottom = boxes.T
    return (
        (right <= camera[0] + 2)
        | (left >= camera[2] - 2)
        | (bottom <= camera[1] + 2)
        | (top >= camera[3] - 2)
    )


def _in_line(boxes: np.ndarray, camera: Box, lines: Lines) -> np.ndarray:
    """Is it centred in the picture or on the camera, or level with one of its ends, as somebody arranges it?"""
    left, top, right, bottom = boxes.T
    beside = (right <= camera[0] + 2) | (left >= camera[2] - 2)
    near = 0.02 * max(lines.width, lines.height)
    ahead, behind = np.where(beside, top, left), np.where(beside, bottom, right)
    first, last = np.where(beside, camera[1], camera[0]), np.where(beside, camera[3], camera[2])
    size = np.where(beside, lines.height, lines.width)
    off = np.stack(
        [
            np.abs(ahead + behind - size) / 2,
            np.abs(ahead + behind - first - last) / 2,
            ahead - first,
            behind - last,
        ]
    )
    return (np.abs(off) <= near).any(axis=0)


def _shown(boxes: np.ndarray, lines: Lines) -> np.ndarray:
    """0..1: how much of its sides shows; 0 where that is too little. One on the picture's border says little."""
    sides, inner = lines.sides(boxes, _TRIM)
    least = np.where(inner, sides, 1).min(axis=0)
    mean = np.where(inner, sides, 0).sum(axis=0) / np.maximum(1, inner.sum(axis=0))
    enough = (inner.sum(axis=0) >= 2) & (least >= _LEAST_SIDE) & (mean >= _LEAST_SIDES)
    return np.where(enough, np.where(inner, sides, _BORDER).mean(axis=0), 0)


def _holding_changes(boxes: np.ndarray, traces: Sequence[Trace], camera: Box) -> np.ndarray:
    """Do slides change in it and, but for the camera's picture, nowhere else?"""
    there = changed(traces).astype(float)
    left, top, right, bottom = grown(camera, 3, *there.shape[::-1])
    there[top:bottom, left:right] = 0
    sums = Sums(there)
    left, top, right, bottom = boxes.T
    inside = sums.over(sums.clipped((left - 2, top - 2, right + 2, bottom + 2)))
    return sums.total - inside <= _MOST_ELSEWHERE * sums.total + 0.001 * there.size


def _areas(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])

"""Which layout a picture has, and where its panes lie, from what stretches of it left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rushes.media.layout.rectangles import Box, Lines, enclosing
from rushes.media.layout.traces import Trace, boxed, pooled

Name = Literal["screen_only", "camera_only", "side_by_side", "picture_in_picture"]

_LEAST_MOVEMENT = 0.8
_FLAT = 5.0


@dataclass(frozen=True)
class Panes:
    name: Name
    screen: Box | None
    camera: Box | None
    confidence: float


def panes(traces: Sequence[Trace]) -> Panes:
    """Of stretches that share one layout."""
    whole = pooled(traces)
    height, width = whole.moving.shape
    lines = Lines(whole)
    mass = movement(whole)
    if (mass > 0).mean() < 0.002:
        return Panes("screen_only", _screen(traces, (0, 0, width, height), lines), None, 0.9)
    found = enclosing(whole, mass, lines)
    box = found.box
    if found.score < 0.2 or _area(box) > 0.9 * width * height:
        return _unenclosed(traces, whole, mass, lines)
    outside = _content(traces)
    hidden = _grown(box, 3, width, height)
    outside[hidden[1] : hidden[3], hidden[0] : hidden[2]] = False
    if outside.sum() < 0.01 * outside.size:
        return Panes("camera_only", None, box, 0.9)
    beside = _beside(traces, box, outside, lines)
    if beside:
        return Panes("side_by_side", beside, box, min(1.0, 0.4 + found.support * 0.6))
    screen = (0, 0, width, height)
    if not _cornered(box, width, height) or _area(box) > 0.3 * width * height:
        return Panes("screen_only", screen, None, 0.7)
    return Panes("picture_in_picture", screen, box, min(1.0, 0.4 + found.support * 0.6))


def movement(whole: Trace) -> np.ndarray:
    """How much each pixel moves beyond what the picture's quiet parts do; specks taken out."""
    floor = max(_LEAST_MOVEMENT, 2 * float(np.percentile(whole.moving, 20)))
    mass = np.clip(whole.moving - floor, 0, 12)
    mass[boxed((mass > 0).astype(np.float32), 2) < 0.3] = 0
    return mass


def _unenclosed(traces: Sequence[Trace], whole: Trace, mass: np.ndarray, lines: Lines) -> Panes:
    height, width = mass.shape
    return Panes("camera_only", None, (0, 0, width, height), 0.7)


def _beside(traces: Sequence[Trace], camera: Box, outside: np.ndarray, lines: Lines) -> Box | None:
    """The screen's rectangle when it lies wholly on one side of the camera's, otherwise None."""
    height, width = outside.shape
    left, top, right, bottom = camera
    strips = [(0, 0, left, height), (right, 0, width, height), (0, 0, width, top), (0, bottom, width, height)]
    strip = max(strips, key=lambda box: outside[box[1] : box[3], box[0] : box[2]].sum())
    if _area(strip) < 0.2 * width * height:
        return None
    rest = outside.copy()
    rest[strip[1] : strip[3], strip[0] : strip[2]] = False
    if rest.sum() > 0.02 * outside.sum() + 0.001 * rest.size:
        return None
    screen = _screen(traces, strip, lines)
    if _area(camera) + _area(strip) > 0.93 * width * height:
        return screen
    facing = _facing(screen, camera, lines)
    return screen if facing > 0.5 else None


def _facing(screen: Box, camera: Box, lines: Lines) -> float:
    """How much of the screen's side that faces the camera, but not the camera itself, shows as an edge."""
    left, top, right, bottom = screen
    if right <= camera[0] + 2 or left >= camera[2] - 2:
        x = right if right <= camera[0] + 2 else left
        spans = [(top, min(bottom, camera[1] - 2)), (max(top, camera[3] + 2), bottom)]
        measured = [(b - a, lines.upright(np.array(x), np.array(a), np.array(b))) for a, b in spans if b - a > 3]
    else:
        y = bottom if bottom <= camera[1] + 2 else top
        spans = [(left, min(right, camera[0] - 2)), (max(left, camera[2] + 2), right)]
        measured = [(b - a, lines.level(np.array(y), np.array(a), np.array(b))) for a, b in spans if b - a > 3]
    total = sum(length for length, _ in measured)
    return float(sum(length * share for length, share in measured) / total) if total else 1.0


def _screen(traces: Sequence[Trace], strip: Box, lines: Lines) -> Box:
    """The strip without the canvas around the screen: flat, unchanging, ended by a straight edge."""
    left, top, right, bottom = strip
    stack = np.stack([trace.middle[top:bottom, left:right] for trace in traces])
    low, high = stack.min(axis=0), stack.max(axis=0)
    rows = _flat_ends(low.min(axis=1), high.max(axis=1))
    columns = _flat_ends(low.min(axis=0), high.max(axis=0))
    box = (left + columns[0], top + rows[0], right - columns[1], bottom - rows[1])
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return strip
    return _supported(box, strip, lines)


def _flat_ends(low: np.ndarray, high: np.ndarray) -> tuple[int, int]:
    """How many lines at each end have one and the same tone throughout, always."""
    counts = []
    for step in (1, -1):
        lows, highs = low[::step], high[::step]
        spread = np.maximum.accumulate(highs) - np.minimum.accumulate(lows)
        counts.append(int(np.argmax(spread > 2 * _FLAT)) if (spread > 2 * _FLAT).any() else 0)
    return counts[0], counts[1]


def _supported(box: Box, strip: Box, lines: Lines) -> Box:
    """Sides that show as an edge are kept; others go back to the strip's."""
    left, top, right, bottom = box
    n = np.array
    shares = (
        lines.upright(n(left), n(top), n(bottom)),
        lines.level(n(top), n(left), n(right)),
        lines.upright(n(right), n(top), n(bottom)),
        lines.level(n(bottom), n(left), n(right)),
    )
    kept = [new if share > 0.6 else old for new, old, share in zip(box, strip, shares, strict=True)]
    return kept[0], kept[1], kept[2], kept[3]


def _content(traces: Sequence[Trace]) -> np.ndarray:
    """bool: pixels where something stands (an edge), or stood in one stretch and not in another."""
    middles = np.stack([trace.middle for trace in traces])
    content = np.ptp(middles, axis=0) > 12
    for trace in traces:
        content |= (trace.across > 8) | (trace.down > 8)
    return content


def _cornered(box: Box, width: int, height: int) -> bool:
    near_x = min(box[0], width - box[2]) < 0.08 * width
    near_y = min(box[1], height - box[3]) < 0.1 * height
    return near_x and near_y


def _grown(box: Box, by: int, width: int, height: int) -> Box:
    return max(0, box[0] - by), max(0, box[1] - by), min(width, box[2] + by), min(height, box[3] + by)


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])

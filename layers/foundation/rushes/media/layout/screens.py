"""The screen's rectangle within a part of the picture: without the canvas around it."""

from collections.abc import Sequence

import numpy as np

from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.rectangles import extent
from rushes.media.layout.traces import Trace, changed

FLAT = 5.0
"""Steps of luma within which a tone is the same."""

_EDGE = 8.0
"""Steps of luma; a shaded canvas has none."""


def screen_in(traces: Sequence[Trace], strip: Box, lines: Lines) -> Box:
    """The strip without the canvas around the screen: flat, unchanging, ended by a straight edge."""
    left, top, right, bottom = strip
    stack = np.stack([trace.middle[top:bottom, left:right] for trace in traces])
    low, high = stack.min(axis=0), stack.max(axis=0)
    rows = _flat_ends(low.min(axis=1), high.max(axis=1))
    columns = _flat_ends(low.min(axis=0), high.max(axis=0))
    box = (left + columns[0], top + rows[0], right - columns[1], bottom - rows[1])
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return strip
    return _shaded(traces, _supported(box, strip, lines), strip, lines)


def _flat_ends(low: np.ndarray, high: np.ndarray) -> tuple[int, int]:
    """How many lines at each end have one and the same tone throughout, always."""
    counts = []
    for step in (1, -1):
        lows, highs = low[::step], high[::step]
        spread = np.maximum.accumulate(highs) - np.minimum.accumulate(lows)
        counts.append(int(np.argmax(spread > 2 * FLAT)) if (spread > 2 * FLAT).any() else 0)
    return counts[0], counts[1]


def _supported(box: Box, strip: Box, lines: Lines) -> Box:
    """Sides that show as an edge along all of the box are kept; others go back to the strip's."""
    for _ in box:
        shares = lines.near(box)
        kept = [new if share > 0.85 else old for new, old, share in zip(box, strip, shares, strict=True)]
        box = kept[0], kept[1], kept[2], kept[3]
    return box


def _shaded(traces: Sequence[Trace], box: Box, strip: Box, lines: Lines) -> Box:
    """Without a canvas of more than one tone: smooth, the same while slides change, ended by a straight edge."""
    slides = changed(traces)
    edges = np.max([np.maximum(trace.across, trace.down) for trace in traces], axis=0) > _EDGE
    left, top, right, bottom = strip
    within = slides[top:bottom, left:right]
    if within.mean() < 0.02:
        within = edges[top:bottom, left:right]
    if not within.any():
        return box
    a, b, c, d = extent(within.astype(np.float32), 0.002)
    core = (left + a, top + b, left + c, top + d)
    busy = slides | edges
    columns, rows = np.arange(left + 3, right - 3), np.arange(top + 3, bottom - 3)
    upright = lines.upright(columns, np.array(core[1]), np.array(core[3])) > 0.9
    level = lines.level(rows, np.array(core[0]), np.array(core[2])) > 0.9
    found = (
        next((int(x) for x in columns[upright] if x <= core[0] + 2), left),
        next((int(y) for y in rows[level] if y <= core[1] + 2), top),
        next((int(x) for x in columns[upright][::-1] if x >= core[2] - 2), right),
        next((int(y) for y in rows[level][::-1] if y >= core[3] - 2), bottom),
    )
    beyond = (
        busy[top:bottom, left : max(left, found[0] - 2)],
        busy[top : max(top, found[1] - 2), left:right].T,
        busy[top:bottom, found[2] + 2 : right],
        busy[found[3] + 2 : bottom, left:right].T,
    )
    sides = [
        new if old == end and outside.size and _smooth(outside) else old
        for new, old, end, outside in zip(found, box, strip, beyond, strict=True)
    ]
    return sides[0], sides[1], sides[2], sides[3]


def _smooth(busy: np.ndarray) -> bool:
    """Does hardly anything stand beyond a side, and no edge across: is it one canvas from end to end?"""
    return bool(busy.mean() < 0.01 and busy.mean(axis=1).max() < 0.6)

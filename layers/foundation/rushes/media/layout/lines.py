"""Straight standing edges: what the sides of panes are made of."""

from collections.abc import Sequence

import numpy as np

from rushes.media.layout.traces import Trace

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of a sample; right and bottom are outside."""

_EDGE = 1.8
"""Steps of luma that make an edge."""

_BEYOND = 6
"""Pixels around the picture in which there is no edge."""
_SLANTED = 0.38
"""Sine of the angle up to which a slanted edge stands out along a row, and likewise down a column."""


class Lines:
    """How much of any straight line shows as a standing edge: in all stretches a pane's do, a slide's in one."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.height, self.width = traces[0].moving.shape
        weights = np.array([trace.weight for trace in traces], np.float32)
        upright, level = np.zeros((2, self.height, self.width), np.float32)
        for trace, weight in zip(traces, weights / weights.sum(), strict=True):
            upright += weight * _ridges(trace.across)
            level += weight * _ridges(trace.down.T).T
        self._facing = [np.pad(edges, _BEYOND) for edges in (upright, level, np.maximum(upright, level))]
        self._upright = np.pad(upright.cumsum(0), ((1, 0), (0, 0)))
        self._level = np.pad(level.cumsum(1), ((0, 0), (1, 0)))

    def upright(self, x: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        """Shares (0..1) of the vertical lines left of columns `x`, from rows `top` to `bottom`."""
        x = np.clip(x, 0, self.width - 1)
        return (self._upright[bottom, x] - self._upright[top, x]) / np.maximum(1, bottom - top)

    def near(self, box: Box) -> tuple[float, float, float, float]:
        """How much of the box's left, top, right and bottom side shows, the best of those within three pixels."""
        left, top, right, bottom = (np.array(side) for side in box)
        off = np.arange(-3, 4)
        return (
            float(self.upright(left + off, top, bottom).max()),
            float(self.level(top + off, left, right).max()),
            float(self.upright(right + off, top, bottom).max()),
            float(self.level(bottom + off, left, right).max()),
        )

    def level(self, y: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        y = np.clip(y, 0, self.height - 1)
        return (self._level[y, right] - self._level[y, left]) / np.maximum(1, right - left)

    def sides(self, boxes: np.ndarray, trim: float) -> tuple[np.ndarray, np.ndarray]:
        """Both 4 × n, of the left, right, top and bottom sides of many boxes, one a row: how much of each shows, but
        for the share `trim` at each of its ends, and whether it lies within the picture."""
        left, top, right, bottom = boxes.T
        trim_x, trim_y = (trim * (right - left)).astype(int), (trim * (bottom - top)).astype(int)
        shares = (
            self.upright(left, top + trim_y, bottom - trim_y),
            self.upright(right, top + trim_y, bottom - trim_y),
            self.level(top, left + trim_x, right - trim_x),
            self.level(bottom, left + trim_x, right - trim_x),
        )
        inner = left > 0, right < self.width, top > 0, bottom < self.height
        return np.stack(shares), np.stack(inner)

    def outline(self, x: range, y: range, radius: int, angle: float) -> np.ndarray:
        """len(y) × len(x): does the point of a circle around each centre that lies at this angle show as an edge?

        Shares (0..1); radians, 0 to the right. Circles may be off the picture by four pixels.
        """
        across, down = round(radius * np.cos(angle)) + _BEYOND, round(radius * np.sin(angle)) + _BEYOND
        edges = self._facing[2]
        if abs(np.sin(angle)) <= _SLANTED:
            edges = self._facing[0]
        elif abs(np.cos(angle)) <= _SLANTED:
            edges = self._facing[1]
        rows = slice(y.start + down, y.stop + down, y.step)
        return edges[rows, x.start + across : x.stop + across : x.step]


def _ridges(edges: np.ndarray) -> np.ndarray:
    """1 where a vertical edge stands out from what lies left and right of it, one pixel of jitter allowed."""
    padded = np.pad(edges, ((0, 0), (5, 5)), mode="edge")
    width = edges.shape[1]
    around = sum(padded[:, 5 + shift : 5 + shift + width] for shift in (-5, -4, -3, 3, 4, 5)) / 6
    ridge = (edges > _EDGE) & (edges > 1.5 * around)
    ridge &= edges >= np.maximum(padded[:, 4 : 4 + width], padded[:, 6 : 6 + width])
    wide = np.pad(ridge, ((0, 0), (1, 1)))
    return (wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]).astype(np.float32)

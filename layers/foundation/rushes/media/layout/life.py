"""What lives and changes on both sides of a line: by that a pane's side is known from a line within it."""

import itertools
from collections.abc import Sequence

import numpy as np

from rushes.media.layout.sums import Bounds, Sums
from rushes.media.layout.traces import Trace

_NEAR, _FAR = 2, 8
"""Pixels from a line to the nearer and the farther end of the band beside it."""


_FOREIGN = 0.6
"""What it is worth that slides, or a still canvas, lie outside."""


class Life:
    """How lively the bands on both sides of a line are: within a camera's picture even a wall is, by its noise."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        moving = np.mean([np.minimum(trace.moving, 1.5) for trace in traces], axis=0)
        middles = [trace.middle for trace in traces]
        steps = [np.abs(a - b) > 10 for a, b in itertools.pairwise(middles)]
        changed = np.mean(steps, axis=0) if steps else np.zeros_like(moving)
        self._usual = float(changed.mean())
        self._changes = Sums(changed)
        rough = np.mean([np.minimum(trace.across + trace.down, 6) for trace in traces], axis=0)
        self._rough = Sums(rough)
        self._quiet = float(np.percentile(moving, 20))
        self._moving = Sums(moving)

    def across(self, bounds: Bounds, side: int) -> np.ndarray:
        """For side 0 (left), 1 (right), 2 (top) or 3 (bottom) of each box: is it where the camera's picture ends?

        Good (up to 2): less life and more change outside than inside. Bad (down to -2): as much life outside,
        or texture that stays while slides change.
        """
        inside, outside = _beside(bounds, side)
        here, there = self._moving.mean(inside), self._moving.mean(outside)
        fall = (here - there) / (here + there + 0.1)
        lively = (there - self._quiet) / (there + self._quiet + 0.1)
        living = np.where(fall > 0.25, fall, np.minimum(fall - np.maximum(0, lively), 0) * (lively > 0.3))
        changed = self._changes.mean(outside)
        calm = (1 - self.rough(outside)) * np.clip(1 - lively / 0.3, 0, 1) * min(1.0, self._usual / 0.05)
        return (
            living
            + _FOREIGN * np.maximum(np.minimum(1, 2 * changed), calm)
            - self._changes.mean(inside)
            - self._missed(changed) * self.rough(outside)
        )

    def _missed(self, changed: np.ndarray) -> np.ndarray:
        """0..1: texture that stays when slides change all around is no slide's."""
        return np.clip(1 - changed / max(self._usual, 0.05), 0, 1) * min(1.0, self._usual / 0.3)

    def changed(self, bounds: Bounds) -> np.ndarray:
        """Share of each box that is another picture after a slide has changed."""
        return self._changes.mean(bounds)

    def rough(self, bounds: Bounds) -> np.ndarray:
        """0..1: 0 for a flat tone, 1 for texture; not counting what may be edges of the boxes themselves."""
        left, top, right, bottom = bounds
        return np.minimum(1, self._rough.mean((left + 2, top + 2, right - 2, bottom - 2)) / 1.5)


def _beside(bounds: Bounds, side: int) -> tuple[Bounds, Bounds]:
    """The bands inside and outside of one side of each box."""
    left, top, right, bottom = bounds
    if side == 0:
        return (left + _NEAR, top, left + _FAR, bottom), (left - _FAR, top, left - _NEAR, bottom)
    if side == 1:
        return (right - _FAR, top, right - _NEAR, bottom), (right + _NEAR, top, right + _FAR, bottom)
    if side == 2:
        return (left, top + _NEAR, right, top + _FAR), (left, top - _FAR, right, top - _NEAR)
    return (left, bottom - _FAR, right, bottom - _NEAR), (left, bottom + _NEAR, right, bottom + _FAR)

"""Sums of a map over boxes, each in four looks (a summed-area table)."""

import numpy as np

Bounds = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""left, top, right, bottom of many boxes."""


class Sums:
    def __init__(self, values: np.ndarray) -> None:
        self.height, self.width = values.shape
        self._sums = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    @property
    def total(self) -> float:
        return self._sums[-1, -1]

    def over(self, bounds: Bounds) -> np.ndarray:
        """Of boxes that lie within the map."""
        s, (left, top, right, bottom) = self._sums, bounds
        return s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]

    def mean(self, bounds: Bounds) -> np.ndarray:
        """Of what lies within the map; 0 for nothing."""
        left, top, right, bottom = self.clipped(bounds)
        right, bottom = np.maximum(left, right), np.maximum(top, bottom)
        return self.over((left, top, right, bottom)) / np.maximum(1, (right - left) * (bottom - top))

    def clipped(self, bounds: Bounds) -> Bounds:
        left, top, right, bottom = bounds
        return (
            np.clip(left, 0, self.width),
            np.clip(top, 0, self.height),
            np.clip(right, 0, self.width),
            np.clip(bottom, 0, self.height),
        )

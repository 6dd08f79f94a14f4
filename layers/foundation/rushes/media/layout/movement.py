"""Where a picture moves the way people do: in one place, most of the time, well above the noise."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rushes.media.layout.traces import Trace

_LEAST = 0.8
"""Steps of luma from sample to sample, noise averaged away."""
_STILL = 0.1
_CLEAN = 0.3
"""Share of the picture: when no more is restless, that is no noise of the whole, and less counts as movement."""
_LEAST_CLEAN = 0.5
_OVER_NOISE = 2.5
_MOST = 5.0
"""No noise is as much as this."""
_LEAST_AREA = 0.0025
"""Of the picture; a resting pointer is smaller."""
_LEAST_SHARE = 0.03
"""Of the largest place's movement."""
_CELL = 4
_APART = 2
"""Cells on all sides of one that belong to its place: a hand is not far from its arm."""
_MOST_PLACES = 3


def movement(trace: Trace) -> np.ndarray:
    """How much each pixel moves (height × width, float32); 0 in noise, specks and pointers."""
    restless = (trace.moving > _STILL).mean()
    least = _LEAST_CLEAN if restless < _CLEAN else max(_LEAST, _OVER_NOISE * _noise(trace.moving))
    mass = np.clip(trace.moving - min(_MOST, least), 0, 12)
    height, width = mass.shape
    cells = mass.reshape(height // _CELL, _CELL, width // _CELL, _CELL)
    busy = (cells > 0).mean(axis=(1, 3)) > 0.25
    places = _places(busy)
    sums = np.bincount(places.ravel(), cells.sum(axis=(1, 3)).ravel())
    areas = np.bincount(places.ravel()) / busy.size
    sums[0] = 0
    kept = (areas >= _LEAST_AREA) & (sums >= _LEAST_SHARE * sums.max())
    kept[0] = False
    return (cells * kept[places][:, None, :, None]).reshape(height, width)


def apart(mass: np.ndarray) -> list[np.ndarray]:
    """The same movement by places that lie apart from each other: the largest ones, and the rest as one."""
    height, width = mass.shape
    busy = mass.reshape(height // _CELL, _CELL, width // _CELL, _CELL).max(axis=(1, 3)) > 0
    padded = np.pad(busy, _APART)
    near = sliding_window_view(padded, (2 * _APART + 1, 2 * _APART + 1)).max(axis=(2, 3))
    places = _places(near).repeat(_CELL, axis=0).repeat(_CELL, axis=1)
    sums = np.bincount(places.ravel(), mass.ravel())
    largest = [int(n) for n in np.argsort(-sums, kind="stable")[:_MOST_PLACES] if sums[n] > 0]
    rest = mass * ~np.isin(places, largest)
    return [mass * (places == n) for n in largest] + ([rest] if rest.any() else [])


def _noise(moving: np.ndarray) -> float:
    """Of the pixels that are not altogether still: bars and drawn slides are, and would hide it."""
    return float(np.percentile(moving[moving > _STILL], 30))


def _places(busy: np.ndarray) -> np.ndarray:
    """Each busy cell's place: a number from 1 that all cells share which touch, also at their corners; else 0."""
    numbers = np.arange(1, busy.size + 1).reshape(busy.shape) * busy
    while True:
        padded = np.pad(numbers, 1)
        rows, columns = busy.shape
        shifted = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
        grown = np.max(shifted, axis=0) * busy
        if np.array_equal(grown, numbers):
            order = np.unique(numbers, return_inverse=True)[1].reshape(busy.shape)
            return order + 1 if busy.all() else order
        numbers = grown

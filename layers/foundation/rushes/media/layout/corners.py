"""What the corners of a rectangle tell: a pane's sides end there, all of them alike."""

import numpy as np

from rushes.media.layout.life import Life
from rushes.media.layout.lines import Lines
from rushes.media.layout.sums import Bounds

_LEAST_RUN = 10
"""Pixels beyond a corner in which a line may run on."""
_END = 0.12
"""Share of a side at each end that belongs to its corners."""


def running_on(bounds: Bounds, lines: Lines, life: Life) -> np.ndarray:
    """For how many sides the lines that meet it run on beyond it: a pane's sides end at its corners."""
    left, top, right, bottom = bounds
    wide = np.maximum(_LEAST_RUN, 0.15 * (right - left)).astype(int)
    tall = np.maximum(_LEAST_RUN, 0.15 * (bottom - top)).astype(int)
    far_left, far_right = np.maximum(0, left - wide), np.minimum(lines.width, right + wide)
    far_top, far_bottom = np.maximum(0, top - tall), np.minimum(lines.height, bottom + tall)

    def level(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        pair = lines.level(top, a, b), lines.level(bottom, a, b)
        return _whole(_both(pair, (top > 0, bottom < lines.height))) * (0.3 + life.rough((a, top, b, bottom)))

    def upright(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        pair = lines.upright(left, a, b), lines.upright(right, a, b)
        return _whole(_both(pair, (left > 0, right < lines.width))) * (0.3 + life.rough((left, a, right, b)))

    return (
        level(far_left, np.maximum(far_left, left - 2))
        + level(np.minimum(far_right, right + 2), far_right)
        + upright(far_top, np.maximum(far_top, top - 2))
        + upright(np.minimum(far_bottom, bottom + 2), far_bottom)
    )


def unlike(bounds: Bounds, lines: Lines) -> np.ndarray:
    """0..1: how much more of one corner than of another is missing. All are there, or all are round."""
    left, top, right, bottom = bounds
    wide = np.maximum(4, _END * (right - left)).astype(int)
    tall = np.maximum(4, _END * (bottom - top)).astype(int)
    shares = []
    for x, a, b in ((left, left, left + wide), (right, right - wide, right)):
        for y, c, d in ((top, top, top + tall), (bottom, bottom - tall, bottom)):
            shown = _both(
                (lines.level(y, a, b), lines.upright(x, c, d)),
                ((y > 0) & (y < lines.height), (x > 0) & (x < lines.width)),
            )
            within = ((y > 0) & (y < lines.height)) | ((x > 0) & (x < lines.width))
            shares.append((np.where(within, shown, 1), np.where(within, shown, 0)))
    least = np.min([low for low, _ in shares], axis=0)
    return np.maximum(0, np.max([high for _, high in shares], axis=0) - least)


def _whole(shares: np.ndarray) -> np.ndarray:
    """0 for what shows in half or less, as text does anywhere; one of two lines is half of them."""
    return np.clip(2.5 * shares - 0.5, 0, 1) * shares


def _both(shares: tuple[np.ndarray, np.ndarray], inner: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The mean of the two shares; sides on the picture's border have none."""
    total = np.where(inner[0], shares[0], 0) + np.where(inner[1], shares[1], 0)
    return total / np.maximum(1, inner[0].astype(int) + inner[1])

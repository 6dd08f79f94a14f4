"""A round picture within a picture: the circle whose outline best shows around what moves."""

import numpy as np

from rushes.media.layout.lines import Box, Lines

_POINTS = 48
_ARCS = 8
_LEAST_ARC = 0.5
"""Of each eighth of the outline but one that must show: an arch or a head is not round all the way."""
_LARGEST = 0.3
"""Radius as a share of the picture's shorter side."""
_SMALLEST = 8
_STEP = 2


def circle_around(core: Box, lines: Lines) -> tuple[Box, float] | None:
    """(the box around it, 0..1 how much of its outline shows) of the best circle around `core`, or None."""
    left, top, right, bottom = core
    least = max(_SMALLEST, int(0.45 * max(right - left, bottom - top)))
    best: tuple[float, int, int, int] | None = None
    for radius in range(least, int(_LARGEST * min(lines.width, lines.height)) + 1, _STEP):
        x = _centres((left, right), radius, lines.width)
        found = _best(lines, radius, x, _centres((top, bottom), radius, lines.height))
        best = max(best or found, found)
    if best is None or best[0] <= 0:
        return None
    _, radius, x, y = best
    best = max(
        _best(lines, r, range(x - 2, x + 3), range(y - 2, y + 3)) for r in range(radius - 2, radius + 3)
    )
    shown, radius, x, y = best
    box = max(0, x - radius), max(0, y - radius), min(lines.width, x + radius), min(lines.height, y + radius)
    return box, shown


def _centres(span: tuple[int, int], radius: int, size: int) -> range:
    """Where a circle's centre may be along one axis for it to hold the span and to lie in the picture."""
    slack = max(2, radius // 8)
    return range(
        max(radius, span[1] - radius - slack), min(size - radius, span[0] + radius + slack) + 1, _STEP
    )


def _best(lines: Lines, radius: int, xs: range, ys: range) -> tuple[float, int, int, int]:
    """(share of the outline that shows, radius, x, y) of the best centre; 0 when none is round all the way."""
    if not xs or not ys:
        return 0.0, radius, 0, 0
    angles = (np.arange(_POINTS) + 0.5) * 2 * np.pi / _POINTS
    shown = np.stack([lines.outline(xs, ys, radius, float(angle)) for angle in angles])
    arcs = shown.reshape(_ARCS, -1, *shown.shape[1:]).mean(axis=1)
    shares = np.where(np.sort(arcs, axis=0)[1] >= _LEAST_ARC, arcs.mean(axis=0), 0)
    y, x = np.unravel_index(int(np.argmax(shares)), shares.shape)
    return float(shares[y, x]), radius, xs[int(x)], ys[int(y)]

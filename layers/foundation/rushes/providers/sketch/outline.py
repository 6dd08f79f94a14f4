"""Outlines: arrays of points (n, 2), y down, in whatever unit the caller draws in."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Outline = NDArray[np.float64]
Point = tuple[float, float]


def polygon(*points: Point) -> Outline:
    return np.array(points, np.float64)


def points(text: str) -> Outline:
    """ "0,0 1,0.5" → points."""
    return np.array([[float(part) for part in pair.split(",")] for pair in text.split()], np.float64)


def moved(outline: Outline, x: float, y: float) -> Outline:
    """The same outline elsewhere."""
    return outline + (x, y)  # noqa: RUF005 - these are arrays


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Outline:
    """A rectangle with rounded corners."""
    radius = min(radius, abs(right - left) / 2, abs(bottom - top) / 2)
    if radius <= 0:
        return polygon((left, top), (right, top), (right, bottom), (left, bottom))
    quarter = np.linspace(0, math.pi / 2, 9)
    corners = [
        (right, top, -math.pi / 2),
        (right, bottom, 0),
        (left, bottom, math.pi / 2),
        (left, top, math.pi),
    ]
    arcs = []
    for x, y, start in corners:
        middle = (
            x - math.copysign(radius, x - (left + right) / 2),
            y - math.copysign(radius, y - (top + bottom) / 2),
        )
        arcs.append(
            np.stack(
                [middle[0] + radius * np.cos(quarter + start), middle[1] + radius * np.sin(quarter + start)],
                1,
            )
        )
    return np.concatenate(arcs)


def ellipse(x: float, y: float, wide: float, high: float | None = None, corners: int = 64) -> Outline:
    """`wide` and `high` are half axes."""
    angle = np.linspace(0, 2 * math.pi, corners, endpoint=False)
    return np.stack([x + wide * np.cos(angle), y + (wide if high is None else high) * np.sin(angle)], 1)


def arc(x: float, y: float, wide: float, high: float, start: float, end: float, steps: int = 48) -> Outline:
    """An open line along an ellipse; angles in degrees, clockwise from the right."""
    angle = np.radians(np.linspace(start, end, steps))
    return np.stack([x + wide * np.cos(angle), y + high * np.sin(angle)], 1)


def spline(through: str | Sequence[Point], closed: bool = True, steps: int = 12) -> Outline:
    """A Catmull-Rom curve through the points. A point given twice in a row is a corner."""
    knots = points(through) if isinstance(through, str) else np.array(through, np.float64)
    count = len(knots)
    before = np.roll(knots, 1, 0) if closed else np.vstack([knots[:1], knots[:-1]])
    after = np.roll(knots, -1, 0) if closed else np.vstack([knots[1:], knots[-1:]])
    tangents = (after - before) / 2
    for at in range(count if closed else count - 1):
        if np.allclose(knots[at], knots[(at + 1) % count]):
            tangents[at] = tangents[(at + 1) % count] = 0
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for at in range(count if closed else count - 1):
        a, b = knots[at], knots[(at + 1) % count]
        u, v = tangents[at], tangents[(at + 1) % count]
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * a
            + (t**3 - 2 * t**2 + t) * u
            + (3 * t**2 - 2 * t**3) * b
            + (t**3 - t**2) * v
        )
    return np.concatenate(pieces if closed else [*pieces, knots[-1:]])


def ribbon(line: Outline | Sequence[Point], width: float | Sequence[float]) -> Outline:
    """A line with body: its outline at `width` across, which may change from point to point; the ends are flat."""
    middle = np.asarray(line, np.float64)
    wide = np.atleast_1d(np.asarray(width, np.float64))
    wide = np.interp(np.linspace(0, 1, len(middle)), np.linspace(0, 1, len(wide)), wide)
    along = np.gradient(middle, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    across = np.stack([-along[:, 1], along[:, 0]], 1) / length[:, None] * wide[:, None] / 2
    return np.concatenate([middle + across, (middle - across)[::-1]])


def limb(start: Point, end: Point, thick: float, thin: float) -> Outline:
    """A tapering capsule: `thick` and `thin` are the radii at its ends."""
    direction = math.atan2(end[1] - start[1], end[0] - start[0])
    cap = np.linspace(math.pi / 2, 3 * math.pi / 2, 14) + direction
    first = np.stack([start[0] + thick * np.cos(cap), start[1] + thick * np.sin(cap)], 1)
    cap = cap + math.pi
    return np.concatenate([first, np.stack([end[0] + thin * np.cos(cap), end[1] + thin * np.sin(cap)], 1)])


def star(x: float, y: float, radius: float, tips: int, inner: float = 0.45, turn: float = 0.0) -> Outline:
    """A star, or a gear with `inner` near 1; `turn` in radians."""
    angle = np.linspace(0, 2 * math.pi, tips * 2, endpoint=False) + turn
    reach = np.where(np.arange(tips * 2) % 2 == 0, radius, radius * inner)
    return np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], 1)

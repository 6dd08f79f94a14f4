"""A lecture's stretches of one layout each, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rushes.media.layout.changes import Change
from rushes.media.layout.panes import Panes, movement, panes
from rushes.media.layout.rectangles import Box, Lines
from rushes.media.layout.sampling import Samples
from rushes.media.layout.traces import Trace, trace

_FEWEST = 3
"""Samples that a stretch needs to be judged by itself."""


@dataclass
class Stretch:
    """Samples `first` to `last` (outside); nothing changes abruptly within."""

    first: int
    last: int
    start: int
    end: int
    trace: Trace | None = None


@dataclass
class Group:
    """Stretches that share one layout."""

    traces: list[Trace] = field(default_factory=list)
    panes: Panes | None = None


def arranged(samples: Samples, found: Sequence[Change]) -> list[tuple[int, int, Panes]]:
    """(start, end, panes) in milliseconds, without gaps, neighbours different."""
    stretches = _stretches(samples, found)
    groups: list[Group] = []
    owners: dict[int, Group] = {}
    judged = [n for n, stretch in enumerate(stretches) if stretch.trace]
    for number in sorted(judged, key=lambda n: -(stretches[n].last - stretches[n].first)):
        owners[number] = _home(stretches[number].trace, groups)  # type: ignore[arg-type]
    for group in groups:
        group.panes = panes(group.traces)
    return _joined(stretches, owners)


def _stretches(samples: Samples, found: Sequence[Change]) -> list[Stretch]:
    marks = [(0, 0)]
    stretches = []
    for change in found:
        stretches.append(Stretch(marks[-1][0], change.first + 1, marks[-1][1], change.time))
        marks.append((change.last, change.time))
    stretches.append(Stretch(marks[-1][0], len(samples.times), marks[-1][1], samples.duration))
    for stretch in stretches:
        if stretch.last - stretch.first >= _FEWEST:
            stretch.trace = trace(samples.pictures[stretch.first : stretch.last])
    return stretches


def _home(new: Trace, groups: list[Group]) -> Group:
    own = panes([new])
    for group in groups:
        assert group.panes
        if _alike(group.panes, own) or _fits(group.panes, new):
            group.traces.append(new)
            return group
    groups.append(Group([new], own))
    return groups[-1]


def _alike(one: Panes, other: Panes) -> bool:
    if one.name != other.name:
        return False
    return all(
        (a is None) == (b is None) and (a is None or b is None or _overlap(a, b) > 0.8)
        for a, b in ((one.screen, other.screen), (one.camera, other.camera))
    )


def _fits(known: Panes, new: Trace) -> bool:
    """Does the known layout explain this stretch as well? Its camera's edges stand, and nothing else moves."""
    if known.camera is None or known.name == "camera_only":
        return False
    left, top, right, bottom = known.camera
    mass = movement(new)
    inside = mass[top:bottom, left:right].sum()
    if not inside or inside < 0.9 * mass.sum():
        return False
    lines, height, width = Lines(new), *new.moving.shape
    n = np.array
    sides = [lines.upright(n(x), n(top), n(bottom)) for x in (left, right) if 0 < x < width]
    sides += [lines.level(n(y), n(left), n(right)) for y in (top, bottom) if 0 < y < height]
    return bool(np.mean(sides) > 0.55)


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0, wide) * max(0, tall)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / (areas - shared)


def _joined(stretches: list[Stretch], owners: dict[int, Group]) -> list[tuple[int, int, Panes]]:
    """A stretch too short to be judged goes with the one before it."""
    segments: list[tuple[int, int, Panes]] = []
    for number, stretch in enumerate(stretches):
        group = owners.get(number)
        if segments and (group is None or group.panes is segments[-1][2]):
            segments[-1] = (segments[-1][0], stretch.end, segments[-1][2])
        elif group and group.panes:
            segments.append((segments[-1][1] if segments else 0, stretch.end, group.panes))
    return segments

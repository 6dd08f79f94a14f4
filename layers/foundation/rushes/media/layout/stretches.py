"""A lecture's stretches of one layout each, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rushes.media.layout.changes import Change
from rushes.media.layout.lines import Box
from rushes.media.layout.panes import Panes, panes
from rushes.media.layout.rectangles import Found, camera_in, judged
from rushes.media.layout.sampling import Samples
from rushes.media.layout.traces import Trace, trace

_FEWEST = 5
"""Samples that a stretch needs to be judged by itself."""
_MOST = 160
"""Stretches judged, the longest ones: a megabyte each."""


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
    """Stretches whose camera stands in one place; `camera` is None where there is none."""

    camera: Box | None
    traces: list[Trace] = field(default_factory=list)


def arranged(samples: Samples, found: Sequence[Change]) -> list[tuple[int, int, Panes]]:
    """(start, end, panes) in milliseconds, without gaps, neighbours different."""
    stretches = _stretches(samples, found)
    groups: list[Group] = []
    owners: dict[int, Group] = {}
    sightings = [(n, s.trace, camera_in([s.trace])) for n, s in enumerate(stretches) if s.trace]
    for number, trace_, own in sorted(sightings, key=lambda s: -s[2].score * s[1].weight):
        owners[number] = _home(trace_, own, groups)
        owners[number].traces.append(trace_)
    names = {id(group): panes(group.traces, [group.camera] if group.camera else []) for group in groups}
    return _joined(stretches, {number: names[id(group)] for number, group in owners.items()})


def _stretches(samples: Samples, found: Sequence[Change]) -> list[Stretch]:
    marks = [(0, 0)]
    stretches = []
    for change in found:
        stretches.append(Stretch(marks[-1][0], change.first + 1, marks[-1][1], change.time))
        marks.append((change.last, change.time))
    stretches.append(Stretch(marks[-1][0], len(samples.times), marks[-1][1], samples.duration))
    fewest = min(_FEWEST, max(stretch.last - stretch.first for stretch in stretches))
    for stretch in sorted(stretches, key=lambda one: one.first - one.last)[:_MOST]:
        if stretch.last - stretch.first >= max(3, fewest):
            stretch.trace = trace(
                samples.pictures[stretch.first : stretch.last], samples.colours[stretch.first : stretch.last]
            )
    return stretches


def _home(new: Trace, own: Found, groups: list[Group]) -> Group:
    """The group whose camera this stretch has: that explains it about as well as what it found by itself."""
    for group in groups:
        if own.box and group.camera and _alike(own.box, group.camera):
            return group
        if group.camera and _area(group.camera) < 0.9 * new.moving.size and _fits(group.camera, new, own):
            return group
    for group in groups:
        if group.camera == own.box:
            return group
    groups.append(Group(own.box))
    return groups[-1]


def _fits(camera: Box, new: Trace, own: Found) -> bool:
    known = judged(new, camera)
    if own.box is None:
        return known.support > 0.7
    if not own.score:
        return known.support > 0.35 and known.score > -0.5
    return known.support > 0.4 and known.score > min(0.5 * own.score, own.score - 0.6)


def _alike(one: Box, other: Box) -> bool:
    """Nearly the same, or with three sides the same: then the fourth was another line near by."""
    equal = sum(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))
    return _overlap(one, other) > (0.4 if equal >= 3 else 0.65)


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0, wide) * max(0, tall)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / (areas - shared)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _joined(stretches: list[Stretch], owners: dict[int, Panes]) -> list[tuple[int, int, Panes]]:
    """A stretch too short to be judged goes with the one before it."""
    segments: list[tuple[int, int, Panes]] = []
    for number, stretch in enumerate(stretches):
        panes = owners.get(number)
        if segments and (panes is None or _same(panes, segments[-1][2])):
            segments[-1] = (segments[-1][0], stretch.end, segments[-1][2])
        elif panes:
            segments.append((segments[-1][1] if segments else 0, stretch.end, panes))
    return segments


def _same(one: Panes, other: Panes) -> bool:
    if one.name != other.name:
        return False
    pairs = ((one.screen, other.screen), (one.camera, other.camera))
    return all(a == b or (a and b and _overlap(a, b) > 0.8) for a, b in pairs)

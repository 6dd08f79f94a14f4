"""A lecture's stretches of one layout each, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rushes.media.layout.boxes import area_of, near, overlap
from rushes.media.layout.changes import Change
from rushes.media.layout.lines import Box
from rushes.media.layout.panes import Panes, panes
from rushes.media.layout.rectangles import Found, camera_in, judged
from rushes.media.layout.sampling import Samples
from rushes.media.layout.traces import Trace, trace

_FEWEST = 5
"""Samples that a stretch needs to be judged by itself."""
_SAME = 6.0
"""Steps of luma within which a pixel of a still room is the same."""
_ALIKE = 0.8
"""Correlation of two pictures of one room."""
_FEW, _SURE = 8, 0.8
"""Samples of a layout in fewer of which it must be seen with more confidence."""
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
    sight: np.ndarray | None = None
    """Luma of its median picture."""


@dataclass
class Group:
    """Stretches whose camera stands in one place; `camera` is None where there is none."""

    camera: Box | None
    traces: list[Trace] = field(default_factory=list)
    sightings: list[Found] = field(default_factory=list)
    """What its stretches found each by itself, where that is about the same."""

    @property
    def agreed(self) -> Found | None:
        """The median of what was found."""
        if not self.sightings:
            return None
        boxes = np.array([found.box for found in self.sightings])
        left, top, right, bottom = (int(side) for side in np.median(boxes, axis=0))
        score, support = np.median([(found.score, found.support) for found in self.sightings], axis=0)
        is_round = sum(found.is_round for found in self.sightings) * 2 > len(self.sightings)
        return Found((left, top, right, bottom), float(score), float(support), is_round)


def arranged(samples: Samples, found: Sequence[Change]) -> list[tuple[int, int, Panes]]:
    """(start, end, panes) in milliseconds, without gaps, neighbours different."""
    stretches = _stretches(samples, found)
    groups: list[Group] = []
    owners: dict[int, Group] = {}
    sightings = [(n, s.trace, camera_in([s.trace])) for n, s in enumerate(stretches) if s.trace]
    for number, trace_, own in sorted(sightings, key=lambda s: -s[2].score * s[1].weight):
        owners[number] = _home(trace_, own, groups)
        owners[number].traces.append(trace_)
        home = owners[number].camera
        if own.box and own.score and home and near(own.box, home):
            owners[number].sightings.append(own)
    _gathered(owners, groups, {number: trace_ for number, trace_, _ in sightings})
    owners = _parted(owners, {number: trace_ for number, trace_, _ in sightings})
    parts = {id(group): group for group in owners.values()}
    names = {key: panes(group.traces, group.agreed) for key, group in parts.items()}
    for number, group in list(owners.items()):
        if _weight(group) < _FEW and names[id(group)].confidence < _SURE:
            del owners[number]
    _lent(stretches, owners)
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
            stretch.sight = stretch.trace.middle
        elif stretch.last > stretch.first:
            stretch.sight = np.median(samples.pictures[stretch.first : stretch.last], axis=0).astype(np.uint8)
    return stretches


def _home(new: Trace, own: Found, groups: list[Group]) -> Group:
    """The group whose camera this stretch has: that explains it about as well as what it found by itself."""
    for group in groups:
        if own.box and own.score and group.camera and near(own.box, group.camera):
            return group
        if not group.camera or area_of(group.camera) >= 0.9 * new.moving.size:
            continue
        if _fits(group.camera, new, own) or _seen_in(group.camera, group.traces[0].middle, new.middle):
            return group
    for group in groups:
        if group.camera == own.box and (
            own.box is None or _seen_in(own.box, group.traces[0].middle, new.middle)
        ):
            return group
    groups.append(Group(own.box))
    return groups[-1]


def _fits(camera: Box, new: Trace, own: Found) -> bool:
    known = judged(new, camera)
    if own.box is None:
        return False
    if not own.score:
        return known.support > 0.35 and known.score > -0.5
    return known.support > 0.4 and known.score > min(0.5 * own.score, own.score - 0.6)


def _seen_in(camera: Box, one: np.ndarray, other: np.ndarray) -> bool:
    """Is the same room in the box? Somebody who sits still for a while, or beside a playing video, is still there."""
    left, top, right, bottom = camera
    inset_x, inset_y = (right - left) // 7, (bottom - top) // 7  # it may be round
    before, after = (
        picture[top + inset_y : bottom - inset_y, left + inset_x : right - inset_x].ravel()
        for picture in (one, other)
    )
    if min(before.std(), after.std()) < _SAME:
        return False
    return bool(np.corrcoef(before, after)[0, 1] > _ALIKE)


def _gathered(owners: dict[int, Group], groups: list[Group], traces: dict[int, Trace]) -> None:
    """A stretch goes over to a larger group whose camera it shows as well: what moves more was a slide's video."""
    for number, trace_ in traces.items():
        own = owners[number]
        for group in groups:
            if group is own or not group.camera or area_of(group.camera) >= 0.9 * trace_.moving.size:
                continue
            if _weight(group) > _weight(own) and _seen_in(
                group.camera, group.traces[0].middle, trace_.middle
            ):
                own.traces[:] = [one for one in own.traces if one is not trace_]
                group.traces.append(trace_)
                owners[number] = group
                break


def _weight(group: Group) -> int:
    """Samples in it."""
    return sum(trace_.weight for trace_ in group.traces)


def _parted(owners: dict[int, Group], traces: dict[int, Trace]) -> dict[int, Group]:
    """Stretches without a camera share a screen only while no camera comes between."""
    parted: dict[int, Group] = {}
    before: Group | None = None
    for number in sorted(owners):
        group = owners[number]
        if group.camera is None:
            group = before if before and before.camera is None else Group(None)
            group.traces.append(traces[number])
        parted[number] = before = group
    return parted


def _lent(stretches: list[Stretch], owners: dict[int, Group]) -> None:
    """A stretch too short to be judged has the layout of that neighbour which it looks like."""
    known = sorted(owners)
    if not known:
        return
    for number, stretch in enumerate(stretches):
        if number in known or stretch.sight is None or not known[0] < number < known[-1]:
            continue
        around = max(n for n in known if n < number), min(n for n in known if n > number)
        before, after = (_likeness(stretch.sight, stretches[n].sight, owners[n].camera) for n in around)
        owners[number] = owners[around[after > before]]


def _likeness(one: np.ndarray, other: np.ndarray | None, camera: Box | None) -> tuple[bool, float]:
    """(is there a camera and its picture the same; share of pixels that are the same)."""
    if other is None:
        return False, 0.0
    return bool(camera and _seen_in(camera, one, other)), float((np.abs(one - other) <= _SAME).mean())


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
    return all(a == b or (a and b and overlap(a, b) > 0.8) for a, b in pairs)

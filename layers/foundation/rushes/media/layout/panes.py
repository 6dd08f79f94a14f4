"""Which layout a picture has, and where its panes lie, from what stretches of it left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rushes.media.layout.beside import matched, screen_beside, widened
from rushes.media.layout.boxes import area_of, grown, near
from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.rectangles import Found, camera_in, extent, mass_of
from rushes.media.layout.screens import FLAT, screen_in
from rushes.media.layout.standing import standing_apart
from rushes.media.layout.traces import Trace, boxed, changed

Name = Literal["screen_only", "camera_only", "side_by_side", "picture_in_picture"]

_LEAST_SUPPORT = 0.4
"""Share of a camera's sides that must show."""


@dataclass(frozen=True)
class Panes:
    name: Name
    screen: Box | None
    camera: Box | None
    confidence: float


def panes(traces: Sequence[Trace], known: Found | None = None) -> Panes:
    """Of stretches that share one layout; `known` is the camera on which they agree each by itself."""
    lines = Lines(traces)
    found = camera_in(traces, [known.box] if known and known.box else [])
    if known and known.score > found.score and not (found.box and known.box and near(found.box, known.box)):
        found = known
    if found.box is None:
        return _only_screen(traces, lines, 0.9)
    if found.support < _LEAST_SUPPORT or area_of(found.box) > 0.9 * lines.width * lines.height:
        return _unenclosed(traces, lines)
    left, top, right, bottom = found.box
    mass = mass_of(traces)[top:bottom, left:right]
    if not mass.any() or area_of(extent(mass)) < 0.02 * area_of(found.box):
        return _only_screen(traces, lines, 0.7)
    return _enclosed(traces, found, lines)


def _only_screen(traces: Sequence[Trace], lines: Lines, confidence: float) -> Panes:
    """Bars are left out when they are on both sides."""
    whole = (0, 0, lines.width, lines.height)
    left, top, right, bottom = screen_in(traces, whole, lines)
    if abs(left - (lines.width - right)) > 2:
        left, right = 0, lines.width
    if abs(top - (lines.height - bottom)) > 2:
        top, bottom = 0, lines.height
    return Panes("screen_only", (left, top, right, bottom), None, confidence)


def _unenclosed(traces: Sequence[Trace], lines: Lines) -> Panes:
    """Something moves and no edges enclose it: somebody who fills the picture, unless slides change around it."""
    mass = mass_of(traces)
    left, top, right, bottom = extent(mass)
    wide, tall = (right - left) / lines.width, (bottom - top) / lines.height
    if wide < 0.35 and tall < 0.35:
        # No lecturer fills so little of a camera's picture: one in an inset whose sides cannot be seen, or a thing.
        box = left, top, right, bottom
        if (
            wide < 0.08
            or tall < 0.12
            or wide * tall < 0.02
            or not _cornered(box, lines.width, lines.height, 0.12)
        ):
            return _only_screen(traces, lines, 0.7)
        whole = (0, 0, lines.width, lines.height)
        return Panes("picture_in_picture", whole, grown(box, 4, *whole[2:]), 0.6)
    moving = boxed((mass > 0).astype(np.float32), 4) > 0
    if (changed(traces) & ~moving).mean() > 0.02:
        return _only_screen(traces, lines, 0.7)
    return Panes("camera_only", None, _only_screen(traces, lines, 0).screen, 0.75)


def _enclosed(traces: Sequence[Trace], found: Found, lines: Lines) -> Panes:
    box, width, height = found.box, lines.width, lines.height
    assert box
    outside = _content(traces)
    hidden = grown(box, 3, width, height)
    outside[hidden[1] : hidden[3], hidden[0] : hidden[2]] = False
    sure = min(1.0, 0.4 + found.support * 0.6)
    if outside.sum() < 0.01 * outside.size and _centred(box, width, height):
        return Panes("camera_only", None, box if _barred(traces, box) else (0, 0, width, height), sure)
    if found.support > 0.65 and (screen := screen_beside(traces, box, outside, lines)):
        return Panes("side_by_side", screen, matched(widened(box, outside), screen, width, height), sure)
    # What is round lies over something: nobody sets a circle beside a screen.
    flat = found.support > 0.65 and not found.is_round
    if flat and (screen := standing_apart(traces, box, lines)):
        return Panes("side_by_side", screen, box, sure)
    lasting = found.support > 0.65 and (found.is_round or _lasting(traces, hidden))
    inset = (lasting or _cornered(box, width, height, 0.09)) and area_of(box) <= 0.3 * width * height
    usual = inset and (lasting or _cornered(box, width, height, 0.06))
    if not usual and found.support > 0.8 and _filled(mass_of(traces), box):
        return _only_screen(traces, lines, 0.7)
    if not inset:
        return _unenclosed(traces, lines)
    return Panes("picture_in_picture", (0, 0, width, height), box, sure)


def _lasting(traces: Sequence[Trace], box: Box) -> bool:
    """Does it move in every stretch while slides change around it, as a camera does and a slide's video does not?"""
    left, top, right, bottom = box
    if not all(mass_of([trace])[top:bottom, left:right].any() for trace in traces):
        return False
    around = changed(traces)
    around[top:bottom, left:right] = False
    return bool(around.mean() > 0.05)


def _filled(mass: np.ndarray, box: Box) -> bool:
    """Does all of the rectangle move, as a video on a slide does and a person does not?"""
    left, top, right, bottom = box
    return bool((mass[top:bottom, left:right] > 0).mean() > 0.5)


def _content(traces: Sequence[Trace]) -> np.ndarray:
    """bool: pixels where something stands (an edge), or stood in one stretch and not in another."""
    content = changed(traces)
    for trace in traces:
        content |= (trace.across > 8) | (trace.down > 8)
    return content


def _centred(box: Box, width: int, height: int) -> bool:
    """With equal bars, as a picture of another shape is shown."""
    uneven_x, uneven_y = abs(box[0] - (width - box[2])), abs(box[1] - (height - box[3]))
    return uneven_x <= 0.02 * width and uneven_y <= 0.02 * height and area_of(box) > 0.4 * width * height


def _barred(traces: Sequence[Trace], box: Box) -> bool:
    """Is what lies outside one flat tone, as bars are and a room is not?"""
    left, top, right, bottom = grown(box, 2, *traces[0].middle.shape[::-1])
    beyond = np.ones(traces[0].middle.shape, bool)
    beyond[top:bottom, left:right] = False
    return all(np.ptp(np.percentile(trace.middle[beyond], (2, 98))) <= 2 * FLAT for trace in traces)


def _cornered(box: Box, width: int, height: int, margin: float) -> bool:
    near = margin * max(width, height)
    return min(box[0], width - box[2]) < near and min(box[1], height - box[3]) < near

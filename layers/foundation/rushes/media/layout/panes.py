"""Which layout a picture has, and where its panes lie, from what stretches of it left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.rectangles import Found, camera_in, extent, mass_of, near
from rushes.media.layout.screens import FLAT, screen_in
from rushes.media.layout.traces import Trace, boxed

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
    if found.support < _LEAST_SUPPORT or _area(found.box) > 0.9 * lines.width * lines.height:
        return _unenclosed(traces, lines)
    left, top, right, bottom = found.box
    mass = mass_of(traces)[top:bottom, left:right]
    if not mass.any() or _area(extent(mass)) < 0.02 * _area(found.box):
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
        return Panes("picture_in_picture", whole, _grown(box, 4, *whole[2:]), 0.6)
    moving = boxed((mass > 0).astype(np.float32), 4) > 0
    changed = np.ptp(np.stack([trace.middle for trace in traces]), axis=0) > 12
    if (changed & ~moving).mean() > 0.02:
        return _only_screen(traces, lines, 0.7)
    return Panes("camera_only", None, _only_screen(traces, lines, 0).screen, 0.75)


def _enclosed(traces: Sequence[Trace], found: Found, lines: Lines) -> Panes:
    box, width, height = found.box, lines.width, lines.height
    assert box
    outside = _content(traces)
    hidden = _grown(box, 3, width, height)
    outside[hidden[1] : hidden[3], hidden[0] : hidden[2]] = False
    sure = min(1.0, 0.4 + found.support * 0.6)
    if outside.sum() < 0.01 * outside.size and _centred(box, width, height):
        return Panes("camera_only", None, box if _barred(traces, box) else (0, 0, width, height), sure)
    if found.support > 0.65 and (beside := _beside(traces, box, outside, lines)):
        return Panes("side_by_side", beside, _matched(_widened(box, outside), beside, width, height), sure)
    lasting = found.support > 0.65 and (found.is_round or _lasting(traces, hidden))
    inset = (lasting or _cornered(box, width, height, 0.09)) and _area(box) <= 0.3 * width * height
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
    changed = np.ptp(np.stack([trace.middle for trace in traces]), axis=0) > 12
    changed[top:bottom, left:right] = False
    return bool(changed.mean() > 0.05)


def _filled(mass: np.ndarray, box: Box) -> bool:
    """Does all of the rectangle move, as a video on a slide does and a person does not?"""
    left, top, right, bottom = box
    return bool((mass[top:bottom, left:right] > 0).mean() > 0.5)


def _beside(traces: Sequence[Trace], camera: Box, outside: np.ndarray, lines: Lines) -> Box | None:
    """The screen's rectangle when it lies wholly on one side of the camera's, otherwise None."""
    height, width = outside.shape
    left, top, right, bottom = camera
    strips = [(0, 0, left, height), (right, 0, width, height), (0, 0, width, top), (0, bottom, width, height)]
    around = [_grown(strip, 3, width, height) for strip in strips]
    contents = [outside[box[1] : box[3], box[0] : box[2]].sum() for box in around]
    most = int(np.argmax(contents))
    strip = strips[most]
    beyond = (width - right, left)[most] if most < 2 else 0
    if beyond > 0.15 * width:  # a line within a camera's picture
        return None
    if _area(strip) < 0.15 * width * height or contents[most] < 0.002 * _area(strip):
        return None
    if outside.sum() - contents[most] > 0.02 * outside.sum() + 0.001 * outside.size:
        return None
    screen = screen_in(traces, _apart(strip, camera), lines)
    if _area(screen) < 0.1 * width * height:
        return None
    if screen[1] == 0 and screen[3] == height:
        screen = strip[0], 0, strip[2], height  # a band beside what fills the height stands on the slides
    spare = height - (screen[3] - screen[1])
    uneven = (screen[1] == 0) != (screen[3] == height) and spare < 0.2 * height
    if uneven and not _canvas_shown(traces, screen, camera):
        screen = (screen[0], 0, screen[2], height)
    if _area(camera) + _area(strip) > 0.93 * width * height:
        return screen
    return screen if _facing(screen, camera, lines) > 0.75 else None


def _canvas_shown(traces: Sequence[Trace], screen: Box, camera: Box) -> bool:
    """Does the tone above or below the screen alone show above or below the camera as well, as a canvas does?"""
    height = traces[0].middle.shape[0]

    def tones(pane: Box) -> list[float]:
        spans = [span for span in ((2, pane[1] - 2), (pane[3] + 2, height - 2)) if span[1] - span[0] > 2]
        return [float(np.median(traces[0].middle[a:b, pane[0] + 2 : pane[2] - 2])) for a, b in spans]

    return any(abs(a - b) <= 2 * FLAT for a in tones(screen) for b in tones(camera))


def _widened(camera: Box, outside: np.ndarray) -> Box:
    """Out to the picture's border where something stands between: beside a screen that can only be the camera's."""
    height, width = outside.shape
    left, top, right, bottom = camera
    if 0 < left < 0.12 * width and outside[top:bottom, :left].mean() > 0.02:
        left = 0
    if width - right < 0.12 * width and right < width and outside[top:bottom, right:].mean() > 0.02:
        right = width
    if top < 0.12 * height and top and outside[:top, left:right].mean() > 0.02:
        top = 0
    if height - bottom < 0.12 * height and bottom < height and outside[bottom:, left:right].mean() > 0.02:
        bottom = height
    return left, top, right, bottom


def _matched(camera: Box, screen: Box, width: int, height: int) -> Box:
    """Out to the picture's border where the camera alone would have a margin: a line within its picture."""
    left, top, right, bottom = camera
    if bottom - top > 0.97 * height:
        if screen[2] == width and left < 0.12 * width:
            left = 0
        if screen[0] == 0 and width - right < 0.12 * width:
            right = width
    return left, top, right, bottom


def _apart(strip: Box, camera: Box) -> Box:
    """The strip without what of the camera may have been taken for it."""
    left, top, right, bottom = strip
    return (
        left + 2 * (left == camera[2]),
        top + 2 * (top == camera[3]),
        right - 2 * (right == camera[0]),
        bottom - 2 * (bottom == camera[1]),
    )


def _facing(screen: Box, camera: Box, lines: Lines) -> float:
    """How much of the screen's side that faces the camera, but not the camera itself, shows as an edge."""
    left, top, right, bottom = screen
    if right <= camera[0] + 2 or left >= camera[2] - 2:
        side = 2 if right <= camera[0] + 2 else 0
        spans = [
            (left, top, right, min(bottom, camera[1] - 2)),
            (left, max(top, camera[3] + 2), right, bottom),
        ]
        measured = [(box[3] - box[1], lines.near(box)[side]) for box in spans if box[3] - box[1] > 3]
    else:
        side = 3 if bottom <= camera[1] + 2 else 1
        spans = [
            (left, top, min(right, camera[0] - 2), bottom),
            (max(left, camera[2] + 2), top, right, bottom),
        ]
        measured = [(box[2] - box[0], lines.near(box)[side]) for box in spans if box[2] - box[0] > 3]
    total = sum(length for length, _ in measured)
    return sum(length * share for length, share in measured) / total if total else 1.0


def _content(traces: Sequence[Trace]) -> np.ndarray:
    """bool: pixels where something stands (an edge), or stood in one stretch and not in another."""
    middles = np.stack([trace.middle for trace in traces])
    content = np.ptp(middles, axis=0) > 12
    for trace in traces:
        content |= (trace.across > 8) | (trace.down > 8)
    return content


def _centred(box: Box, width: int, height: int) -> bool:
    """With equal bars, as a picture of another shape is shown."""
    uneven_x, uneven_y = abs(box[0] - (width - box[2])), abs(box[1] - (height - box[3]))
    return uneven_x <= 0.02 * width and uneven_y <= 0.02 * height and _area(box) > 0.4 * width * height


def _barred(traces: Sequence[Trace], box: Box) -> bool:
    """Is what lies outside one flat tone, as bars are and a room is not?"""
    left, top, right, bottom = _grown(box, 2, *traces[0].middle.shape[::-1])
    beyond = np.ones(traces[0].middle.shape, bool)
    beyond[top:bottom, left:right] = False
    return all(np.ptp(np.percentile(trace.middle[beyond], (2, 98))) <= 2 * FLAT for trace in traces)


def _cornered(box: Box, width: int, height: int, margin: float) -> bool:
    near = margin * max(width, height)
    return min(box[0], width - box[2]) < near and min(box[1], height - box[3]) < near


def _grown(box: Box, by: int, width: int, height: int) -> Box:
    return max(0, box[0] - by), max(0, box[1] - by), min(width, box[2] + by), min(height, box[3] + by)


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])

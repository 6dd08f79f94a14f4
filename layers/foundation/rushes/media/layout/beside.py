"""A screen that takes all that the camera leaves on one side of it, up to the picture's borders or a plain canvas."""

from collections.abc import Sequence

import numpy as np

from rushes.media.layout.boxes import area_of, grown
from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.screens import FLAT, screen_in
from rushes.media.layout.traces import Trace


def screen_beside(traces: Sequence[Trace], camera: Box, outside: np.ndarray, lines: Lines) -> Box | None:
    """The screen's rectangle when it lies wholly on one side of the camera's, otherwise None."""
    height, width = outside.shape
    left, top, right, bottom = camera
    strips = [(0, 0, left, height), (right, 0, width, height), (0, 0, width, top), (0, bottom, width, height)]
    around = [grown(strip, 3, width, height) for strip in strips]
    contents = [outside[box[1] : box[3], box[0] : box[2]].sum() for box in around]
    most = int(np.argmax(contents))
    strip = strips[most]
    beyond = (width - right, left)[most] if most < 2 else 0
    if beyond > 0.15 * width:  # a line within a camera's picture
        return None
    if area_of(strip) < 0.15 * width * height or contents[most] < 0.002 * area_of(strip):
        return None
    if outside.sum() - contents[most] > 0.02 * outside.sum() + 0.001 * outside.size:
        return None
    screen = screen_in(traces, _apart(strip, camera), lines)
    if area_of(screen) < 0.1 * width * height:
        return None
    if screen[1] == 0 and screen[3] == height:
        screen = strip[0], 0, strip[2], height  # a band beside what fills the height stands on the slides
    spare = height - (screen[3] - screen[1])
    uneven = (screen[1] == 0) != (screen[3] == height) and spare < 0.2 * height
    if uneven and not _canvas_shown(traces, screen, camera):
        screen = (screen[0], 0, screen[2], height)
    if area_of(camera) + area_of(strip) > 0.93 * width * height:
        return screen
    return screen if _facing(screen, camera, lines) > 0.75 else None


def _canvas_shown(traces: Sequence[Trace], screen: Box, camera: Box) -> bool:
    """Does the tone above or below the screen alone show above or below the camera as well, as a canvas does?"""
    height = traces[0].middle.shape[0]

    def tones(pane: Box) -> list[float]:
        spans = [span for span in ((2, pane[1] - 2), (pane[3] + 2, height - 2)) if span[1] - span[0] > 2]
        return [float(np.median(traces[0].middle[a:b, pane[0] + 2 : pane[2] - 2])) for a, b in spans]

    return any(abs(a - b) <= 2 * FLAT for a in tones(screen) for b in tones(camera))


def widened(camera: Box, outside: np.ndarray) -> Box:
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


def matched(camera: Box, screen: Box, width: int, height: int) -> Box:
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

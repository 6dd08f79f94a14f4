"""How a clip is framed: which parts of the lecture's picture go where, by its layout and the clip's aspect ratio.

Upright and square clips show the screen above the camera. Wide ones show the lecture as it is, or the screen beside the
camera where the lecture's own picture is not wide or leaves much of itself empty.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from functions.highlights.frame import clip_size, frame_at

Rectangle = tuple[int, int, int, int]
"""Left, top, width and height, in whole pixels."""

_SHORTEST = Fraction(1, 2)
"""Seconds. What is shown for less only flickers."""

_FULL = Fraction(7, 10)
"""Part of the lecture's picture that screen and camera fill where it is good as it is."""

_NEAR = Fraction(2, 100)
"""By how much two shapes may differ and still be one."""

_HIGHEST_SCREEN = {"9:16": Fraction(1, 2), "1:1": Fraction(3, 5)}
"""Part of a clip's height that the screen may take; the camera has the rest."""

_CAMERA_COLUMN = Fraction(1, 4)
"""Part of a wide clip's width beside the screen."""


def shots(
    layout: Mapping[str, Any],
    start: int,
    frames: int,
    rate: Fraction,
    aspect: str,
    size: tuple[int, int],
) -> list[dict[str, Any]]:
    """The parameter `shots` of a clip of `frames` frames from the lecture's frame `start`, at `rate` a second.

    `layout` is the document of that name, `size` the lecture's in pixels. A pane takes from the picture only what it
    has, at even places and in even sizes; panes do not overlap. The shots' frames sum to `frames`.
    """
    spans = _spans(layout["segments"], start, frames, rate)
    framed = [(length, _panes(segment, aspect, size)) for segment, length in _without_flicker(spans, rate)]
    return [
        {"frames": sum(length for length, _ in same), "panes": panes}
        for panes, same in (
            (panes, list(group)) for panes, group in groupby(framed, key=lambda shot: shot[1])
        )
    ]


def _spans(
    segments: Iterable[Mapping[str, Any]], start: int, frames: int, rate: Fraction
) -> list[tuple[Mapping[str, Any], int]]:
    """The segments within the clip and their frames; the first and the last reach to its ends."""
    inside = [
        (segment, begin)
        for segment in segments
        if (begin := frame_at(segment["start"], rate) - start) < frames
        and frame_at(segment["end"], rate) > start
    ]
    starts = [0, *(begin for _, begin in inside[1:]), frames]
    lengths = (end - begin for begin, end in pairwise(starts))
    whole = {"layout": "screen_only", "screen": None, "camera": None}
    return list(zip([segment for segment, _ in inside] or [whole], lengths, strict=True))


def _without_flicker(
    spans: list[tuple[Mapping[str, Any], int]], rate: Fraction
) -> list[tuple[Mapping[str, Any], int]]:
    """Spans that are too short go to the one before them, or at the start to the one after."""
    kept: list[tuple[Mapping[str, Any], int]] = []
    early = 0
    for segment, length in spans:
        if length >= _SHORTEST * rate:
            kept.append((segment, early + length))
            early = 0
        elif kept:
            kept[-1] = (kept[-1][0], kept[-1][1] + length)
        else:
            early += length
    return kept or [(spans[0][0], early)]


def _panes(segment: Mapping[str, Any], aspect: str, size: tuple[int, int]) -> list[dict[str, Any]]:
    width, height = clip_size(aspect, {"width": size[0], "height": size[1]})
    whole: Rectangle = (0, 0, size[0] // 2 * 2, size[1] // 2 * 2)
    clip: Rectangle = (0, 0, width, height)
    screen = _inside(segment["screen"], size) or whole
    camera = _inside(segment["camera"], size)
    if aspect == "source" or _good_as_it_is(segment["layout"], screen, camera, whole, clip):
        return [_pane(whole, clip, "cover")]
    if segment["layout"] == "camera_only":
        return [_pane(camera or whole, clip, "cover")]
    if camera is None or segment["layout"] == "screen_only":
        return [_pane(screen, clip, "contain")]
    if aspect in _HIGHEST_SCREEN:
        return _above(screen, camera, clip, _HIGHEST_SCREEN[aspect])
    if segment["layout"] == "picture_in_picture":  # the camera is in the screen's picture already
        return [_pane(screen, clip, "contain")]
    return _beside(screen, camera, clip)


def _good_as_it_is(
    layout: str, screen: Rectangle, camera: Rectangle | None, whole: Rectangle, clip: Rectangle
) -> bool:
    if abs(_shape(whole) / _shape(clip) - 1) > _NEAR:
        return False
    shown = {"camera_only": (camera or whole,), "side_by_side": (screen, camera or screen)}.get(
        layout, (screen,)
    )
    return sum(_area(part) for part in shown) >= _FULL * _area(whole)


def _above(screen: Rectangle, camera: Rectangle, clip: Rectangle, highest: Fraction) -> list[dict[str, Any]]:
    _, _, width, height = clip
    down = min(_even(width / _shape(screen)), _even(height * highest))
    return [
        _pane(screen, (0, 0, width, down), "contain"),
        _pane(camera, (0, down, width, height - down), "cover"),
    ]


def _beside(screen: Rectangle, camera: Rectangle, clip: Rectangle) -> list[dict[str, Any]]:
    """Each on the side on which it is in the lecture, both as high as the screen is."""
    _, _, width, height = clip
    column = _even(width * _CAMERA_COLUMN)
    down = min(height, _even((width - column) / _shape(screen)))
    top = (height - down) // 4 * 2
    left_is_screen = screen[0] <= camera[0]
    return [
        _pane(screen, (0 if left_is_screen else column, top, width - column, down), "contain"),
        _pane(camera, (width - column if left_is_screen else 0, top, column, down), "cover"),
    ]


def _pane(source: Rectangle, target: Rectangle, fit: str) -> dict[str, Any]:
    return {"from": list(source), "to": list(target), "fit": fit}


def _inside(rectangle: Iterable[int] | None, size: tuple[int, int]) -> Rectangle | None:
    """The largest part at even places that the picture has; None when there is none."""
    if rectangle is None:
        return None
    left, top, width, height = rectangle
    right, bottom = (
        min(end, side) // 2 * 2 for end, side in zip((left + width, top + height), size, strict=True)
    )
    left, top = (-(-max(0, place) // 2) * 2 for place in (left, top))
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def _shape(rectangle: Rectangle) -> Fraction:
    return Fraction(rectangle[2], rectangle[3])


def _area(rectangle: Rectangle) -> int:
    return rectangle[2] * rectangle[3]


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)

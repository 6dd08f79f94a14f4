"""Rectangles found in small samples, moved to the edges that stand in the lecture's own pixels."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rushes.media.layout.sampling import LONG_SIDE
from rushes.media.opening import frames_of, opened, picture_of

Place = tuple[float, float]
"""start, end in seconds."""

_MOST_LAYOUTS = 8
"""Of the longest, refined: each costs some seeking."""
_FRAMES = 5
_MARGIN = 0.6
"""Seconds from a change within which no frame is taken: it may be a dissolve."""
_MOST_EDGE = 12.0
"""Steps of luma: stronger edges of what a slide shows count no more than this."""
_LEAST_EDGE = 2.0
_OVER_USUAL = 1.6
"""An edge taken for a side is this much stronger than what else lies around."""
_TRIM = 0.15
"""Share of a side at each end that is not looked at: corners may be round."""


def refined(path: Path, told: dict[str, Any]) -> dict[str, Any]:
    """The same document; a side stays where it was unless one clear edge stands within two samples' pixels."""
    size = told["width"], told["height"]
    reach = min(10, -(-3 * max(size) // (2 * LONG_SIDE)))
    segments = told["segments"]
    layouts: dict[tuple[Any, ...], list[Place]] = {}
    for segment in segments:
        if segment["confidence"]:
            layouts.setdefault(_key(segment), []).append((segment["start"], segment["end"]))
    longest = sorted(layouts, key=lambda key: -sum(end - start for start, end in layouts[key]))
    moved: dict[tuple[Any, ...], list[list[int] | None]] = {}
    for key in longest[:_MOST_LAYOUTS]:
        edges = _Edges(size, _frames(path, layouts[key]))
        if edges.frames:
            moved[key] = [box and edges.around(list(box), reach) for box in key[1:]]
    for segment in segments:
        if (boxes := moved.get(_key(segment))) and segment["confidence"]:
            segment["screen"], segment["camera"] = boxes
    return told


def _key(segment: dict[str, Any]) -> tuple[Any, ...]:
    return segment["layout"], *(box and tuple(box) for box in (segment["screen"], segment["camera"]))


def _frames(path: Path, places: Sequence[Place]) -> Iterator[np.ndarray]:
    """3 × height × width: some frames, luma and chroma, spread over the longest of these places."""
    start, end = max(places, key=lambda place: place[1] - place[0])
    if end - start <= 2 * _MARGIN:
        return
    with opened(path) as container:
        stream = picture_of(container)
        assert stream.time_base is not None
        for part in range(_FRAMES):
            wanted = start + _MARGIN + (end - start - 2 * _MARGIN) * (part + 0.5) / _FRAMES
            container.seek(int(wanted / stream.time_base) + (stream.start_time or 0), stream=stream)
            for seconds, frame in frames_of(container, stream):
                if seconds >= wanted or seconds > end - _MARGIN:
                    planes = frame.reformat(format="yuv444p").to_ndarray()
                    yield np.rot90(planes, round(frame.rotation / 90), axes=(-2, -1))
                    break


class _Edges:
    """How strong the edges between neighbouring pixels are, on average over frames of one size."""

    def __init__(self, size: tuple[int, int], frames: Iterable[np.ndarray]) -> None:
        self.frames = 0
        self._across, self._down = np.zeros((2, size[1], size[0]), np.float32)
        for frame in frames:
            if frame.shape[2:0:-1] == size:
                self._across += _steps(frame, 2)
                self._down += _steps(frame, 1)
                self.frames += 1

    def around(self, box: list[int], reach: int) -> list[int]:
        """x, y, width, height with each side at the clearest edge near by."""
        x, y, wide, tall = box
        left, right = (self._nearest(self._across, side, y, y + tall, reach) for side in (x, x + wide))
        top, bottom = (self._nearest(self._down.T, side, x, x + wide, reach) for side in (y, y + tall))
        return [left, top, right - left, bottom - top]

    def _nearest(self, edges: np.ndarray, side: int, start: int, end: int, reach: int) -> int:
        """Of the lines `side` - reach … `side` + reach; a side on the picture's border stays there."""
        trim = int(_TRIM * (end - start))
        if side <= 0 or side >= edges.shape[1]:
            return side
        first, last = max(1, side - reach), min(edges.shape[1] - 1, side + reach)
        strengths = edges[start + trim : end - trim, first : last + 1].mean(axis=0) / self.frames
        best = int(np.argmax(strengths))
        clear = strengths[best] >= max(_LEAST_EDGE, _OVER_USUAL * float(np.median(strengths)))
        return first + best if clear else side


def _steps(planes: np.ndarray, axis: int) -> np.ndarray:
    """height × width, float32: the strongest step of luma or chroma from the pixel before."""
    before = [(1, 0) if one == axis - 1 else (0, 0) for one in (0, 1)]
    steps = np.abs(np.diff(planes.astype(np.int16), axis=axis)).astype(np.float32)
    steps[1:] *= 0.7  # chroma has half the pixels, and its edges are a pixel off
    return np.pad(np.minimum(steps.max(axis=0), _MOST_EDGE), before)

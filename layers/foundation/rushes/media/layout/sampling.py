"""A lecture's picture, looked at about twice a second, and small."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rushes.errors import Unplayable
from rushes.media.opening import frames_of, opened, picture_of

LONG_SIDE = 320
"""Pixels of a sample's longer side: an edge is found to a third of a percent."""

STEP = Fraction(1, 2)
"""Seconds between samples; doubled as often as a long lecture needs."""

TICK = Fraction(1, 4)
"""Seconds between looks at the coarse picture by which a change's moment is told, however long the lecture."""

MOST = 2400
"""Samples kept at once: about 420 MB whatever the lecture's length."""


BLOCK = 4
"""Pixels of a block's side."""


@dataclass(frozen=True)
class Samples:
    pictures: np.ndarray
    """number × height × width, uint8 luma, upright."""
    colours: np.ndarray
    """number × 2 × height × width, uint8, the two chroma planes: panes of one luma may differ in them."""
    times: np.ndarray
    """Milliseconds since the start, one for each picture."""
    coarse: np.ndarray
    """number × height/4 × width/4, uint8 luma: the means of blocks for every TICK."""
    width: int
    """Pixels of the lecture as shown."""
    height: int
    duration: int
    """Milliseconds."""


def sampled(path: Path) -> Samples:
    """Raises Unplayable when there is no picture or none that can be decoded."""
    with opened(path) as container:
        stream = picture_of(container)
        # Frames that no other frame needs are most of a file, and none is missed at two samples a second.
        if _rate(stream) >= 8:
            stream.codec_context.skip_frame = "NONREF"
        kept: _Kept | None = None
        shown = (0, 0)
        for moment, frame in _regular(container, stream):
            shown = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
            kept = kept or _Kept(*_small_size(frame.width, frame.height))
            kept.add(moment, frame)
        if kept is None:
            raise Unplayable(f"“{path.name}” has no frame that can be decoded.")
        end = _duration(container, stream)
        pictures, times = kept.pictures[: len(kept.times)], np.array(kept.times)
        duration = max(int(times[-1]) + 1, int(end * 1000))
        return Samples(pictures[:, 0], pictures[:, 1:], times, np.stack(kept.coarse), *shown, duration)


class _Kept:
    """What is kept of the frames as they come; every second sample is let go when there are too many."""

    def __init__(self, width: int, height: int) -> None:
        self._size = width, height
        self._step = STEP
        self.pictures = np.empty((0,), np.uint8)
        self.times: list[int] = []
        self.coarse: list[np.ndarray] = []

    def add(self, moment: Fraction, frame: VideoFrame) -> None:
        width, height = self._size
        luma = frame.reformat(width // BLOCK, height // BLOCK, "gray", interpolation="AREA").to_ndarray()
        self.coarse.append(_upright(luma, frame))
        if moment < len(self.times) * self._step:
            return
        planes = frame.reformat(width, height, "yuv444p", interpolation="AREA").to_ndarray()
        picture = _upright(planes, frame)
        if not self.times:
            self.pictures = np.empty((MOST, *picture.shape), np.uint8)
        self.pictures[len(self.times)] = picture
        self.times.append(int(moment * 1000))
        if len(self.times) == MOST:
            for number in range(MOST // 2):
                self.pictures[number] = self.pictures[2 * number]
            self.times, self._step = self.times[::2], self._step * 2


def _regular(container: InputContainer, stream: VideoStream) -> Iterator[tuple[Fraction, VideoFrame]]:
    """(moment, the frame shown then) for every TICK: a frame that stays for long is given again."""
    before: VideoFrame | None = None
    moment = Fraction(0)
    for seconds, frame in frames_of(container, stream):
        while before is not None and moment < seconds:
            yield moment, before
            moment += TICK
        before = frame
    if before is not None:
        yield moment, before


def _upright(planes: np.ndarray, frame: VideoFrame) -> np.ndarray:
    return np.rot90(planes, round(frame.rotation / 90), axes=(-2, -1))


def _small_size(width: int, height: int) -> tuple[int, int]:
    """Multiples of four, so that the picture falls into whole blocks."""
    scale = LONG_SIDE / max(width, height)
    return max(32, round(width * scale / 4) * 4), max(32, round(height * scale / 4) * 4)


def _rate(stream: VideoStream) -> Fraction:
    return stream.average_rate or Fraction(0)


def _duration(container: InputContainer, stream: VideoStream) -> Fraction:
    if stream.duration and stream.time_base:
        return stream.duration * stream.time_base
    return Fraction(container.duration or 0, 1_000_000)

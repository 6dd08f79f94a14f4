"""A lecture's picture, looked at about twice a second, small and without colour."""

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

MOST = 2400
"""Samples kept at once: about 140 MB whatever the lecture's length."""


@dataclass(frozen=True)
class Samples:
    pictures: np.ndarray
    """number × height × width, uint8 luma, upright."""
    times: np.ndarray
    """Milliseconds since the start, one for each picture."""
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
        pictures: list[np.ndarray] = []
        times: list[int] = []
        step, shown = STEP, None
        for seconds, frame in _regular(container, stream):
            shown = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
            if seconds < len(times) * step:
                continue
            pictures.append(_small(frame))
            times.append(int(seconds * 1000))
            if len(pictures) > MOST:
                pictures, times, step = pictures[::2], times[::2], step * 2
        if shown is None:
            raise Unplayable(f"“{path.name}” has no frame that can be decoded.")
        end = _duration(container, stream)
        last = times[-1] + 1
        return Samples(np.stack(pictures), np.array(times), *shown, max(last, int(end * 1000)))


def _regular(container: InputContainer, stream: VideoStream) -> Iterator[tuple[Fraction, VideoFrame]]:
    """(moment, the frame shown then) for every STEP: a frame that stays for long is given again."""
    before: VideoFrame | None = None
    moment = Fraction(0)
    for seconds, frame in frames_of(container, stream):
        while before is not None and moment < seconds:
            yield moment, before
            moment += STEP
        before = frame
    if before is not None:
        yield moment, before


def _small(frame: VideoFrame) -> np.ndarray:
    width, height = _small_size(frame.width, frame.height)
    luma = frame.reformat(width, height, "gray", interpolation="AREA").to_ndarray()
    return np.rot90(luma, round(frame.rotation / 90)).copy()


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

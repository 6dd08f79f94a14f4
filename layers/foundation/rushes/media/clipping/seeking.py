"""Reading a span of a recording without what is far before it; all times in exact seconds."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rushes.media.opening import video_stream

_STEPS_BACK = (0, 2, 10)
"""Seconds: some containers seek by the times of decoding, and some only about."""

_OPENING = 2
"""Seconds that are read without seeking: some containers cannot go back to before their first key frame."""

_PRIMING = Fraction(1, 10)
"""Seconds by which a sound may begin before its picture only because of how it is encoded."""


def beginning(container: InputContainer) -> Fraction:
    """When the recording starts, on its container's clock: with the picture, or with a sound clearly before it."""
    picture = video_stream(container)
    starts = [_start(stream) for stream in (picture, *container.streams.audio[:1]) if stream]
    return starts[0] if starts[-1] > starts[0] - _PRIMING else starts[-1]


def frames_from(
    container: InputContainer, stream: VideoStream | AudioStream, seconds: Fraction
) -> Iterator[tuple[Fraction, VideoFrame | AudioFrame]]:
    """(when, frame) from one at or before `seconds` on; from the very first if all are later.

    Times are the container's, which has just been opened. Frames without a time are left out.
    """
    base = stream.time_base
    assert base is not None
    if seconds < _start(stream) + _OPENING:
        return _timed(container, stream)
    for back in _STEPS_BACK:
        ticks = max(stream.start_time or 0, int((seconds - back) / base))
        container.seek(ticks, stream=stream)
        frames = _timed(container, stream)
        first = next(frames, None)
        if first and first[0] <= seconds:
            return chain([first], frames)
    container.seek(0)
    return _timed(container, stream)


def _timed(
    container: InputContainer, stream: VideoStream | AudioStream
) -> Iterator[tuple[Fraction, VideoFrame | AudioFrame]]:
    for frame in container.decode(stream):
        assert isinstance(frame, VideoFrame | AudioFrame)
        if frame.pts is not None and frame.time_base is not None:
            yield frame.pts * frame.time_base, frame


def _start(stream: VideoStream | AudioStream) -> Fraction:
    assert stream.time_base is not None
    return (stream.start_time or 0) * stream.time_base

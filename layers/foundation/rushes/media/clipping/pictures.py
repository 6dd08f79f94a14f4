"""The pictures of a span of a recording, at a constant rate whatever the recording's own is."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.video.frame import VideoFrame

from rushes.errors import Unplayable
from rushes.media.clipping.seeking import beginning, frames_from
from rushes.media.opening import opened, picture_of


def pictures(path: Path, start: int, frames: int, rate: Fraction) -> Iterator[VideoFrame]:
    """Exactly `frames` frames as they are stored: number k is what is on screen (start + k) / rate after the start.

    Before the recording's first picture that one is shown, after its last the last. One that stays on screen is
    the same object each time. Raises Unplayable when nothing can be decoded.
    """
    number, shown = 0, None
    with opened(path) as container:
        stream = picture_of(container)
        assert stream.time_base is not None
        slack = min(stream.time_base / 2, 1 / rate / 20)  # a time may be rounded to the container's ticks
        due = beginning(container) + start / rate
        for seconds, frame in frames_from(container, stream, due + slack):
            while shown and due + number / rate + slack < seconds:
                yield shown
                number += 1
                if number == frames:
                    return
            assert isinstance(frame, VideoFrame)
            shown = frame
    if shown is None:
        raise Unplayable(f"“{path.name}” has no picture that can be decoded there.")
    for _ in range(frames - number):
        yield shown

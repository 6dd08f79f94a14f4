"""A lecture's sound track as one unbroken row of samples, on the clock of the lecture's picture.

Sample 0 sounds with the picture's first frame (without a picture: it is the first sample). Where the file has no
sound, before, after or in a gap, there is silence.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, dropwhile
from math import ceil, lcm
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard

from rushes.errors import Unplayable
from rushes.media.listening.row import Kind, in_blocks, unbroken
from rushes.media.opening import opened, video_stream

_BLOCK = 1000
"""Windows of `rate // 100` samples that are handled at once: ten seconds."""

_PREROLL = Fraction(1, 2)
"""Seconds decoded before the first sample that is wanted: lossy decoders build on what came before."""

_UNINDEXED = {"mp3", "aac"}
"""Formats in which a seek lands only about where it should; they are read from their beginning."""


@dataclass(frozen=True)
class Track:
    path: Path
    kind: Kind
    origin: Fraction
    """When, on the file's own clock, the lecture begins, in seconds."""
    duration: Fraction | None
    """Of the picture, in seconds; None without a picture."""
    anchor: int
    """Where the second frame begins: all frames of one length lie on the grid through it."""

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[np.ndarray]:
        """The samples from `start` to before `end` (None: to the sound's end): float32, (channels, n), full scale ±1.

        Every block but the last lasts 1000 windows of `rate // 100` samples: ten seconds. A packet that cannot be
        decoded is silent. Raises Unplayable when the file's data make no sense.
        """
        frames = unbroken(self._frames(start), self.kind, start, end)
        yield from in_blocks(frames, self.kind, _BLOCK * (self.rate // 100))

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.kind.rate

    def _frames(self, start: int) -> Iterator[tuple[int, AudioFrame]]:
        """(position of its first sample, frame) of all that reach beyond `start`."""
        with opened(self.path) as container:
            stream = _only_sound(container)
            assert stream.time_base is not None
            placed = self._placed(container, stream)
            wanted = self.origin + Fraction(start, self.rate) - _PREROLL
            if wanted > _PREROLL and container.format.name not in _UNINDEXED:
                with suppress(
                    FFmpegError
                ):  # not every file can be sought in; all can be read from the beginning
                    container.seek(int(wanted / stream.time_base), stream=stream)
                first = next(placed, None)
                if first and first[0] <= start:
                    placed = chain([first], placed)
                else:  # too far: without an index a seek may land anywhere
                    container.seek(0)
                    placed = self._placed(container, stream)
            yield from dropwhile(lambda placed: placed[0] + placed[1].samples <= start, placed)

    def _placed(self, container: InputContainer, stream: AudioStream) -> Iterator[tuple[int, AudioFrame]]:
        assert stream.time_base is not None
        tick, begin, anchor = stream.time_base * self.rate, self.origin * self.rate, self.anchor
        # In whole numbers: a Fraction for each of a million frames takes longer than their decoder.
        unit = lcm(tick.denominator, begin.denominator)
        ticks, shift = int(tick * unit), unit // 2 - int(begin * unit)
        coarse = 2 * ceil(tick) if tick > 1 else 0  # samples that a container counting in milliseconds is off
        for pts, frame in decoded(container, stream):
            if frame.sample_rate != self.rate:
                frame = self.kind.converted(frame)
            position = (pts * ticks + shift) // unit
            if coarse:
                grid = anchor + round((position - anchor) / frame.samples) * frame.samples
                position = grid if abs(grid - position) <= coarse else position
            yield position, frame


def track(path: Path) -> Track:
    """The file's first sound. Raises Unplayable when there is none, or none that can be decoded."""
    with opened(path) as container:
        if not container.streams.audio:
            raise Unplayable(f"“{path.name}” has no sound.")
        duration = _picture_duration(container)
        stream = _only_sound(container)
        pts, frame = next(decoded(container, stream), (0, None))
        if frame is None:
            raise Unplayable(f"“{path.name}” has no sound that can be decoded.")
        assert stream.time_base is not None
        begins = origin = pts * stream.time_base
        picture = video_stream(container)
        if picture is not None and picture.time_base:
            origin = (picture.start_time or 0) * picture.time_base
        anchor = round((begins - origin) * frame.sample_rate) + frame.samples
        kind = Kind(frame.format.name, frame.layout.name, frame.sample_rate)
        return Track(path, kind, origin, duration, anchor)


def decoded(container: InputContainer, stream: AudioStream) -> Iterator[tuple[int, AudioFrame]]:
    """(time in the stream's ticks, frame) from where the container stands; what is damaged is left out."""
    last: tuple[int, AudioFrame] | None = None
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except FFmpegError:  # decoders have many ways to say that a packet is damaged
            continue
        for frame in frames:
            last = (_due(last, stream) if frame.pts is None else frame.pts, frame)
            yield last


def _due(last: tuple[int, AudioFrame] | None, stream: AudioStream) -> int:
    """When a frame that does not say it comes: after the one before."""
    if last is None:
        return 0
    pts, frame = last
    assert stream.time_base is not None
    return pts + round(Fraction(frame.samples, frame.sample_rate) / stream.time_base)


def _only_sound(container: InputContainer) -> AudioStream:
    """The first sound; the demuxer reads nothing else."""
    for stream in container.streams:
        stream.discard = Discard.all
    sound = container.streams.audio[0]
    sound.discard = Discard.default
    return sound


def _picture_duration(container: InputContainer) -> Fraction | None:
    picture = video_stream(container)
    if picture is None:
        return None
    if picture.duration and picture.time_base:
        return picture.duration * picture.time_base
    return Fraction(container.duration, av.time_base) if container.duration else None

"""Decoded frames laid in one row, without gap or overlap, and taken away in blocks of samples."""

from collections.abc import Iterator
from dataclasses import dataclass

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

_TOLERATED = 20
"""A frame less than a 20th of a second from its place follows the one before: clocks drift and round."""


@dataclass(frozen=True)
class Kind:
    """How a decoder gives its samples."""

    format: str
    """FFmpeg's name: `fltp`, `s16` …"""
    layout: str
    """FFmpeg's name: `mono`, `stereo`, `5.1(side)` …"""
    rate: int
    """Samples a second."""

    @property
    def channels(self) -> int:
        return len(av.AudioLayout(self.layout).channels)

    def silence(self, samples: int) -> AudioFrame:
        format = av.AudioFormat(self.format)
        shape = (self.channels, samples) if format.is_planar else (1, samples * self.channels)
        zero = _ZEROS[self.format.removesuffix("p")]
        return self.frame(np.full(shape, zero, zero.dtype))

    def cut(self, frame: AudioFrame, first: int, end: int) -> AudioFrame:
        """The frame's samples from `first` to before `end`."""
        width = 1 if frame.format.is_planar else self.channels
        return self.frame(np.ascontiguousarray(frame.to_ndarray()[:, first * width : end * width]))

    def converted(self, frame: AudioFrame) -> AudioFrame:
        """The frame of another kind as one of this kind."""
        resampler = AudioResampler(self.format, self.layout, self.rate)
        parts = [part.to_ndarray() for part in (*resampler.resample(frame), *resampler.resample(None))]
        return self.frame(np.concatenate(parts, axis=1))

    def frame(self, samples: np.ndarray) -> AudioFrame:
        frame = AudioFrame.from_ndarray(samples, self.format, self.layout)
        frame.sample_rate = self.rate
        return frame


_ZEROS = {
    "u8": np.uint8(128),
    "s16": np.int16(0),
    "s32": np.int32(0),
    "s64": np.int64(0),
    "flt": np.float32(0),
    "dbl": np.float64(0),
}
"""How each of FFmpeg's formats says that there is no sound."""


def unbroken(
    frames: Iterator[tuple[int, AudioFrame]], kind: Kind, start: int, end: int | None
) -> Iterator[AudioFrame]:
    """From (position, frame): exactly the samples from `start` to before `end`, silence where there are none.

    Without an `end` it is where the sound ends.
    """
    due, tolerance = start, 0  # the first frame is exactly where it is
    for position, frame in frames:
        if abs(position - due) <= tolerance:
            position = due
        if due < position:
            yield from _silence(kind, due, position if end is None else min(position, end))
            due = position
        first, last = due - position, frame.samples if end is None else min(frame.samples, end - position)
        if first < last:
            due = position + last
            yield frame if (first, last) == (0, frame.samples) else kind.cut(frame, first, last)
        if end is not None and due >= end:
            return
        tolerance = min(kind.rate // _TOLERATED, frame.samples * 3 // 4)  # a lost frame is a gap
    if end is not None:
        yield from _silence(kind, due, end)


def _silence(kind: Kind, start: int, end: int) -> Iterator[AudioFrame]:
    """A second at a time: a gap may last hours."""
    for at in range(start, end, kind.rate):
        yield kind.silence(min(kind.rate, end - at))


def in_blocks(frames: Iterator[AudioFrame], kind: Kind, size: int) -> Iterator[np.ndarray]:
    """float32, (channels, `size`), full scale ±1; the last block may be shorter."""
    fifo = AudioFifo()
    for frame in frames:
        frame.pts = None
        try:
            fifo.write(frame)
        except ValueError:  # a broadcast changed its channels on the way
            fifo.write(kind.converted(frame))
        while fifo.samples >= size:
            yield _samples(fifo.read(size))
    if fifo.samples:
        yield _samples(fifo.read())


def _samples(frame: AudioFrame | None) -> np.ndarray:
    assert frame is not None
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = np.ascontiguousarray(samples.reshape(frame.samples, -1).T)
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - 128) / 128
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(np.float32) / 2 ** (8 * samples.itemsize - 1)
    return samples.astype(np.float32, copy=False)

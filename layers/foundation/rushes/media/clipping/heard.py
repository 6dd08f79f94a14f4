"""The sound of a span of a recording, aligned with its picture to the sample."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from rushes.media.clipping.seeking import beginning, frames_from
from rushes.media.opening import opened
from rushes.media.sound import Samples, silence
from rushes.media.timeline import SAMPLE_RATE

_RUN_UP = Fraction(1, 2)
"""Seconds that a decoder needs after a seek before it is exact; Opus asks for 80 ms, MP3 for a few frames."""

_LEAP = Fraction(1, 50)
"""Seconds between what a frame's time says and what the samples before it count up to: more is a gap."""


def heard(path: Path, start: Fraction, length: int) -> Samples:
    """`length` samples from `start` seconds after the recording's start; silence where it has no sound.

    The first audio stream, whatever its rate and channels, mixed down to stereo.
    """
    result = silence(length)
    with opened(path) as container:
        if container.streams.audio:
            begin = beginning(container) + start
            for when, samples in _runs(container, begin, begin + Fraction(length, SAMPLE_RATE)):
                _lay(samples, result, round((when - begin) * SAMPLE_RATE))
    return result


class _Run:
    """Frames that follow one another without a gap, in one format."""

    def __init__(self, when: Fraction, frame: AudioFrame) -> None:
        self._when, self._format, self._count = when, _format(frame), 0
        self._resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
        self._pieces: list[np.ndarray] = []

    def continues_with(self, when: Fraction, frame: AudioFrame) -> bool:
        expected = self._when + Fraction(self._count, frame.sample_rate)
        return self._format == _format(frame) and abs(when - expected) <= _LEAP

    def add(self, frame: AudioFrame | None) -> None:
        self._count += frame.samples if frame else 0
        self._pieces += [piece.to_ndarray() for piece in self._resampler.resample(frame)]

    def finished(self) -> tuple[Fraction, Samples]:
        self.add(None)
        return self._when, np.concatenate(self._pieces, axis=1)


def _runs(container: InputContainer, begin: Fraction, end: Fraction) -> Iterator[tuple[Fraction, Samples]]:
    run = None
    for when, frame in frames_from(container, container.streams.audio[0], begin - _RUN_UP):
        if when >= end:
            break
        assert isinstance(frame, AudioFrame)
        if run and not run.continues_with(when, frame):
            yield run.finished()
            run = None
        run = run or _Run(when, frame)
        run.add(frame)
    if run:
        yield run.finished()


def _lay(samples: Samples, result: Samples, at: int) -> None:
    """Where the samples belong: `at` may be negative."""
    skipped = max(0, -at)
    kept = samples[:, skipped : skipped + max(0, result.shape[1] - at - skipped)]
    result[:, at + skipped : at + skipped + kept.shape[1]] = kept


def _format(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate

"""A lecture's sound in pieces that a transcriber takes: mono, 16 kHz, 16 bit FLAC, cut where nobody speaks.

Each piece is made on its own, in its own function: both neighbours of a boundary find it in the same minute of sound.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from math import ceil, gcd
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from rushes.media.listening.levels import levels, silence_in
from rushes.media.listening.pieces import AROUND
from rushes.media.listening.silence import quiet_spans
from rushes.media.listening.track import Track, track

RATE = 16_000

_PAUSE = Fraction(1, 10)
"""Seconds. Within words there are stops almost as long."""

_LONG_PAUSE = 2
"""Seconds. The longer a pause the better, up to this; of equals the one nearest to the nominal boundary."""

_WORDLESS = 5
"""Windows (50 ms): where there is no pause, the boundary is in the softest stretch that long."""

_CONTEXT = Fraction(1, 20)
"""Seconds on either side that the resampler's filter sees, so that neighbours agree on every sample."""


def piece(path: Path, out: Path, number: int, pieces: int, duration: Fraction) -> Fraction:
    """Writes piece `number` (from 0) of `pieces` to `out`; answers when it begins, in exact seconds.

    The first piece begins with the lecture, the last ends with the sound, at most half a minute after the lecture.
    Raises Unplayable when there is no sound, or only damage.
    """
    sound = track(path)
    start = _boundary(sound, number, pieces, duration) if number else 0
    context = ceil(_CONTEXT * sound.rate / _grain(sound)) * _grain(sound)
    if number + 1 < pieces:
        end = _boundary(sound, number + 1, pieces, duration)
        blocks, length = sound.blocks(start - context, end + context), _converted(end - start, sound)
    else:
        most = ceil((duration + AROUND) * sound.rate)
        blocks, length = sound.blocks(start - context), _converted(most - start, sound)
    mono = _mono(blocks, sound)
    _write(_between(mono, _converted(context, sound), length), out)
    return Fraction(start, sound.rate)


def _boundary(sound: Track, number: int, pieces: int, duration: Fraction) -> int:
    """The sample at which piece `number` begins: in a pause, or where the sound is softest."""
    nominal = duration * number / pieces
    around = min(Fraction(AROUND), duration / pieces / 4)
    first = int((nominal - around) * sound.rate)
    measured = levels(sound.blocks(first, int((nominal + around) * sound.rate)), sound.rate)
    limit = silence_in(measured.smoothed())
    pauses = quiet_spans(measured, limit.threshold, _PAUSE)
    if pauses:
        _, _, middle = max(
            (min(end - start, _LONG_PAUSE), -abs((start + end) / 2 - around), (start + end) / 2)
            for start, end in pauses
        )
    else:
        softest = np.convolve(measured.power, np.ones(_WORDLESS), "valid").argmin()
        middle = (int(softest) + Fraction(_WORDLESS, 2)) * measured.step
    return int((first + middle * sound.rate) / _grain(sound)) * _grain(sound)


def _grain(sound: Track) -> int:
    """So many samples are a whole number of samples at 16 kHz."""
    return sound.rate // gcd(sound.rate, RATE)


def _converted(samples: int, sound: Track) -> int:
    """How many samples at 16 kHz they are."""
    return samples * RATE // sound.rate


def _mono(blocks: Iterator[np.ndarray], sound: Track) -> Iterator[np.ndarray]:
    """int16, (n,), 16 kHz."""
    resampler = AudioResampler("s16", "mono", RATE)
    for block in blocks:
        frame = AudioFrame.from_ndarray(block, "fltp", sound.kind.layout)
        frame.sample_rate = sound.rate
        for part in resampler.resample(frame):
            yield part.to_ndarray()[0]
    for part in resampler.resample(None):
        yield part.to_ndarray()[0]


def _between(parts: Iterator[np.ndarray], skipped: int, length: int) -> Iterator[np.ndarray]:
    """At most `length` samples after the first `skipped`."""
    for part in parts:
        wanted = part[skipped : skipped + length]
        skipped = max(0, skipped - len(part))
        length -= len(wanted)
        if wanted.size:
            yield wanted


def _write(parts: Iterator[np.ndarray], out: Path) -> None:
    """A sound that ended before the piece begins is a second of silence: transcribers refuse empty files."""
    first = next(parts, np.zeros(RATE, np.int16))
    with av.open(out, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        written = 0
        for part in chain([first], parts):
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(part[None]), "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, written, Fraction(1, RATE)
            written += len(part)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

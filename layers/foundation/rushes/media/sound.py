"""Sound as samples: float32, shape (2, n), 48 kHz stereo; decoded from anything, encoded as mp3 or wav."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from rushes.errors import Unplayable
from rushes.media.opening import opened
from rushes.media.timeline import SAMPLE_RATE

Samples = np.ndarray
"""float32, shape (2, n): left and right, full scale ±1, 48,000 a second."""

BIT_RATE = 192_000

_FADE = SAMPLE_RATE // 100
"""Samples (10 ms)."""

_CODECS = {".mp3": "libmp3lame", ".wav": "pcm_s16le"}
_QUICK = {"compression_level": "7"}  # LAME's quality 7 of 0 to 9: half the time, no difference at 192 kbit/s


def silence(samples: int) -> Samples:
    return np.zeros((2, samples), np.float32)


def decode(path: Path) -> Samples:
    """All of the file's first audio stream, encoder padding removed. Raises Unplayable when there is none."""
    with opened(path) as container:
        if not container.streams.audio:
            raise Unplayable(f"“{path.name}” has no sound.")
        return _decoded(container, container.streams.audio[0])


def decode_if_any(path: Path) -> Samples | None:
    """Like `decode`; None for a silent film."""
    with opened(path) as container:
        return _decoded(container, container.streams.audio[0]) if container.streams.audio else None


def encode(samples: Samples, path: Path, metadata: Mapping[str, str] | None = None) -> None:
    """Writes an mp3 (192 kbit/s) or a wav (16 bit), by the suffix; `decode` gives back as many samples."""
    with av.open(path, "w", format=path.suffix[1:]) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(_CODECS[path.suffix], rate=SAMPLE_RATE, layout="stereo", options=_QUICK)
        assert isinstance(stream, AudioStream)
        stream.bit_rate = BIT_RATE
        for packet in encoded([samples], stream):
            container.mux(packet)


def encoded(blocks: Iterable[Samples], stream: AudioStream) -> Iterator[Packet]:
    """The packets of one sound, given in blocks, from the encoder of an output stream."""
    context = stream.codec_context
    resampler = AudioResampler(context.format, "stereo", SAMPLE_RATE, context.frame_size or None)
    for frame in chain(_frames(blocks), [None]):
        for piece in resampler.resample(frame):
            yield from stream.encode(piece)
    yield from stream.encode(None)


def faded(samples: Samples) -> Samples:
    """Fading in and out within 10 ms, so that a cut does not click."""
    ramp = np.linspace(0, 1, min(_FADE, samples.shape[1]), dtype=np.float32)
    result = samples.copy()
    result[:, : len(ramp)] *= ramp
    result[:, samples.shape[1] - len(ramp) :] *= ramp[::-1]
    return result


def exactly(samples: Samples, length: int) -> Samples:
    """Cut, or followed by silence, to `length` samples."""
    missing = length - samples.shape[1]
    return np.pad(samples, ((0, 0), (0, missing))) if missing > 0 else samples[:, :length]


def _frames(blocks: Iterable[Samples]) -> Iterator[AudioFrame]:
    passed = 0
    for samples in blocks:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, passed, Fraction(1, SAMPLE_RATE)
        passed += samples.shape[1]
        yield frame


def _decoded(container: InputContainer, stream: AudioStream) -> Samples:
    resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
    pieces: list[np.ndarray] = []
    late = 0
    for frame in container.decode(stream):
        if not pieces:
            late = _late(container, frame)
        pieces += [piece.to_ndarray() for piece in resampler.resample(frame)]
    if not pieces:
        raise Unplayable(f"“{Path(container.name).name}” has no sound that can be decoded.")
    pieces += [piece.to_ndarray() for piece in resampler.resample(None)]
    samples = np.concatenate([silence(late), *pieces], axis=1)
    if stream.duration and stream.time_base:
        stated = late + round(stream.duration * stream.time_base * SAMPLE_RATE)
        samples = samples[:, :stated]
    return samples


def _late(container: InputContainer, frame: AudioFrame) -> int:
    """Samples of silence before a sound that begins after its file's first picture."""
    if frame.pts is None or frame.time_base is None or container.start_time is None:
        return 0
    begins = frame.pts * frame.time_base - Fraction(container.start_time, av.time_base)
    return max(0, round(begins * SAMPLE_RATE))

"""Small recordings of somebody who speaks at known times, for tests: made on the spot."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame

from tests.unit.media.material import picture

Spans = Sequence[tuple[float, float]]
"""Seconds, from and to."""

CODECS = {
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".mp4": "aac",
    ".mov": "pcm_s16be",
    ".mkv": "aac",
    ".webm": "libopus",
    ".ogg": "libopus",
    ".ts": "aac",
    ".aac": "aac",
}


def speech(spans: Spans, seconds: float, *, rate: int = 16_000, level: float = -18.0) -> np.ndarray:
    """float32, (n,): a buzzing voice in syllables while the spans last, `level` dBFS (RMS) as it speaks."""
    time = np.arange(round(seconds * rate)) / rate
    pitch = 2 * np.pi * 125 * time
    buzz = sum(np.sin(partial * pitch) / partial for partial in range(1, 12))
    voice = buzz * (0.3 + 0.7 * np.abs(np.sin(2 * np.pi * 2.1 * time)))
    voice *= 10 ** (level / 20) / np.sqrt(np.mean(np.square(voice)))
    speaking = np.zeros(len(time))
    for start, end in spans:
        speaking[round(start * rate) : round(end * rate)] = 1
    return (voice * speaking).astype(np.float32)


def noise(seconds: float, *, rate: int = 16_000, level: float) -> np.ndarray:
    """float32, (n,): a room's noise at `level` dBFS (RMS)."""
    chance = np.random.default_rng(1)
    return (chance.standard_normal(round(seconds * rate)) * 10 ** (level / 20)).astype(np.float32)


def recorded(
    path: Path,
    samples: np.ndarray,
    *,
    rate: int = 16_000,
    layout: str = "mono",
    codec: str | None = None,
    frames: int = 0,
    late: Fraction = Fraction(0),
    options: dict[str, str] | None = None,
) -> Path:
    """A file with this sound, (n,) or (channels, n), beginning `late` seconds into a picture of `frames` frames."""
    rows = np.atleast_2d(samples)
    with av.open(path, "w") as container:
        video: Any = container.add_stream(_picture_codec(path), rate=25) if frames else None
        if video:
            video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        sound: Any = container.add_stream(
            codec or CODECS[path.suffix], rate=rate, layout=layout, options=options or {}
        )
        for number in range(frames):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture(number, 64, 36), "rgb24")))
        if video:
            container.mux(video.encode(None))
        for at in range(0, rows.shape[1], rate):
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(rows[:, at : at + rate]), "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, round(late * rate) + at, Fraction(1, rate)
            container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    return path


def _picture_codec(path: Path) -> str:
    return "libvpx" if path.suffix == ".webm" else "mpeg4" if path.suffix == ".avi" else "libx264"

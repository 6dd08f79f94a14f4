"""Recordings of all kinds, for tests: every frame carries its number as bars, black for 0 and white for 1."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from rushes.media.sound import Samples
from rushes.media.timeline import SAMPLE_RATE

SIZE = (64, 48)
BITS = 8
X264 = {"preset": "ultrafast", "g": "12", "x264-params": "scenecut=0"}
B_FRAMES = {**X264, "bf": "3", "x264-params": "scenecut=0:b-adapt=0:b-pyramid=normal"}
OPEN_GOP = {**B_FRAMES, "x264-params": "scenecut=0:b-adapt=0:open-gop=1"}


def bars(number: int, width: int, height: int) -> np.ndarray:
    lit = np.arange(width) * BITS // width
    row = np.where(number >> lit & 1, 235, 16).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(row[None, :, None], (height, width, 3)))


def number_on(picture: np.ndarray) -> int:
    """Read back from RGB of any size."""
    middle = picture[picture.shape[0] // 2, :, 0]
    places = (2 * np.arange(BITS) + 1) * len(middle) // (2 * BITS)
    return int(sum(1 << bit for bit, place in enumerate(places) if middle[place] > 128))


def numbers(path: Path) -> list[int]:
    return [number_on(picture) for picture in decoded(path)]


def decoded(path: Path) -> list[np.ndarray]:
    """Every frame as RGB."""
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def record(
    path: Path,
    times: Iterable[Fraction | int],
    *,
    size: tuple[int, int] = SIZE,
    codec: str = "libx264",
    options: dict[str, str] = X264,
    pix_fmt: str = "yuv420p",
    rate: Fraction | int = 25,
    ticks: int = 90_000,
    pictures: Sequence[np.ndarray] = (),
    sound: Samples | None = None,
    sound_at: Fraction | int = 0,
    sound_rate: int = SAMPLE_RATE,
    sound_codec: str = "aac",
    layout: str = "stereo",
) -> Path:
    """Frame k, with its number or `pictures[k]`, appears at `times[k]` seconds; the sound begins at `sound_at`."""
    with av.open(path, "w") as container:
        video: Any = container.add_stream(codec, rate=rate, options=options)
        video.width, video.height, video.pix_fmt = *size, pix_fmt
        video.codec_context.time_base = Fraction(1, ticks)
        if sound is not None:
            audio: Any = container.add_stream(sound_codec, rate=sound_rate, layout=layout)
            for frame in _frames(sound, sound_at, audio):
                container.mux(audio.encode(frame))
        for number, time in enumerate(times):
            shown = pictures[number] if len(pictures) else bars(number, *size)
            frame = av.VideoFrame.from_ndarray(shown, "rgb24")
            frame.pts, frame.time_base = round(time * ticks), Fraction(1, ticks)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return path


def _frames(sound: Samples, begin: Fraction | int, stream: Any) -> list[av.AudioFrame | None]:
    """As the stream's encoder takes them, and None at the end."""
    layout, rate = stream.layout.name, stream.rate
    whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound, np.float32), "fltp", layout)
    whole.sample_rate, whole.time_base, whole.pts = rate, Fraction(1, rate), round(begin * rate)
    resampler = av.AudioResampler(stream.format, layout, rate, stream.codec_context.frame_size or None)
    return [*resampler.resample(whole), *resampler.resample(None), None]


def constant(frames: int, rate: Fraction | int) -> list[Fraction]:
    """The frames' times."""
    return [number / Fraction(rate) for number in range(frames)]


def spec(
    frames: int, *, start: int = 0, rate: str = "25", size: tuple[int, int] = SIZE, **changes: Any
) -> dict:
    """A clip that shows the whole picture."""
    whole = [0, 0, *size]
    return {
        "rate": rate,
        "start": start,
        "frames": frames,
        "width": size[0],
        "height": size[1],
        "background": "#101418",
        "shots": [{"frames": frames, "panes": [{"from": whole, "to": whole, "fit": "cover"}]}],
        "captions": [],
        "emphasis": True,
        "loudness": -14,
        "title": "Sorting",
        "topic": "Quicksort",
        **changes,
    }

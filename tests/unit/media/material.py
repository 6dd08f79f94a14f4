"""Small films and sounds for tests, made on the spot. A frame's number can be read from its brightness."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from rushes.media.encoding import PictureWriter
from rushes.media.sound import Samples, encode
from rushes.media.timeline import SAMPLE_RATE

SIZE = (64, 36)


def grey(number: int) -> int:
    """The brightness of frame `number`; 50 frames can be told apart."""
    return 20 + 4 * (number % 50)


def picture(number: int, width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), grey(number), np.uint8)


def film(path: Path, frames: int, size: tuple[int, int] = SIZE, first: int = 0, **metadata: str) -> Path:
    """A film by our own encoder, its frames numbered from `first`."""
    with PictureWriter(path, *size, metadata=metadata) as writer:
        for number in range(first, first + frames):
            writer.write(picture(number, *size))
    return path


def foreign_film(
    path: Path,
    frames: int,
    *,
    fps: int = 24,
    size: tuple[int, int] = SIZE,
    codec: str = "libx264",
    b_frames: int = 0,
    tone: bool = False,
) -> Path:
    """A film by somebody else's encoder, with sound if `tone`."""
    options = {"preset": "ultrafast", "g": "12", "bf": str(b_frames), "x264-params": "b-adapt=0"}
    with av.open(path, "w") as container:
        video = container.add_stream(
            codec, rate=fps, options=options if codec == "libx264" else {"lossless": "1"}
        )
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        audio = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo") if tone else None
        for number in range(frames):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture(number, *size), "rgb24")))
        container.mux(video.encode(None))
        if audio:
            frame = av.AudioFrame.from_ndarray(sine(Fraction(frames, fps)), "fltp", "stereo")
            frame.sample_rate, frame.pts = SAMPLE_RATE, 0
            container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
    return path


def brightnesses(path: Path) -> list[int]:
    """The numbers that `grey` gave, read back from every decoded frame, to the nearest."""
    with av.open(path) as container:
        means = [frame.to_ndarray(format="rgb24").mean() for frame in container.decode(video=0)]
    return [round((mean - 20) / 4) for mean in means]


def sine(seconds: Fraction | int, hertz: float = 440.0, peak: float = 0.3) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.stack([peak * np.sin(2 * np.pi * hertz * time)] * 2).astype(np.float32)


def drum_loop(seconds: int, seed: int = 1) -> Samples:
    """Noise in sharp bursts over a bass: quiet on average, with high peaks."""
    chance = np.random.default_rng(seed)
    time = np.arange(seconds * SAMPLE_RATE) / SAMPLE_RATE
    hits = chance.standard_normal((2, len(time))) * np.exp(-(time % 0.5) * 40) * 0.5
    return (hits + 0.1 * np.sin(2 * np.pi * 80 * time)).astype(np.float32)


def sound_file(path: Path, samples: Samples) -> Path:
    encode(samples, path)
    return path


def packets(path: Path) -> list[bytes]:
    """The picture's packets as they are stored."""
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def index_before_data(path: Path) -> bool:
    data = path.read_bytes()
    return data.index(b"moov") < data.index(b"mdat")


def turned_by_a_quarter(path: Path) -> Path:
    """As phones do: a clockwise quarter turn in the track header's matrix (ISO 14496-12, 8.3.2)."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 4 + 40
    rows = [0, 1 << 16, 0, -(1 << 16) & 0xFFFFFFFF, 0, 0, 0, 0, 1 << 30]
    data[matrix : matrix + 36] = b"".join(row.to_bytes(4, "big") for row in rows)
    path.write_bytes(data)
    return path


def pillarboxed(path: Path, bar: int) -> Path:
    """The same film with black bars of `bar` pixels left and right."""
    out = path.with_stem(f"{path.stem}_barred")
    with av.open(path) as film, av.open(out, "w") as container:
        source = film.streams.video[0]
        stream = container.add_stream("libx264", rate=source.average_rate, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = source.width + 2 * bar, source.height, "yuv420p"
        for number, frame in enumerate(film.decode(source)):
            pixels = np.pad(frame.to_ndarray(format="rgb24"), ((0, 0), (bar, bar), (0, 0)))
            wider = av.VideoFrame.from_ndarray(pixels, "rgb24")
            wider.pts, wider.time_base = number, 1 / source.average_rate
            container.mux(stream.encode(wider))
        container.mux(stream.encode(None))
    return out

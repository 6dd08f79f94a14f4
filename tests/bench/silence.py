"""Finding the pauses of a lecture, against pydub and librosa doing the same from the same file in the same run."""

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame

from rushes.media.encoding import PictureWriter
from rushes.media.listening.silence import silences

_RATE = 48_000
_MINUTE = 60 * _RATE // 1024 * 1024
"""Samples: whole packets of AAC, so that a minute can be repeated."""

# Linux's own record of this process; getrusage also counts the one that started it.
_PEAK = "peak = int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1024"
_LISTEN = (
    "from rushes.media.listening.silence import silences; from pathlib import Path; silences(Path({!r}))"
)


def silence() -> dict[str, float | str]:
    """Seconds for two minutes of an mp4 (AAC, 48 kHz stereo): decoding included, imports and first calls not."""
    with tempfile.TemporaryDirectory() as folder, _ffmpeg_on_path(Path(folder)):
        lecture = _lecture(Path(folder, "lecture.mp4"), minutes=2)
        ours = _best(lambda: silences(lecture), tries=5)
        figures: dict[str, float | str] = {"Rushes": ours}
        for name, load in (("librosa", _librosa), ("pydub", _pydub)):
            try:
                find = load()
            except ImportError:
                figures[name] = "not installed: pip install 'rushes[bench]'"
                continue
            theirs = _best(lambda find=find: find(lecture), tries=1 if name == "pydub" else 3)
            figures |= {name: theirs, f"{name}: times slower": theirs / ours}
    return figures


def silence_of_hours() -> dict[str, float | str]:
    """Wall seconds and peak memory (MB) of a process that listens to 1 hour and to 3."""
    figures: dict[str, float | str] = {"a process that imports it, MB": _run("")[1]}
    with tempfile.TemporaryDirectory() as folder:
        for hours in (1, 3):
            lecture = _lecture(Path(folder, f"{hours}.mp4"), minutes=60 * hours)
            seconds, peak = _run(_LISTEN.format(str(lecture)))
            figures |= {f"{hours} h, s": seconds, f"{hours} h, MB": peak}
            lecture.unlink()
    return figures


def _run(work: str) -> tuple[float, float]:
    began = time.perf_counter()
    script = f"import rushes.media.listening.silence\n{work}\n{_PEAK}\nprint(peak)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, float(done.stdout)


def _librosa() -> Callable[[Path], object]:
    import librosa

    def find(path: Path) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it will no longer read films
            samples, _ = librosa.load(path)
        return librosa.effects.split(samples, top_db=35)

    librosa.effects.split(np.zeros(22_050, np.float32))  # compiles itself
    return find


def _pydub() -> Callable[[Path], object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
        from pydub.silence import detect_silence

    def find(path: Path) -> object:
        sound = AudioSegment.from_file(path, "mp4", codec="aac")
        return detect_silence(sound, min_silence_len=500, silence_thresh=-35)

    return find


def _best(work: Callable[[], object], tries: int) -> float:
    """Seconds; the others measure the machine's other work."""
    times = []
    for _ in range(tries):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


@contextmanager
def _ffmpeg_on_path(folder: Path) -> Iterator[None]:
    """Both read films by a program of that name; the one that moviepy brings will do."""
    before = os.environ["PATH"]
    try:
        from imageio_ffmpeg import get_ffmpeg_exe
    except ImportError:
        yield
        return
    (folder / "ffmpeg").symlink_to(get_ffmpeg_exe())
    os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _lecture(path: Path, minutes: int) -> Path:
    """A picture a second, and a minute of sound that is repeated without encoding it again."""
    sound, still = _encoded_minute(path.with_name("minute.m4a")), path.with_name("still.mp4")
    with PictureWriter(still, 64, 36) as writer:
        writer.write(np.zeros((36, 64, 3), np.uint8))
    with av.open(path, "w") as out, av.open(still) as film, av.open(sound) as song:
        tracks: list[tuple[Any, list[bytes], Fraction]] = [
            (out.add_stream_from_template(stream), [bytes(p) for p in source.demux(stream) if p.size], every)
            for source, stream, every in (
                (film, film.streams.video[0], Fraction(1)),
                (song, song.streams.audio[0], Fraction(1024, _RATE)),
            )
        ]
        for second in range(60 * minutes):
            for stream, packets, every in tracks:
                for number in range(ceil(second / every), ceil((second + 1) / every)):
                    packet = av.Packet(packets[number % len(packets)])
                    packet.stream, packet.time_base, packet.is_keyframe = stream, every, True
                    packet.pts, packet.dts, packet.duration = number, number, 1
                    out.mux(packet)
    return path


def _encoded_minute(path: Path) -> Path:
    """Somebody talks, in syllables, with a pause of a second after every four."""
    time = np.arange(_MINUTE) / _RATE
    buzz = sum(np.sin(partial * 2 * np.pi * 125 * time) / partial for partial in range(1, 12))
    voice = 0.15 * buzz * np.abs(np.sin(2 * np.pi * 2.1 * time)) * (time % 5 < 4)
    room = np.random.default_rng(1).standard_normal((2, _MINUTE)) * 0.001
    with av.open(path, "w") as container:
        stream: Any = container.add_stream("aac", rate=_RATE, layout="stereo")
        frame = AudioFrame.from_ndarray((voice + room).astype(np.float32), "fltp", "stereo")
        frame.sample_rate = _RATE
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path

"""Our clips and their reel against MoviePy's, from one lecture, in one run: cropped into two panes, captioned."""

import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from av.packet import Packet
from PIL import Image, ImageDraw, ImageFont

from rushes.media.clipping.clip import clip
from rushes.media.clipping.lettering import drawn
from rushes.media.clipping.reel import reel
from rushes.media.clipping.spec import Page, read
from rushes.media.encoding import PictureWriter
from rushes.media.muxing import every_packet, write_mp4

RATE = 25
SIZE = (1280, 720)
SECONDS = (20, 22, 25, 28, 30)
"""Of the clips; they begin two minutes apart."""
PANES = (((0, 0, 960, 720), (0, 0, 960, 720)), ((960, 180, 320, 360), (960, 0, 320, 360)))
"""From where in the lecture, to where in the clip: the screen as it is, the speaker beside it at the top."""
SENTENCE = ["What", "is", "said", "in", "a", "lecture", "can", "be", "read", "as", "well"]


def clips(seconds: tuple[int, ...] = SECONDS) -> dict[str, float | str]:
    """Seconds to make five clips and their reel out of a lecture of ten minutes."""
    with tempfile.TemporaryDirectory() as folder:
        lecture = _lecture(Path(folder, "lecture.mp4"))
        specs = [_spec(number, length) for number, length in enumerate(seconds)]
        began = time.perf_counter()
        _ours(lecture, specs, Path(folder))
        ours = time.perf_counter() - began
        if not find_spec("moviepy"):
            return {"ours": ours, "MoviePy": "not installed"}
        began = time.perf_counter()
        _moviepy(lecture, specs, Path(folder))
        theirs = time.perf_counter() - began
    return {"ours": ours, "MoviePy, x264 veryfast on two threads": theirs, "times faster": theirs / ours}


def _ours(lecture: Path, specs: list[dict[str, Any]], folder: Path) -> None:
    made = [folder / f"ours_{number}.mp4" for number in range(len(specs))]
    for spec, out in zip(specs, made, strict=True):
        clip(lecture, out, spec)
    options = {"rate": Fraction(RATE), "crossfade_frames": RATE // 2, "width": SIZE[0], "height": SIZE[1]}
    reel(made, folder / "ours.mp4", **options, title="Reel")


def _moviepy(lecture: Path, specs: list[dict[str, Any]], folder: Path) -> None:
    """In the usual way. Captions are pictures of the same lettering, for its own need a program outside Python."""
    from moviepy import editor

    Image.ANTIALIAS = Image.Resampling.LANCZOS  # what MoviePy calls it
    quick = {"fps": RATE, "preset": "veryfast", "threads": 2, "audio_codec": "aac", "logger": None}
    made = [folder / f"theirs_{number}.mp4" for number in range(len(specs))]
    with editor.VideoFileClip(str(lecture)) as whole:
        for spec, out in zip(specs, made, strict=True):
            part = whole.subclip(spec["start"] / RATE, (spec["start"] + spec["frames"]) / RATE)
            panes = [
                part.crop(x1=x, y1=y, width=w, height=h).resize((across, down)).set_position((left, top))
                for (x, y, w, h), (left, top, across, down) in PANES
            ]
            captions = [_moviepy_caption(editor, page) for page in read(spec).captions]
            composed = editor.CompositeVideoClip([*panes, *captions], size=SIZE)
            composed.set_audio(part.audio).set_duration(part.duration).write_videofile(str(out), **quick)
    parts = [editor.VideoFileClip(str(out)) for out in made]
    faded = [part.crossfadein(0.5).audio_fadein(0.5).audio_fadeout(0.5) for part in parts]
    editor.concatenate_videoclips(faded, padding=-0.5, method="compose").write_videofile(
        str(folder / "theirs.mp4"), **quick
    )
    for part in parts:
        part.close()


def _moviepy_caption(editor: Any, page: Page) -> Any:
    picture = drawn(page, None, *SIZE)
    left, top, right, bottom = picture.getbbox() or (0, 0, 1, 1)
    shown = editor.ImageClip(np.asarray(picture.crop((left, top, right, bottom))))
    timed = shown.set_start(page.start / RATE).set_duration((page.end - page.start) / RATE)
    return timed.set_position((left, top))


def _spec(number: int, seconds: int) -> dict[str, Any]:
    frames, length = seconds * RATE, 3 * RATE
    panes = [{"from": source, "to": target, "fit": "cover"} for source, target in PANES]
    words = [{"text": text, "start": 0, "end": 0} for text in SENTENCE]
    return {
        "rate": str(RATE),
        "start": number * 110 * RATE + 130,
        "frames": frames,
        "width": SIZE[0],
        "height": SIZE[1],
        "background": "#000000",
        "shots": [{"frames": frames, "panes": panes}],
        "captions": [
            {"start": start, "end": min(start + length, frames), "lines": [words[:6], words[6:]]}
            for start in range(0, frames, length)
        ],
        "emphasis": False,
        "loudness": -14,
        "title": f"Clip {number}",
        "topic": "",
    }


def _lecture(path: Path) -> Path:
    """Ten minutes of slides and a speaker who moves: the same half minute twenty times."""
    half_minute = path.with_name("half_minute.mp4")
    frames = 30 * RATE
    chance = np.random.default_rng(3)
    noise = Image.fromarray(chance.integers(0, 255, (60, 50, 3), np.uint8)).resize((500, 600))
    speaker = np.asarray(noise)
    with PictureWriter(half_minute, *SIZE) as writer:
        for number in range(frames):
            if number % (10 * RATE) == 0:
                slide = _slide(number // (10 * RATE))
            x, y = (int(80 + 79 * np.sin(number / pace)) for pace in (9, 13))
            slide[180:540, 960:] = speaker[y : y + 360, x : x + 320]
            writer.write(slide)
    second = (chance.standard_normal((2, 48_000)) * 0.05).astype(np.float32)
    write_mp4(path, half_minute, _again(half_minute, frames, 20), repeat(second, 600))
    return path


def _slide(number: int) -> np.ndarray:
    image = Image.new("RGB", SIZE, "#f6f4ee")
    draw = ImageDraw.Draw(image)
    for line in range(9):
        text = f"{number + 1}.{line} A point that the lecture makes"
        draw.text((60, 60 + 70 * line), text, fill="#223344", font=ImageFont.load_default(36))
    return np.array(image)


def _again(film: Path, frames: int, times: int) -> Iterator[Packet]:
    for time_around in range(times):
        for number, packet in enumerate(every_packet(film)):
            packet.time_base = Fraction(1, RATE)
            packet.pts = packet.dts = time_around * frames + number
            packet.duration = 1
            yield packet

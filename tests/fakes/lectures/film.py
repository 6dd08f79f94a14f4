"""A lecture, filmed: slides, speaker and pointer composed frame by frame and encoded, with what is true of it."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from tests.fakes.lectures.canvases import canvas
from tests.fakes.lectures.geometry import LAYOUTS, Arrangement, Box, apart, arrangement, round_inset
from tests.fakes.lectures.grain import Grain
from tests.fakes.lectures.screens import Screen
from tests.fakes.lectures.speakers import Speaker

KINDS = (*LAYOUTS, "changing", "embedded_video", "round_inset", "inset_and_video", "apart")
_PLAIN = {"embedded_video": "screen_only", "inset_and_video": "picture_in_picture"}
"""Kinds of one layout whose screen plays a video."""
_ARRANGED = {"round_inset": round_inset, "apart": apart}
"""Kinds that stand in a place of their own."""


@dataclass
class Take:
    """One stretch of a lecture in one arrangement, from `start` to `end` seconds."""

    start: float
    end: float
    arrangement: Arrangement
    screen: Screen | None
    speaker: Speaker | None
    canvas: Image.Image
    mask: Image.Image | None = field(default=None)


def lecture(
    folder: Path,
    seed: int,
    kind: str,
    *,
    seconds: float = 20,
    size: tuple[int, int] = (640, 360),
    fps: int = 12,
    crf: int | None = None,
) -> tuple[Path, dict[str, Any]]:
    """A lecture of one of KINDS as an mp4 file, and its truth: the `layout` document a perfect eye would write.

    The same arguments give the same picture. `slides` are the times at which the screen changes (the middle
    of a cross-dissolve), bullets that appear one by one included.
    """
    chance = np.random.default_rng([seed, KINDS.index(kind)])
    takes = _takes(chance, kind, seconds, size)
    path = folder / f"{kind}_{seed}.mp4"
    noise = float(chance.choice([0, 0, 0, 1.5, 3]))
    quality = crf or int(chance.integers(18, 33))
    _write(path, takes, chance, noise, seconds, size, fps, quality)
    return path, _truth(takes, size)


def _takes(chance: Generator, kind: str, seconds: float, size: tuple[int, int]) -> list[Take]:
    if kind == "changing":
        count = int(chance.integers(2, 4))
        cuts = [
            0.0,
            *(round(seconds * (n + chance.uniform(-0.15, 0.15)) / count, 2) for n in range(1, count)),
            seconds,
        ]
        layouts = [str(name) for name in chance.permutation(LAYOUTS)[:count]]
    else:
        cuts, layouts = [0.0, seconds], [_PLAIN.get(kind, kind)]
    return [
        _take(chance, layout, start, end, size, video=kind in _PLAIN)
        for layout, (start, end) in zip(layouts, pairwise(cuts), strict=True)
    ]


def _take(
    chance: Generator, layout: str, start: float, end: float, size: tuple[int, int], *, video: bool
) -> Take:
    arranged = _ARRANGED.get(layout)
    place = arranged(chance, size) if arranged else arrangement(chance, layout, size)
    screen = Screen(chance, place.screen[2:], start, end, video=video) if place.screen else None
    speaker = None
    if place.camera:
        far = layout == "camera_only" and chance.random() < 0.5
        speaker = Speaker(chance, place.camera[2:], far=bool(far), still=bool(chance.random() < 0.2))
    take = Take(start, end, place, screen, speaker, canvas(chance, place, size))
    if place.camera and place.radius:
        take.mask = Image.new("L", place.camera[2:], 0)
        ImageDraw.Draw(take.mask).rounded_rectangle(
            (0, 0, place.camera[2] - 1, place.camera[3] - 1), place.radius, 255
        )
    return take


def _compose(take: Take, seconds: float) -> Image.Image:
    place = take.arrangement
    picture = take.canvas.copy()
    if take.screen and place.screen:
        picture.paste(Image.fromarray(take.screen.picture(seconds)), place.screen[:2])
    if take.speaker and place.camera:
        x, y, width, height = place.camera
        if place.border:
            frame = (
                x - place.border,
                y - place.border,
                x + width + place.border - 1,
                y + height + place.border - 1,
            )
            ImageDraw.Draw(picture).rectangle(frame, fill=place.canvas)
        picture.paste(Image.fromarray(take.speaker.picture(seconds)), (x, y), take.mask)
    return picture


def _write(
    path: Path,
    takes: list[Take],
    chance: Generator,
    noise: float,
    seconds: float,
    size: tuple[int, int],
    fps: int,
    crf: int,
) -> None:
    grain = Grain(chance, noise, size)
    with av.open(path, "w") as container:
        options = {"preset": "veryfast", "crf": str(crf), "threads": "1"}
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(round(seconds * fps)):
            now = number / fps
            take = next(take for take in reversed(takes) if take.start <= now)
            pixels = np.asarray(_compose(take, now))
            if noise:
                pixels = np.clip(pixels + grain.picture(), 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _truth(takes: list[Take], size: tuple[int, int]) -> dict[str, Any]:
    segments = [
        {
            "start": take.start,
            "end": take.end,
            "layout": take.arrangement.layout,
            "screen": _listed(take.arrangement.screen),
            "camera": _listed(take.arrangement.camera),
            "confidence": 1.0,
        }
        for take in takes
    ]
    slides = [time for take in takes if take.screen for time in take.screen.changes]
    return {"width": size[0], "height": size[1], "segments": segments, "slides": slides}


def _listed(box: Box | None) -> list[int] | None:
    return list(box) if box else None

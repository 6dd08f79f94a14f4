"""An artist without art: plain colours and one tone, in real files, at the pace of the catalog times QUICK_PACE."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from rushes.providers.port import Finished, Job
from rushes.providers.sketch.artist import Sketch

TALK = ("tide", "bread", "honey")


class Quick:
    name = "quick"

    def submit(self, job: Job) -> Finished:
        time.sleep(float(os.environ.get("QUICK_PACE", "0")) * _seconds(job.recipe.model))
        if job.model.role == "transcript":
            return Finished(_heard(job), made_by="a quick fake")
        make = {"image": _image, "video": _film, "audio": _tone}.get(job.recipe.media)
        return Finished(make(job), made_by="a quick fake") if make else Sketch().submit(job)


def _seconds(model: str) -> float:
    from rushes.services import services

    return services().catalog.get(model).seconds


def _heard(job: Job) -> Path:
    """In each burst of sound, a sentence of one word a quarter of a second."""
    from rushes.media.listening.silence import silences

    speech = job.path("speech")
    assert speech
    found = silences(speech)
    edges = [
        0,
        *(time for pause in found["silences"] for time in (pause["start"], pause["end"])),
        found["duration"],
    ]
    words = []
    for number, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        count = int((end - start) * 4)
        said = [*(f"{TALK[(number // 4) % len(TALK)]}{i % 5}" for i in range(count - 1)), "so."][
            -max(1, count) :
        ]
        words += [
            {"text": word, "start": start + i / 4, "end": start + (i + 1) / 4 - 0.01, "confidence": 0.9}
            for i, word in enumerate(said)
            if count
        ]
    path = job.folder / "words.json"
    content = {"language": "en", "heard": True, "model": "quick", "segments": [], "words": words}
    path.write_text(json.dumps(content))
    return path


def _image(job: Job) -> Path:
    given = job.recipe.parameters
    path = job.folder / "image.png"
    colour = tuple(job.recipe.seed >> shift & 255 for shift in (0, 8, 16))
    Image.new("RGB", (given["width"], given["height"]), colour).save(path, compress_level=1)
    return path


def _film(job: Job) -> Path:
    """A grey film; made once for each size and length, and copied."""
    given = job.recipe.parameters
    size, frames = (given["width"], given["height"]), given["seconds"] * 24

    def encode_grey(path: Path) -> None:
        from rushes.media.encoding import PictureWriter

        grey = np.full((size[1], size[0], 3), 96, np.uint8)
        with PictureWriter(path, *size) as writer:
            for _ in range(frames):
                writer.write(grey)

    return _kept(job, f"grey-{size[0]}x{size[1]}-{frames}.mp4", encode_grey)


def _tone(job: Job) -> Path:
    length = int(Fraction(job.recipe.parameters["seconds"]) * 48_000)

    def encode_tone(path: Path) -> None:
        from rushes.media.sound import encode

        tone = 0.2 * np.sin(np.arange(length) * (2 * np.pi * 220 / 48_000), dtype=np.float32)
        encode(np.stack([tone, tone]).astype(np.float32), path)

    return _kept(job, f"tone-{length}.mp3", encode_tone)


def _kept(job: Job, name: str, make: Callable[[Path], None]) -> Path:
    kept = Path(tempfile.gettempdir(), "rushes-quick", name)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        fresh = job.folder / name
        make(fresh)
        shutil.copy(fresh, kept.with_suffix(f".{os.getpid()}"))
        kept.with_suffix(f".{os.getpid()}").replace(kept)
    return Path(shutil.copy(kept, job.folder / f"made{kept.suffix}"))

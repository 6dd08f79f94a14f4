"""An artist, and a cutting room, whose files say what they are made from: equal recipes give equal bytes, others not.

The pictures are tiny and the films one second of grey; what tells them apart stands where players do not look.
"""

import hashlib
import shutil
import struct
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rushes.productions.recipe import Recipe
from rushes.providers.port import Finished, Job
from rushes.providers.sketch.artist import Sketch

SIZE = (64, 36)


class Marked:
    """`before` is called first with each recipe: to fail, or to count. `made` is without what was only imagined: a text
    that another model stands in for, so that the phases after it can be estimated."""

    name = "marked"

    def __init__(self) -> None:
        self.made: list[Recipe] = []
        self.before: Callable[[Recipe], None] = lambda recipe: None

    def submit(self, job: Job) -> Finished:
        if job.model.id == job.recipe.model:
            self.before(job.recipe)
            self.made.append(job.recipe)
        if job.recipe.media == "text":
            return Sketch().submit(job)
        make = {"image": _picture, "video": _film, "audio": _sound}[job.recipe.media]
        path = job.folder / make.__name__.strip("_")
        return Finished(make(path, _mark(job)), made_by="a marked fake")


def _mark(job: Job) -> bytes:
    digest = hashlib.sha256(job.recipe.model_dump_json(exclude={"ingredients"}).encode())
    for source in job.sources:
        digest.update(source.role.encode() + source.path().read_bytes())
    return digest.hexdigest().encode()


def _picture(path: Path, mark: bytes) -> Path:
    path = path.with_suffix(".png")
    note = PngInfo()
    note.add_text("mark", mark.decode())
    Image.new("RGB", SIZE, tuple(mark[:3])).save(path, pnginfo=note)
    return path


def _film(path: Path, mark: bytes) -> Path:
    """The mark is a box nobody reads, after the film's own."""
    path = Path(shutil.copy(_grey(), path.with_suffix(".mp4")))
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 8 + len(mark), b"free") + mark)
    return path


def _sound(path: Path, mark: bytes) -> Path:
    """A whole second whose loudness is the mark's."""
    import wave

    path = path.with_suffix(".wav")
    samples = np.frombuffer(mark * 750, dtype=np.uint8).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(samples.tobytes())
    return path


@cache
def _grey() -> Path:
    from rushes.media.encoding import PictureWriter

    path = Path(tempfile.mkdtemp(prefix="rushes-grey-")) / "grey.mp4"
    grey = np.full((SIZE[1], SIZE[0], 3), 96, np.uint8)
    with PictureWriter(path, *SIZE) as writer:
        for _ in range(24):
            writer.write(grey)
    return path

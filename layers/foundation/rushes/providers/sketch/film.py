"""The film maker: a picture and a prompt become moving pictures.

If the picture is a sketch of ours, its scene is drawn again and the camera moves through it; any other picture is
moved over.
"""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from rushes.errors import BadRequest, Unplayable
from rushes.providers.sketch.camera import FPS, Camera, opening, path
from rushes.providers.sketch.composition import compose
from rushes.providers.sketch.painter import SIZES
from rushes.providers.sketch.photograph import cover, photograph
from rushes.providers.sketch.provenance import KEY, Provenance
from rushes.providers.sketch.reading import read
from rushes.providers.sketch.reel import Reel
from rushes.providers.sketch.scene import Scene

SAME_PICTURE_DB = 31.0
"""Peak signal-to-noise ratio from which a redrawn frame counts as the given one: encoding costs less than that."""
SECONDS = range(1, 61)


def film(
    prompt: str, first_frame: Path | bytes, seconds: int, width: int, height: int, seed: int, out: Path
) -> None:
    """Write a silent H.264 mp4 of exactly `seconds` × 24 frames that starts with `first_frame`.

    The prompt moves the camera. A sketch brings its own scene and seed; `seed` only labels a film of another picture.
    The container's `comment` tells how the last frame was seen, so that a film made from it goes on smoothly. Raises
    BadRequest for an impossible size or length, Unplayable if the first frame is no image.
    """
    if width not in SIZES or height not in SIZES or width % 2 or height % 2:
        raise BadRequest("a film's sides are even numbers of pixels, 32 to 4096", width=width, height=height)
    if seconds not in SECONDS:
        raise BadRequest("a sketch film lasts 1 to 60 seconds", seconds=seconds)
    given, note = _open(first_frame)
    pixels = cover(given, width, height)
    movement = read(prompt).movement
    scene, start = _scene(note, pixels, movement, seed)
    states = path(start.camera, movement, seconds * FPS)
    ending = replace(start, camera=states[-1], time=start.time + (len(states) - 1) / FPS)
    with Reel(out, width, height, ending.text()) as reel:
        for number, camera in enumerate(states):
            exact = number in (0, len(states) - 1)  # where this film meets others
            reel.add(scene.look(camera, start.time + number / FPS, exact))


def _open(first_frame: Path | bytes) -> tuple[Image.Image, Provenance | None]:
    try:
        image = Image.open(io.BytesIO(first_frame) if isinstance(first_frame, bytes) else first_frame)
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise Unplayable("the first frame is not an image that can be read") from error
    note = image.info.get(KEY)
    return image, Provenance.of(note) if isinstance(note, str) else None


def _scene(
    note: Provenance | None, pixels: Image.Image, movement: str, seed: int
) -> tuple[Scene, Provenance]:
    """The scene to film, and how it stands at the first frame."""
    width, height = pixels.size
    if note and note.prompt and (note.width, note.height) == (width, height):
        scene = compose(note.prompt, width, height, note.seed)
        if _alike(scene.look(note.camera, note.time), pixels):
            return scene, note
    speed = note.camera if note and not note.prompt else opening(movement)
    rest = Camera(vx=speed.vx, vy=speed.vy, vz=abs(speed.vz), vpan=speed.vpan, vtilt=speed.vtilt)
    return photograph(pixels), Provenance("", seed, width, height, rest, note.time if note else 0.0)


def _alike(a: Image.Image, b: Image.Image) -> bool:
    error = np.asarray(a, np.float32) - np.asarray(b, np.float32)
    return 10 * np.log10(255**2 / max(1e-9, float(np.mean(error**2)))) >= SAME_PICTURE_DB

"""Small real files, as a provider makes them: one colour, one tone. Made once for each size and length."""

import colorsys
import io
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

SIZES = {"16:9": (256, 144), "9:16": (144, 256), "1:1": (192, 192)}


def nearest_ratio(width: int, height: int) -> str:
    return min(SIZES, key=lambda ratio: abs(SIZES[ratio][0] / SIZES[ratio][1] - width / height))


def image(ratio: str, hue: float, form: str = "png") -> bytes:
    """Of a colour (0 to 1) that tells one picture from another."""
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue, 0.6, 0.8))
    file = io.BytesIO()
    Image.new("RGB", SIZES[ratio], (red, green, blue)).save(file, form)
    return file.getvalue()


@cache
def film(ratio: str, seconds: int) -> bytes:
    """A silent grey mp4 at 24 fps."""
    from rushes.media.encoding import PictureWriter

    width, height = SIZES[ratio]
    grey = np.full((height, width, 3), 96, np.uint8)
    with TemporaryDirectory() as folder:
        path = Path(folder, "film.mp4")
        with PictureWriter(path, width, height) as writer:
            for _ in range(24 * seconds):
                writer.write(grey)
        return path.read_bytes()


@cache
def tone(seconds: Fraction) -> bytes:
    """An mp3 of A below middle C."""
    from rushes.media.sound import encode

    wave = 0.2 * np.sin(np.arange(int(seconds * 48_000)) * (2 * np.pi * 220 / 48_000))
    with TemporaryDirectory() as folder:
        path = Path(folder, "tone.mp3")
        encode(np.stack([wave, wave]).astype(np.float32), path)
        return path.read_bytes()

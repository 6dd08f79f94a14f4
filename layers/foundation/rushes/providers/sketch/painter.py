"""The painter: a prompt becomes a picture."""

import io

from PIL.PngImagePlugin import PngInfo

from rushes.errors import BadRequest
from rushes.providers.sketch.camera import opening
from rushes.providers.sketch.composition import compose
from rushes.providers.sketch.provenance import KEY, Provenance
from rushes.providers.sketch.reading import read

SIZES = range(32, 4097)
"""Pixels a side may have."""


def paint(prompt: str, width: int, height: int, seed: int) -> bytes:
    """A PNG of width × height pixels: the same arguments give the same bytes.

    Its text chunk `comment` says how to draw it again. Raises BadRequest for a size outside `SIZES`.
    """
    if width not in SIZES or height not in SIZES:
        raise BadRequest(
            f"the sketch painter paints {SIZES.start} to {SIZES.stop - 1} pixels a side",
            width=width,
            height=height,
        )
    reading = read(prompt)
    camera = opening(reading.movement)
    image = compose(prompt, width, height, seed).look(camera, 0.0)
    note = PngInfo()
    note.add_itxt(KEY, Provenance(prompt, seed, width, height, camera, 0.0, reading.palette).text())
    png = io.BytesIO()
    image.save(png, "PNG", pnginfo=note, compress_level=1)
    return png.getvalue()

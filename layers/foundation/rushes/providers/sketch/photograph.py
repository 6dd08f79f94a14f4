"""Somebody else's picture as a scene: two planes of the same pixels, the middle nearer than the rest.

The first frame is the picture itself. There is nothing beyond its edges, so the camera only ever moves into it: a
movement to the side comes with just enough push, and a pull out becomes a push.
"""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from rushes.providers.sketch.camera import Camera
from rushes.providers.sketch.scene import Scene, View


def cover(image: Image.Image, width: int, height: int) -> Image.Image:
    """The picture scaled and cropped about its middle to fill width × height."""
    image = image.convert("RGB")
    scale = max(width / image.width, height / image.height)
    wide, high = width / scale, height / scale
    left, top = (image.width - wide) / 2, (image.height - high) / 2
    if image.size == (width, height):
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, box=(left, top, left + wide, top + high))


def photograph(pixels: Image.Image) -> Scene:
    """A scene whose first look, with the camera at rest, is exactly these pixels."""
    width, height = pixels.size
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    near = np.clip(1.35 - np.hypot(x / 0.62, (y - 0.12) / 0.74), 0, 1)
    mask = Image.fromarray((near * near * (3 - 2 * near) * 255).astype(np.uint8))
    return Scene(width, height, [_Plane(pixels, 0.62), _Plane(pixels, 0.80, mask)])


@dataclass
class _Plane:
    """The picture at a depth, all of it or what a mask shows."""

    pixels: Image.Image
    depth: float
    mask: Image.Image | None = None
    _box: tuple[int, int, int, int] = field(default=(0, 0, 0, 0), repr=False)

    def __post_init__(self) -> None:
        self._box = (self.mask.getbbox() if self.mask else None) or (0, 0, *self.pixels.size)

    def draw(self, frame: Image.Image, view: View) -> None:
        scale, x, y = _window(view.camera, self.depth)
        width, height = self.pixels.size
        wide, high = width / scale, height / scale
        left, top = (width - wide) / 2 * (1 + x), (height - high) / 2 * (1 + y)
        box = self._box
        source = (left + box[0] / scale, top + box[1] / scale, left + box[2] / scale, top + box[3] / scale)
        size = (box[2] - box[0], box[3] - box[1])
        source = (
            max(0.0, source[0]),
            max(0.0, source[1]),
            min(float(width), source[2]),
            min(float(height), source[3]),
        )
        image = (
            self.pixels.crop(box)
            if scale == 1
            else self.pixels.resize(size, Image.Resampling.BILINEAR, box=source)
        )
        frame.paste(image, box[:2], self.mask.crop(box) if self.mask else None)


def _window(camera: Camera, depth: float) -> tuple[float, float, float]:
    """(scale, x, y): how far in, and where between the middle (0) and the edges (-1, 1) that leaves."""
    across, down = camera.x * depth + camera.pan, camera.y * depth + camera.tilt
    push = abs(camera.z) * depth + 1.7 * (abs(across) + abs(down)) * (0.6 + 0.4 * depth)
    if push <= 1e-9:
        return 1.0, 0.0, 0.0
    reach = push / (1 + push) / 2
    return 1 + push, max(-1.0, min(1.0, across / reach)), max(-1.0, min(1.0, down / reach))

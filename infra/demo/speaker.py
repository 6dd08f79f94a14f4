"""The speaker as a webcam sees them: head and shoulders that move, a mouth that follows the sound."""

import math

import numpy as np
from PIL import Image, ImageDraw

from rushes.media.planes import Planes, frame_from_rgb, planes_of

_WALL, _SHELF, _SKIN, _HAIR, _COAT, _LIPS = "#b7a78f", "#6d4c33", "#e0ac86", "#3b2a20", "#2f4a66", "#7c2f2b"
_BOOKS = ("#8c3b2e", "#2f5d50", "#c9a24b", "#3d4f7c", "#7b5b8e")
_GRAIN = 3.0
"""A camera's noise: standard deviation, of 255."""
_GRAINS = 11


class Webcam:
    """Pictures of one size in pixels, 12.5 a second: each is shown for two frames."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._room = self._empty_room()
        noise = np.random.default_rng(7).normal(0, _GRAIN, (_GRAINS, height, width))
        self._grain = noise.round().astype(np.int16)
        self._shown: tuple[int, Planes] | None = None

    def picture(self, frame: int, loudness: float) -> Planes:
        """`loudness`: 0 to 1, how far the mouth is open."""
        frame -= frame % 2
        if self._shown is None or self._shown[0] != frame:
            self._shown = (frame, self._taken(frame, loudness))
        return self._shown[1]

    def _taken(self, frame: int, loudness: float) -> Planes:
        image = self._room.copy()
        self._person(ImageDraw.Draw(image), frame, loudness)
        luma, u, v = planes_of(frame_from_rgb(np.asarray(image)))
        grainy = np.clip(luma + self._grain[frame // 2 % _GRAINS], 16, 235)
        return grainy.astype(np.uint8), u, v

    def _empty_room(self) -> Image.Image:
        width, height = self._size
        room = Image.new("RGB", self._size, _WALL)
        pen = ImageDraw.Draw(room)
        for shelf in (0.30, 0.62):
            x, number = 0.02 * width, round(shelf * 10)
            while x < 0.30 * width:
                thick, tall = width * (0.018 + number % 3 * 0.006), height * (0.16 + number % 4 * 0.02)
                base = shelf * height
                pen.rectangle((x, base - tall, x + thick, base), fill=_BOOKS[number % len(_BOOKS)])
                x, number = x + thick + 1, number + 1
            pen.rectangle((0, shelf * height, 0.32 * width, shelf * height + 5), fill=_SHELF)
        pen.rectangle(
            (0.78 * width, 0.1 * height, 0.95 * width, 0.42 * height), fill="#dfe9ee", outline=_SHELF
        )
        return room

    def _person(self, pen: ImageDraw.ImageDraw, frame: int, loudness: float) -> None:
        width, height = self._size
        unit = min(width, height * 4 / 3) / 100
        sway = math.sin(frame / 23) + 0.6 * math.sin(frame / 9.1)
        nod = math.sin(frame / 13.7) + 1.6 * loudness
        x, y = width / 2 + 1.6 * unit * sway, height - 38 * unit + 0.9 * unit * nod
        body = width / 2 + 0.7 * unit * sway
        _oval(pen, body, height + 6 * unit, 31 * unit, 27 * unit, _COAT)
        _oval(pen, (x + body) / 2, y + 17 * unit, 6 * unit, 9 * unit, _SKIN)
        _oval(pen, x, y - 4 * unit, 13.5 * unit, 15 * unit, _HAIR)
        _oval(pen, x, y, 11.5 * unit, 14 * unit, _SKIN)
        blinks = frame % 83 < 4
        for side in (-1, 1):
            eye = x + side * 4.4 * unit + 0.4 * unit * sway
            _oval(pen, eye, y - 3 * unit, 1.5 * unit, (0.3 if blinks else 1.2) * unit, _HAIR)
            _oval(pen, eye, y - 6.2 * unit, 2.4 * unit, 0.5 * unit, _HAIR)
        _oval(pen, x + 0.3 * unit * sway, y + 6.5 * unit, 3.2 * unit, (0.5 + 2.6 * loudness) * unit, _LIPS)
        hand = 0.5 + 0.5 * math.sin(frame / 17)
        if hand > 0.75:
            _oval(pen, body + 27 * unit, height - (hand - 0.6) * 40 * unit, 5 * unit, 6 * unit, _SKIN)


def _oval(pen: ImageDraw.ImageDraw, x: float, y: float, across: float, down: float, fill: str) -> None:
    pen.ellipse((x - across, y - down, x + across, y + down), fill=fill)

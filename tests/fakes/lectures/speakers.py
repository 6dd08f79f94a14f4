"""Drawn speakers: a head and shoulders that sway, breathe, talk and gesture before some background."""

import math

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from tests.fakes.lectures.grain import Grain
from tests.fakes.lectures.slides import texture

_SKIN = ((241, 200, 170), (224, 172, 130), (186, 128, 90), (120, 78, 54), (84, 54, 40))
_ODD = ((90, 140, 90), (140, 140, 150), (200, 190, 210))


class Speaker:
    """One person before one camera; `picture(seconds)` is what it sees, RGB of the given size.

    `far` is a speaker in a room, seen from a distance and standing at a lectern; `still` hardly moves.
    """

    def __init__(
        self, chance: Generator, size: tuple[int, int], *, far: bool = False, still: bool = False
    ) -> None:
        self._chance = chance
        self._size = size
        self._far = far
        self._pan = float(chance.choice([0, 0, 0.02])) if far else 0.0
        self._height = float(chance.uniform(0.5, 0.75) if far else chance.uniform(0.75, 1.05))
        self._x = float(chance.uniform(0.35, 0.65))
        self._sway = float(chance.uniform(0.004, 0.008) if still else chance.uniform(0.012, 0.05))
        self._phases = chance.uniform(0, 6.3, 8)
        self._rates = chance.uniform(0.5, 1.6, 4)
        self._gestures = not still and bool(chance.random() < 0.7)
        self._skin = _pick(chance, _SKIN if chance.random() < 0.85 else _ODD)
        self._clothes = tuple(int(v) for v in chance.integers(15, 235, 3))
        self._hair = tuple(int(v) for v in chance.integers(10, 110, 3))
        noise = float(chance.choice([0, 1, 2, 4]))
        self._grain = Grain(chance, noise, size) if noise else None
        self._flicker = float(chance.choice([0, 0, 0.01, 0.02]))
        self._room = self._background()

    def picture(self, seconds: float) -> np.ndarray:
        width, height = self._size
        spare = self._room.width - width
        left = round(spare / 2 * (1 + math.sin(seconds * 0.4))) if spare else 0
        view = self._room.crop((left, 0, left + width, height))
        self._person(ImageDraw.Draw(view), seconds, spare / 2 - left)
        pixels = np.asarray(view, np.float32) * (1 + self._flicker * math.sin(seconds * 9 + self._phases[7]))
        if self._grain:
            pixels = pixels + self._grain.picture()
        return np.clip(pixels, 0, 255).astype(np.uint8)

    def _person(self, draw: ImageDraw.ImageDraw, seconds: float, shift: float) -> None:
        width, height = self._size
        tall = self._height * height
        unit = tall / 2.6  # a head is about this high
        if self._far:
            unit *= 0.5
        sway = [
            math.sin(seconds * rate * 2 + phase)
            for rate, phase in zip(self._rates, self._phases, strict=False)
        ]
        x = self._x * width + shift + (sway[0] + 0.5 * sway[1]) * self._sway * width
        top = height - tall + sway[2] * self._sway * 0.4 * height
        breath = 1 + 0.012 * math.sin(seconds * 1.7 + self._phases[5])
        shoulders = top + 1.25 * unit / breath
        body = (x - 1.05 * unit, shoulders, x + 1.05 * unit, height + 1.5 * unit)
        draw.rounded_rectangle(body, radius=0.6 * unit, fill=self._clothes)
        draw.rectangle(
            (x - 0.2 * unit, top + 0.8 * unit, x + 0.2 * unit, shoulders + 0.1 * unit), fill=self._skin
        )
        lean = sway[3] * self._sway * 0.5 * width
        draw.ellipse(
            (x + lean - 0.42 * unit, top - 0.08 * unit, x + lean + 0.42 * unit, top + unit), fill=self._hair
        )
        draw.ellipse(
            (x + lean - 0.36 * unit, top + 0.08 * unit, x + lean + 0.36 * unit, top + unit), fill=self._skin
        )
        self._face(draw, x + lean, top, unit, seconds)
        if self._far:
            self._lectern(draw, x)
        if self._gestures and math.sin(seconds * 0.7 + self._phases[6]) > 0:
            self._hands(draw, x, shoulders, unit, seconds)

    def _face(self, draw: ImageDraw.ImageDraw, x: float, top: float, unit: float, seconds: float) -> None:
        for side in (-0.15, 0.15):
            centre = x + side * unit
            draw.ellipse(
                (centre - 0.05 * unit, top + 0.4 * unit, centre + 0.05 * unit, top + 0.48 * unit),
                fill=(20, 20, 24),
            )
        mouth = 0.02 + 0.06 * abs(math.sin(seconds * 7 + self._phases[4])) * (math.sin(seconds * 0.9) > -0.6)
        draw.ellipse(
            (x - 0.12 * unit, top + (0.74 - mouth) * unit, x + 0.12 * unit, top + (0.74 + mouth) * unit),
            fill=(90, 30, 34),
        )

    def _hands(
        self, draw: ImageDraw.ImageDraw, x: float, shoulders: float, unit: float, seconds: float
    ) -> None:
        for side in (-1, 1):
            hx = x + side * (0.9 + 0.25 * math.sin(seconds * 3 + side)) * unit
            hy = shoulders + (0.7 + 0.3 * math.sin(seconds * 4 + side)) * unit
            draw.ellipse(
                (hx - 0.16 * unit, hy - 0.16 * unit, hx + 0.16 * unit, hy + 0.16 * unit), fill=self._skin
            )

    def _lectern(self, draw: ImageDraw.ImageDraw, x: float) -> None:
        width, height = self._size
        draw.rectangle((x - 0.12 * width, height * 0.82, x + 0.12 * width, height), fill=(92, 64, 40))

    def _background(self) -> Image.Image:
        chance, (width, height) = self._chance, self._size
        size = (round(width * (1 + 2 * self._pan)), height)
        kind = str(chance.choice(["plain", "textured", "blurred", "shelf", "gradient"]))
        wall = tuple(int(v) for v in chance.integers(30, 245) + chance.integers(-12, 13, 3))
        if kind == "textured":
            return texture(chance, size, 12)
        if kind == "blurred":
            return texture(chance, size, 8).filter(ImageFilter.GaussianBlur(width / 60 + 1))
        room = Image.new("RGB", size, wall)
        if kind == "gradient":
            ramp = np.linspace(0.75, 1.15, size[0])[None, :, None] * np.asarray(room, np.float32)
            room = Image.fromarray(np.clip(ramp, 0, 255).astype(np.uint8))
        if kind == "shelf" or self._far:
            self._furnish(ImageDraw.Draw(room), size)
        return room

    def _furnish(self, draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
        chance, (width, height) = self._chance, size
        for _ in range(int(chance.integers(2, 7))):
            left, top = chance.uniform(0, 0.8) * width, chance.uniform(0, 0.6) * height
            box = (
                left,
                top,
                left + chance.uniform(0.05, 0.3) * width,
                top + chance.uniform(0.08, 0.4) * height,
            )
            draw.rectangle(box, fill=tuple(int(v) for v in chance.integers(20, 240, 3)))


def _pick(chance: Generator, choices: tuple[tuple[int, int, int], ...]) -> tuple[int, int, int]:
    return choices[int(chance.integers(len(choices)))]

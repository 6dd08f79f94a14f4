"""Small moving things: glints, windows, stars, drops, flakes, steam, dust. All are functions of time alone."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image

from rushes.providers.sketch.colour import Colour
from rushes.providers.sketch.scene import View

LEVELS = 8
Flock = Callable[[float], Iterable[tuple[float, float, Image.Image]]]


@dataclass(frozen=True)
class Sprites:
    """A flock at one depth; each member says where it is (units) and how it looks at a time (seconds)."""

    depth: float
    flock: Flock

    def draw(self, frame: Image.Image, view: View) -> None:
        scale, x, y = view.project(self.depth)
        for across, down, image in self.flock(view.time):
            left, top = (
                round(x + across * scale - image.width / 2),
                round(y + down * scale - image.height / 2),
            )
            if -image.width < left < view.width and -image.height < top < view.height:
                frame.paste(image, (left, top), image)


def dot(wide: float, high: float, colour: Colour, strength: float = 1.0, hard: float = 1.0) -> Image.Image:
    """A soft spot, premultiplied: half axes in pixels; `hard` 1 falls off evenly, more has a flatter middle."""
    across, down = max(1, math.ceil(wide)), max(1, math.ceil(high))
    x = np.linspace(-1, 1, across * 2 + 1, dtype=np.float32)
    y = np.linspace(-1, 1, down * 2 + 1, dtype=np.float32)
    fall = np.clip((1 - np.sqrt(x[None] ** 2 + y[:, None] ** 2)) * hard, 0, 1) * strength
    pixels = np.empty((*fall.shape, 4), np.uint8)
    pixels[..., :3] = np.clip(fall[..., None] * np.array(colour, np.float32), 0, 255)
    pixels[..., 3] = fall * 255
    return Image.frombuffer("RGBa", (fall.shape[1], fall.shape[0]), pixels.tobytes(), "raw", "RGBa", 0, 1)


def levels(wide: float, high: float, colour: Colour, strength: float, hard: float = 1.0) -> list[Image.Image]:
    """The same spot from faint to full."""
    return [dot(wide, high, colour, strength * (step + 1) / LEVELS, hard) for step in range(LEVELS)]


def twinkling(
    rng: Generator,
    places: Iterable[tuple[float, float]],
    looks: list[list[Image.Image]],
    pace: float,
    share: float = 1.0,
) -> Flock:
    """Members that stay where they are and glow and fade; `pace` is turns a second, `share` how much of them fades."""
    members = [
        (
            x,
            y,
            looks[int(rng.integers(len(looks)))],
            float(rng.random()),
            pace * (0.6 + 0.8 * float(rng.random())),
        )
        for x, y in places
    ]

    def flock(time: float) -> Iterable[tuple[float, float, Image.Image]]:
        for x, y, look, phase, rate in members:
            glow = 1 - share * (0.5 + 0.5 * math.sin(2 * math.pi * (rate * time + phase)))
            step = int(glow * LEVELS)
            if step > 0:
                yield x, y, look[min(LEVELS - 1, step - 1)]

    return flock


def drifting(
    rng: Generator,
    count: int,
    box: tuple[float, float, float, float],
    looks: list[Image.Image],
    speed: tuple[float, float],
    wander: float = 0.0,
) -> Flock:
    """Members that cross `box` (left, top, right, bottom) at `speed` units a second, and come in again."""
    left, top, right, bottom = box
    members = [
        (float(a), float(b), float(c), looks[int(rng.integers(len(looks)))])
        for a, b, c in rng.random((count, 3))
    ]

    def flock(time: float) -> Iterable[tuple[float, float, Image.Image]]:
        for a, b, c, look in members:
            pace = 0.7 + 0.6 * c
            x = left + (a * (right - left) + speed[0] * pace * time) % (right - left)
            y = top + (b * (bottom - top) + speed[1] * pace * time) % (bottom - top)
            swing = wander * math.sin(time * (0.5 + c) + c * 40)
            yield x + swing, y + swing * 0.4, look

    return flock


def rising(
    rng: Generator, x: float, y: float, wide: float, high: float, look: list[Image.Image], count: int = 18
) -> Flock:
    """Steam: puffs that rise `high` units from (x, y), sway and thin out."""
    members = [(float(a), float(b), float(c)) for a, b, c in rng.random((count, 3))]

    def flock(time: float) -> Iterable[tuple[float, float, Image.Image]]:
        for at, (a, b, c) in enumerate(members):
            age = (at / count + time * (0.11 + 0.03 * b)) % 1
            sway = math.sin(age * 5 + c * 6 + time * 0.4) * wide * (0.25 + 0.9 * age)
            strength = math.sin(math.pi * min(1.0, age * 1.15)) ** 1.2 if age < 0.87 else 0.0
            step = int(strength * LEVELS)
            if step > 0:
                yield x + (a - 0.5) * wide + sway, y - age * high, look[min(LEVELS - 1, step - 1)]

    return flock


def splashing(
    rng: Generator, x: float, y: float, wide: float, high: float, looks: list[Image.Image], count: int = 46
) -> Flock:
    """Drops thrown up from (x, y), held in the air as in a slow-motion shot: each sinks and starts again."""
    members = [
        (float(a), float(b), float(c), looks[int(rng.integers(len(looks)))])
        for a, b, c in rng.random((count, 3))
    ]

    def flock(time: float) -> Iterable[tuple[float, float, Image.Image]]:
        for a, b, c, look in members:
            age = (b + time * (0.10 + 0.05 * c)) % 1
            side = (a - 0.5) * 2
            yield (
                x + side * wide * (0.35 + 0.65 * age),
                y - high * (0.3 + c) * 4 * age * (1 - age) * (1 - 0.45 * abs(side)),
                look,
            )

    return flock

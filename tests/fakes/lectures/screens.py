"""What a shared screen shows over time: slides that change, a pointer, sometimes a playing video."""

import math

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from tests.fakes.lectures.slides import STYLES, slide, texture, theme

_POINTER = [(0, 0), (0, 16), (4, 12), (7, 18), (9, 17), (6, 11), (11, 11)]


class Screen:
    """The screen between `start` and `end`; `changes` are the times at which what stands on it changes."""

    def __init__(
        self, chance: Generator, size: tuple[int, int], start: float, end: float, *, video: bool = False
    ) -> None:
        self._size = size
        self._dissolve = float(chance.choice([0, 0, 0.5, 0.8]))
        self._pointer = bool(chance.random() < 0.5)
        self._stops = chance.uniform(0.05, 0.95, (64, 2))
        self._states = self._talk(chance, start, end)
        self.changes = [time for time, _ in self._states[1:]]
        self._video = self._player(chance, start, end) if video else None

    def picture(self, seconds: float) -> np.ndarray:
        pixels = self._shown(seconds)
        if self._video and self._video[0] <= seconds < self._video[1]:
            left, top, width, height = self._video[2]
            pixels = pixels.copy()
            pixels[top : top + height, left : left + width] = self._playing(seconds, width, height)
        if not self._pointer:
            return pixels
        image = Image.fromarray(pixels)
        x, y = self._pointed(seconds)
        outline = [(x + dx, y + dy) for dx, dy in _POINTER]
        ImageDraw.Draw(image).polygon(outline, fill=(255, 255, 255), outline=(0, 0, 0))
        return np.asarray(image)

    def _talk(self, chance: Generator, start: float, end: float) -> list[tuple[float, np.ndarray]]:
        look, time, states = theme(chance), start, []
        while time < end - 1.5 or not states:
            if chance.random() < 0.1:
                look = theme(chance)
            style = str(chance.choice(STYLES))
            parts = int(chance.integers(2, 4)) if style == "bullets" and chance.random() < 0.5 else 1
            for picture in slide(chance, style, look, self._size, parts):
                if time < end - 1.5 or not states:
                    states.append((round(time, 2), np.asarray(picture)))
                time += float(chance.uniform(2.5, 9))
        return states

    def _shown(self, seconds: float) -> np.ndarray:
        half = self._dissolve / 2
        current = max((n for n, (time, _) in enumerate(self._states) if time - half <= seconds), default=0)
        time, picture = self._states[current]
        if not half or current == 0 or seconds >= time + half:
            return picture
        share = (seconds - time + half) / self._dissolve
        return (self._states[current - 1][1] * (1 - share) + picture * share).astype(np.uint8)

    def _pointed(self, seconds: float) -> tuple[float, float]:
        """It rests, then goes to the next place within a second."""
        stop, within = divmod(seconds, 3)
        here, there = self._stops[int(stop) % 64], self._stops[(int(stop) + 1) % 64]
        x, y = here + (there - here) * min(1.0, max(0.0, within - 2))
        return float(x * self._size[0]), float(y * self._size[1])

    def _player(
        self, chance: Generator, start: float, end: float
    ) -> tuple[float, float, tuple[int, int, int, int]]:
        width, height = self._size
        wide, tall = round(chance.uniform(0.3, 0.6) * width), round(chance.uniform(0.3, 0.6) * height)
        left, top = (
            round(chance.uniform(0.15, 0.85) * (width - wide)),
            round(chance.uniform(0.3, 0.8) * (height - tall)),
        )
        self._scene = np.asarray(texture(chance, (wide * 2, tall * 2), 14))
        marks = sorted([start, *self.changes, end])
        longest = max(range(len(marks) - 1), key=lambda n: marks[n + 1] - marks[n])
        half = self._dissolve / 2
        return marks[longest] + half, marks[longest + 1] - half, (left, top, wide, tall)

    def _playing(self, seconds: float, width: int, height: int) -> np.ndarray:
        left = round(width / 2 * (1 + math.sin(seconds * 0.7)))
        top = round(height / 2 * (1 + math.sin(seconds * 0.5 + 1)))
        return self._scene[top : top + height, left : left + width]

"""The drawings on the slides, each on a sheet of 920×600 pixels."""

import math
from collections.abc import Callable, Mapping

from PIL.ImageDraw import ImageDraw

_SEA, _SKY, _SUN, _GREY, _DARK, _PALE = "#7fb7cf", "#dcebf2", "#f2b632", "#b9b6ae", "#3a3d42", "#efe9dc"


def _disc(
    pen: ImageDraw, x: float, y: float, radius: float, fill: str | None, line: str | None = None
) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=line, width=5)


def _tides(pen: ImageDraw, colour: str) -> None:
    pen.ellipse((60, 140, 520, 460), fill=_SEA)
    _disc(pen, 290, 300, 120, colour)
    _disc(pen, 800, 300, 62, _GREY)
    pen.line((540, 300, 700, 300), fill=_DARK, width=8)
    pen.polygon(((700, 276), (736, 300), (700, 324)), fill=_DARK)


def _moon(pen: ImageDraw, colour: str) -> None:
    _disc(pen, 120, 300, 110, _SUN)
    _disc(pen, 470, 300, 44, _GREY)
    pen.ellipse((600, 210, 880, 390), fill=_SEA)
    _disc(pen, 740, 300, 74, colour)
    for x in range(250, 900, 40):
        pen.line((x, 480, x + 20, 480), fill=_DARK, width=6)


def _bread(pen: ImageDraw, colour: str) -> None:
    pen.rounded_rectangle((110, 210, 810, 480), 130, fill=colour)
    pen.rounded_rectangle((110, 380, 810, 480), 60, fill="#8a4a14")
    for x in (270, 430, 590):
        pen.line((x, 260, x + 80, 360), fill=_PALE, width=22)
    for x in (330, 460, 590):
        pen.arc((x - 40, 60, x + 40, 180), 90, 270, fill=_GREY, width=10)


def _bubbles(pen: ImageDraw, colour: str) -> None:
    pen.rounded_rectangle((80, 60, 840, 540), 90, fill="#f0dfc0", outline=colour, width=10)
    for number in range(26):
        x, y = 140 + number * 0.7549 % 1 * 640, 120 + number * 0.5698 % 1 * 370
        _disc(pen, x, y, 18 + (number * 7) % 34, _PALE, colour)


def _bees(pen: ImageDraw, colour: str) -> None:
    for row in range(4):
        for column in range(6):
            x, y = 90 + column * 132 + row % 2 * 66, 100 + row * 116
            corners = [(x + 72 * math.sin(a), y + 72 * math.cos(a)) for a in _SIXTHS]
            pen.polygon(corners, fill="#f4d06f" if (row + column) % 3 else "#e8b93c", outline=_PALE, width=8)
    for x, y in ((300, 210), (560, 330), (700, 160)):
        _bee(pen, x, y, colour)


def _bee(pen: ImageDraw, x: int, y: int, colour: str) -> None:
    pen.ellipse((x - 20, y - 66, x + 40, y - 10), fill="#ffffff", outline=_GREY, width=4)
    pen.ellipse((x - 70, y - 36, x + 70, y + 36), fill=colour, outline=_DARK, width=5)
    for stripe in (-30, 0, 30):
        pen.line((x + stripe, y - 32, x + stripe, y + 32), fill=_DARK, width=14)


def _dance(pen: ImageDraw, colour: str) -> None:
    pen.arc((150, 120, 470, 480), 0, 360, fill=_GREY, width=10)
    pen.arc((450, 120, 770, 480), 0, 360, fill=_GREY, width=10)
    waves = [(460 + 16 * math.sin(y / 14), y) for y in range(120, 481, 6)]
    pen.line(waves, fill=colour, width=14)
    _bee(pen, 460, 240, colour)
    _disc(pen, 840, 90, 54, _SUN)


def _arch(pen: ImageDraw, colour: str) -> None:
    pen.rectangle((0, 0, 919, 599), fill=_SKY)
    pen.rectangle((0, 520, 919, 599), fill=_SEA)
    pen.rectangle((0, 170, 919, 520), fill=colour)
    for x in (60, 350, 640):
        pen.pieslice((x, 250, x + 230, 790), 180, 360, fill=_SKY)
        pen.rectangle((x, 520, x + 230, 599), fill=_SEA)
    pen.rectangle((0, 140, 919, 172), fill=_DARK)


def _keystone(pen: ImageDraw, colour: str) -> None:
    stones = 9
    for number in range(stones):
        middle = number == stones // 2
        begin, end = (math.pi * (1 + (number + edge) / stones) for edge in (0.03, 0.97))
        outer, inner = (440, 230) if middle else (410, 250)
        ring = [(outer, begin), (outer, end), (inner, end), (inner, begin)]
        corners = [(460 + radius * math.cos(a), 520 + radius * math.sin(a)) for radius, a in ring]
        pen.polygon(corners, fill=colour if middle else _GREY, outline=_DARK, width=5)


_SIXTHS = tuple(math.pi / 3 * corner for corner in range(6))

PICTURES: Mapping[str, Callable[[ImageDraw, str], None]] = {
    "tides": _tides,
    "moon": _moon,
    "bread": _bread,
    "bubbles": _bubbles,
    "bees": _bees,
    "dance": _dance,
    "arch": _arch,
    "keystone": _keystone,
}

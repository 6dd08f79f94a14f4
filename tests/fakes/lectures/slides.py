"""Drawn slides in many styles: what stands on a lecture's screen."""

import itertools
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter, ImageFont

STYLES = ("bullets", "title", "code", "diagram", "chart", "photo", "gradient", "table")

_WORDS = [
    "entropy",
    "gradient",
    "measure",
    "theory",
    "market",
    "signal",
    "matrix",
    "proof",
    "energy",
    "river",
    "cell",
    "history",
    "language",
    "model",
    "limit",
    "demand",
    "protein",
    "circuit",
    "orbit",
    "vector",
    "pressure",
    "reason",
    "memory",
    "growth",
    "law",
    "field",
    "wave",
    "index",
]
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
)


@dataclass(frozen=True)
class Theme:
    paper: tuple[int, int, int]
    ink: tuple[int, int, int]
    accent: tuple[int, int, int]
    header: float
    """Height of a coloured band behind the title, as a share of the slide; 0 for none."""


def theme(chance: Generator) -> Theme:
    if chance.random() < 0.4:
        grey = int(chance.integers(8, 48))
        paper = tuple(int(np.clip(grey + chance.integers(-6, 14), 0, 255)) for _ in range(3))
        ink = (225, 228, 232)
    else:
        grey = int(chance.integers(222, 256))
        paper = tuple(int(np.clip(grey + chance.integers(-10, 5), 0, 255)) for _ in range(3))
        ink = (28, 30, 36)
    accent = tuple(int(value) for value in chance.integers(30, 220, 3))
    return Theme(paper, ink, accent, float(chance.choice([0, 0, 0.03, 0.16])))  # type: ignore[arg-type]


def slide(
    chance: Generator, style: str, look: Theme, size: tuple[int, int], parts: int = 1
) -> list[Image.Image]:
    """RGB pictures of one slide; more than one when its bullets appear one after the other."""
    picture = Image.new("RGB", size, look.paper)
    if style in ("photo", "gradient"):
        picture = _photo(chance, size) if style == "photo" else _gradient(chance, size)
        if style == "gradient":
            _write(picture, chance, (0.1, 0.4), 0.11, (250, 250, 250), 3)
        return [picture]
    draw = ImageDraw.Draw(picture)
    if look.header and style != "code":
        draw.rectangle((0, 0, size[0], look.header * size[1]), fill=look.accent)
    if style == "title":
        _write(picture, chance, (0.12, 0.38), 0.12, look.ink, 3)
        _write(picture, chance, (0.12, 0.58), 0.06, look.accent, 4)
        return [picture]
    if style == "code":
        _code(picture, chance, look)
        return [picture]
    _write(picture, chance, (0.06, 0.04), 0.085, (250, 250, 250) if look.header > 0.1 else look.ink, 3)
    if style == "bullets":
        return _bullets(picture, chance, look, parts)
    {"diagram": _diagram, "chart": _chart, "table": _table}[style](picture, chance, look)
    return [picture]


def _bullets(picture: Image.Image, chance: Generator, look: Theme, parts: int) -> list[Image.Image]:
    lines = int(chance.integers(max(3, parts), 7))
    states = []
    for line in range(lines):
        x, y = 0.09, 0.24 + line * 0.115
        _write(picture, chance, (x, y), 0.06, look.ink, int(chance.integers(3, 7)), bullet=look.accent)
        if lines - line <= parts:
            states.append(picture.copy())
    return states


def _code(picture: Image.Image, chance: Generator, look: Theme) -> None:
    lines = int(chance.integers(8, 17))
    for line in range(lines):
        indent = 0.05 + 0.04 * int(chance.integers(0, 4))
        colour = look.accent if chance.random() < 0.3 else look.ink
        _write(
            picture,
            chance,
            (indent, 0.06 + line * 0.055),
            0.042,
            colour,
            int(chance.integers(1, 6)),
            mono=True,
        )


def _diagram(picture: Image.Image, chance: Generator, look: Theme) -> None:
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    centres = [
        (chance.uniform(0.12, 0.85), chance.uniform(0.3, 0.85)) for _ in range(int(chance.integers(3, 7)))
    ]
    for (ax, ay), (bx, by) in itertools.pairwise(centres):
        draw.line((ax * width, ay * height, bx * width, by * height), fill=look.ink, width=2)
    for x, y in centres:
        box = ((x - 0.08) * width, (y - 0.06) * height, (x + 0.08) * width, (y + 0.06) * height)
        shape = draw.rectangle if chance.random() < 0.6 else draw.ellipse
        shape(box, fill=look.accent if chance.random() < 0.5 else look.paper, outline=look.ink, width=2)


def _chart(picture: Image.Image, chance: Generator, look: Theme) -> None:
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    count = int(chance.integers(4, 10))
    for bar in range(count):
        left, top = 0.1 + 0.8 * bar / count, chance.uniform(0.28, 0.75)
        draw.rectangle(
            (left * width, top * height, (left + 0.5 / count) * width, 0.88 * height), fill=look.accent
        )
    draw.line((0.08 * width, 0.88 * height, 0.92 * width, 0.88 * height), fill=look.ink, width=2)


def _table(picture: Image.Image, chance: Generator, look: Theme) -> None:
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    rows, columns = int(chance.integers(3, 7)), int(chance.integers(2, 5))
    for row in range(rows + 1):
        y = (0.26 + 0.62 * row / rows) * height
        draw.line((0.08 * width, y, 0.92 * width, y), fill=look.ink, width=1)
    for column in range(columns + 1):
        x = (0.08 + 0.84 * column / columns) * width
        draw.line((x, 0.26 * height, x, 0.88 * height), fill=look.ink, width=1)
    for row in range(rows):
        for column in range(columns):
            place = (0.1 + 0.84 * column / columns, 0.28 + 0.62 * row / rows)
            _write(picture, chance, place, 0.045, look.ink, 1)


def _gradient(chance: Generator, size: tuple[int, int]) -> Image.Image:
    ends = chance.integers(20, 230, (2, 3)).astype(float)
    ramp = (
        np.linspace(0, 1, size[0])[None, :, None] * chance.random()
        + np.linspace(0, 1, size[1])[:, None, None]
    )
    ramp /= ramp.max()
    return Image.fromarray((ends[0] * (1 - ramp) + ends[1] * ramp).astype(np.uint8))


def _photo(chance: Generator, size: tuple[int, int]) -> Image.Image:
    return texture(chance, size, detail=float(chance.uniform(4, 40)))


def texture(chance: Generator, size: tuple[int, int], detail: float) -> Image.Image:
    """A picture like a photograph's: soft patches over a large range, with finer ones upon them."""
    total = np.zeros((size[1], size[0], 3))
    for scale, weight in ((3, 1.0), (detail / 2 + 3, 0.5), (detail * 2 + 3, 0.25)):
        cells = chance.random((int(scale * size[1] / size[0]) + 2, int(scale) + 2, 3)) * 255
        layer = Image.fromarray(cells.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
        total += weight * np.asarray(layer, float)
    base = chance.uniform(0.5, 1.1, 3)
    return Image.fromarray(np.clip(total / 1.75 * base, 0, 255).astype(np.uint8)).filter(ImageFilter.SHARPEN)


@cache
def _font(path: str, height: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, max(6, height))


def _write(
    picture: Image.Image,
    chance: Generator,
    place: tuple[float, float],
    height: float,
    colour: tuple[int, ...],
    words: int,
    *,
    bullet: tuple[int, ...] | None = None,
    mono: bool = False,
) -> None:
    text = " ".join(str(chance.choice(_WORDS)) for _ in range(words))
    x, y = place[0] * picture.width, place[1] * picture.height
    side = height * picture.height
    draw = ImageDraw.Draw(picture)
    if bullet:
        draw.ellipse((x - side * 0.7, y + side * 0.35, x - side * 0.3, y + side * 0.75), fill=bullet)
    draw.text((x, y), text, fill=colour, font=_font(_FONTS[2 if mono else 0], int(side * 0.8)))

"""Where screen and camera stand in a lecture's picture: random arrangements."""

from dataclasses import dataclass

from numpy.random import Generator

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""

LAYOUTS = ("screen_only", "camera_only", "side_by_side", "picture_in_picture")


@dataclass(frozen=True)
class Arrangement:
    layout: str
    screen: Box | None
    camera: Box | None
    canvas: tuple[int, int, int] = (0, 0, 0)
    radius: int = 0
    border: int = 0
    """Pixels of a frame drawn around the camera, outside it."""
    decorated: bool = False
    """Things of its own stand on the canvas."""


def arrangement(chance: Generator, layout: str, size: tuple[int, int]) -> Arrangement:
    width, height = size
    whole = (0, 0, width, height)
    if layout in ("screen_only", "camera_only"):
        box = whole if chance.random() < 0.75 else _barred(chance, size)
        return Arrangement(layout, *((box, None) if layout == "screen_only" else (None, box)))
    if layout == "side_by_side":
        return _side_by_side(chance, size)
    return _inset(chance, size)


def _barred(chance: Generator, size: tuple[int, int]) -> Box:
    """With black bars left and right, or above and below."""
    width, height = size
    bar = chance.uniform(0.06, 0.14)
    if chance.random() < 0.5:
        return _even(bar * width, 0, (1 - 2 * bar) * width, height)
    return _even(0, bar * height, width, (1 - 2 * bar) * height)


def _side_by_side(chance: Generator, size: tuple[int, int]) -> Arrangement:
    width, height = size
    share = chance.uniform(0.5, 0.78)
    gap, margin = (chance.uniform(0, 0.03), chance.uniform(0, 0.05)) if chance.random() < 0.6 else (0.0, 0.0)
    inner = width * (1 - 2 * margin - gap)
    widths = {"screen": inner * share, "camera": inner * (1 - share)}
    first = "screen" if chance.random() < 0.6 else "camera"
    left, boxes = margin * width, {}
    for pane in (first, "camera" if first == "screen" else "screen"):
        tall = height * (1 - 2 * margin)
        if chance.random() < 0.5:
            ratio = 9 / 16 if pane == "screen" else float(chance.choice([9 / 16, 3 / 4, 1.0]))
            tall = min(tall, widths[pane] * ratio)
        place = float(chance.choice([0, 0.5, 0.5, 1]))
        top = margin * height + place * (height * (1 - 2 * margin) - tall)
        boxes[pane] = _even(left, top, widths[pane], tall)
        left += widths[pane] + gap * width
    canvas = (0, 0, 0) if chance.random() < 0.5 else tuple(int(v) for v in chance.integers(0, 256, 3))
    return Arrangement("side_by_side", boxes["screen"], boxes["camera"], canvas)  # type: ignore[arg-type]


def _inset(chance: Generator, size: tuple[int, int]) -> Arrangement:
    width, height = size
    wide = chance.uniform(0.12, 0.35) * width
    tall = min(wide * float(chance.choice([9 / 16, 3 / 4, 3 / 4, 1.0])), 0.5 * height)
    margin = float(chance.choice([0, 0.015, 0.03, 0.05])) * width
    left = margin if chance.random() < 0.4 else width - margin - wide
    top = margin if chance.random() < 0.4 else height - margin - tall
    look = chance.random()
    radius = int(chance.uniform(0.05, 0.2) * tall) if look < 0.35 else 0
    border = int(chance.integers(1, 4)) if look > 0.7 and margin else 0
    screen = (0, 0, width, height)
    colour = (255, 255, 255) if chance.random() < 0.5 else (40, 40, 44)
    return Arrangement("picture_in_picture", screen, _even(left, top, wide, tall), colour, radius, border)


def round_inset(chance: Generator, size: tuple[int, int]) -> Arrangement:
    """A round camera at the left or right side, at any height."""
    width, height = size
    side, margin = chance.uniform(0.2, 0.36) * height, chance.uniform(0.01, 0.04) * width
    left = margin if chance.random() < 0.4 else width - margin - side
    camera = _even(left, chance.uniform(margin, height - margin - side), side, side)
    return Arrangement("picture_in_picture", (0, 0, width, height), camera, radius=camera[2] // 2)


def apart(chance: Generator, size: tuple[int, int]) -> Arrangement:
    """A small camera beside or on the level of a large screen, both on a decorated canvas."""
    width, height = size
    margin = chance.uniform(0.01, 0.03) * width
    wide = chance.uniform(0.6, 0.7) * width
    tall = wide * float(chance.choice([9 / 16, 10 / 16]))
    beside = width - wide - 3 * margin
    high = beside * float(chance.choice([9 / 16, 3 / 4]))
    top = (height - tall) / 2
    level = float(chance.choice([margin, top, (height - high) / 2]))
    if chance.random() < 0.5:
        screen, camera = _even(2 * margin + beside, top, wide, tall), _even(margin, level, beside, high)
    else:
        screen, camera = _even(margin, top, wide, tall), _even(2 * margin + wide, level, beside, high)
    colour = tuple(int(v) for v in chance.integers(0, 256, 3))
    return Arrangement("side_by_side", screen, camera, colour, decorated=True)  # type: ignore[arg-type]


def _even(left: float, top: float, width: float, height: float) -> Box:
    return round(left), round(top), round(width) // 2 * 2, round(height) // 2 * 2

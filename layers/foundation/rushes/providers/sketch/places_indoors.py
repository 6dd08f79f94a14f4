"""Rooms: a wall with windows to the sky, a floor, and what stands there."""

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, parse
from rushes.providers.sketch.outline import arc, box, ellipse, limb, points, polygon
from rushes.providers.sketch.places_built import WARM, greenery
from rushes.providers.sketch.places_open import motes
from rushes.providers.sketch.scene import Thing
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.stage import Stage
from rushes.providers.sketch.things_kept import chair
from rushes.providers.sketch.tones import under


def interior(stage: Stage) -> list[Thing]:
    """A living room in the light of a tall window."""
    window = 0.34 if stage.sun[0] > 0 else -0.34
    wall = under(stage.tones, mix(parse("#d9cbb8"), stage.tones.accent, 0.14))
    things = _wall(stage, wall, [(window - 0.26, -0.60, window + 0.26, 0.02)])
    sheet = stage.sheet(-stage.reach[1] - 0.3, stage.reach[1] + 0.3)
    pen, h, other = sheet.pen(), stage.horizon, -window
    for at, (x, y, w, tall) in enumerate(
        ((other - 0.10, h - 0.42, 0.19, 0.25), (other + 0.12, h - 0.36, 0.13, 0.17))
    ):
        pen.fill(box(x - w / 2 - 0.01, y - 0.01, x + w / 2 + 0.01, y + tall + 0.01), mix(wall, BLACK, 0.65))
        pen.fill(
            box(x - w / 2, y, x + w / 2, y + tall),
            mix(stage.tones.trim, WHITE, 0.3),
            mix(stage.tones.trim, BLACK, 0.15),
        )
        pen.fill(
            ellipse(x, y + tall * 0.45, w * 0.27), (stage.tones.accent, stage.tones.second)[at], opacity=0.9
        )
        pen.fill(
            box(x - w * 0.35, y + tall * 0.52, x + w * 0.35, y + tall * 0.74),
            mix(stage.tones.near, stage.tones.accent, 0.3),
            opacity=0.8,
        )
    _floor(stage, pen, under(stage.tones, parse("#a8744a")))
    chair(pen.at(other, h + 0.14, 0.46), stage.tones)
    things += stage.backdrop(sheet, 0.45)
    things += greenery(stage, window + (0.40 if window > 0 else -0.40), h + 0.15, 0.44, 0.5)
    return [*things, *_shaft(stage, window), motes(stage, 0.7)]


def office(stage: Stage) -> list[Thing]:
    """An office high above the city."""
    wall = under(stage.tones, mix(parse("#cfd6dc"), stage.tones.accent, 0.08))
    half = stage.reach[0] + 0.3
    panes = [
        (-half + at * half / 2.5 + 0.012, -0.85, -half + (at + 1) * half / 2.5 - 0.012, 0.0)
        for at in range(5)
    ]
    things = _wall(stage, wall, panes, skyline=True)
    sheet = stage.sheet(-stage.reach[1] - 0.3, stage.reach[1] + 0.3)
    pen, h = sheet.pen(), stage.horizon
    _floor(stage, pen, under(stage.tones, mix(parse("#8f969e"), stage.tones.accent, 0.08)))
    for x in (-0.55, 0.0, 0.55):
        across = x * max(0.7, stage.reach[0] / 0.8)
        _pendant(stage, pen, across, h - 0.42)
    for x, flip in ((-0.58, False), (0.60, True)):
        desk = pen.at(x * max(0.75, stage.reach[0] / 0.85), h + 0.13, 0.42, flip=flip)
        wood, metal = under(stage.tones, parse("#b98a5c")), under(stage.tones, parse("#3b414a"))
        desk.fill(box(-0.5, -0.37, 0.5, -0.33, 0.01), mix(wood, WHITE, 0.2), wood)
        for leg in (-0.44, 0.40):
            desk.fill(box(leg, -0.33, leg + 0.04, 0.0), metal)
        desk.fill(box(-0.28, -0.68, 0.16, -0.42, 0.02), metal)
        desk.fill(
            box(-0.26, -0.66, 0.14, -0.44, 0.01),
            mix(stage.tones.accent, WHITE, 0.3),
            mix(stage.tones.accent, BLACK, 0.35),
        )
        desk.fill(box(-0.08, -0.42, -0.04, -0.37), metal)
    things += stage.backdrop(sheet, 0.45)
    return [*things, *greenery(stage, 0.80 * stage.reach[0], h + 0.15, 0.40, 0.5)]


def kitchen(stage: Stage) -> list[Thing]:
    """A kitchen or a café: tiles, shelves, lamps over the counter."""
    window = 0.30 if stage.sun[0] > 0 else -0.30
    wall = under(stage.tones, mix(parse("#e4dccb"), stage.tones.accent, 0.12))
    things = _wall(stage, wall, [(window - 0.24, -0.52, window + 0.24, -0.04)])
    sheet = stage.sheet(-stage.reach[1] - 0.3, stage.reach[1] + 0.3)
    pen, h, side = sheet.pen(), stage.horizon, -sheet.left
    for row in range(5):
        for column in range(int(side * 2 / 0.09) + 1):
            x = -side + column * 0.09 + (row % 2) * 0.045
            if abs(x - window) > 0.30 or row > 3:
                pen.fill(
                    box(x, h - 0.22 + row * 0.045, x + 0.086, h - 0.179 + row * 0.045, 0.005),
                    mix(wall, WHITE, 0.30 - 0.1 * float(stage.rng.random())),
                    opacity=0.6,
                )
    _shelf(stage, pen, -window, h - 0.30)
    _shelf(stage, pen, -window, h - 0.52)
    wood = under(stage.tones, parse("#7d5436"))
    pen.fill(box(-side, h, side, h + 0.035), mix(wood, WHITE, 0.35), wood)
    pen.fill(
        box(-side, h + 0.035, side, stage.reach[1] + 0.3),
        mix(under(stage.tones, mix(parse("#52616b"), stage.tones.accent, 0.2)), BLACK, 0.15),
        mix(wood, BLACK, 0.6),
    )
    for at in range(int(side / 0.16) * 2):
        pen.line(polygon((-side + at * 0.16, h + 0.05), (-side + at * 0.16, h + 0.5)), 0.004, BLACK, 0.3)
    for x in (-0.45, 0.05, 0.55):
        _pendant(stage, pen, x * max(0.8, stage.reach[0] / 0.8), h - 0.46)
    things += stage.backdrop(sheet, 0.4)
    return [*things, *_shaft(stage, window)]


def _wall(
    stage: Stage, wall: Colour, openings: list[tuple[float, float, float, float]], skyline: bool = False
) -> list[Thing]:
    """A wall with holes (left, top, right, bottom; y from the horizon) through which the sky is seen."""
    things: list[Thing] = []
    tones, h = stage.tones, stage.horizon
    outside = stage.sheet(-stage.reach[1] - 0.3, h + 0.1, 0.6)
    pen, side = outside.pen(), -outside.left
    pen.fill(
        box(-side, -stage.reach[1] - 0.3, side, h + 0.1),
        tones.middle,
        mix(tones.horizon, WHITE, 0.25 * tones.bright),
    )
    pen.glow(stage.sun[0], h - 0.30, 0.6, tones.sun, 0.8)
    base = h - 0.02
    x = -side
    while x < side:
        wide, tall = (
            float(stage.rng.uniform(0.05, 0.11)),
            float(stage.rng.uniform(0.06, 0.34 if skyline else 0.16)),
        )
        tone = mix(mix(tones.far, tones.horizon, 0.45), tones.near, 0.25 * float(stage.rng.random()))
        pen.fill(box(x, base - tall, x + wide, h + 0.1), tone, mix(tone, tones.horizon, 0.3))
        if stage.dark:
            for _ in range(int(tall * 60)):
                a, b = x + wide * float(stage.rng.random()), base - tall * float(stage.rng.random())
                pen.fill(box(a, b, a + 0.006, b + 0.008), WARM, opacity=0.8)
        x += wide
    things += stage.backdrop(outside, 0.08)
    sheet = stage.sheet(-stage.reach[1] - 0.3, h + 0.14)
    pen = sheet.pen()
    pen.fill(
        box(-side, -stage.reach[1] - 0.3, side, h + 0.14),
        mix(wall, tones.top, 0.22),
        mix(wall, WHITE, 0.08),
        along=(stage.sun[0] or 1, 0.4),
    )
    frame = mix(mix(wall, WHITE, 0.5), tones.near, 0.1 if tones.bright > 0.5 else 0.5)
    hole = Pen(sheet, pen.matrix)
    for left, top, right, bottom in openings:
        pen.fill(
            box(left - 0.018, h + top - 0.018, right + 0.018, h + bottom + 0.018),
            frame,
            mix(frame, BLACK, 0.2),
        )
        _cut(hole, (left, h + top, right, h + bottom))
        pen.fill(box((left + right) / 2 - 0.006, h + top, (left + right) / 2 + 0.006, h + bottom), frame)
        if not skyline:
            pen.fill(box(left, h + (top + bottom) / 2 - 0.006, right, h + (top + bottom) / 2 + 0.006), frame)
        pen.fill(
            box(left - 0.03, h + bottom + 0.012, right + 0.03, h + bottom + 0.03),
            mix(frame, WHITE, 0.3),
            mix(frame, BLACK, 0.25),
        )
    return [*things, *stage.backdrop(sheet, 0.3)]


def _cut(pen: Pen, opening: tuple[float, float, float, float]) -> None:
    """Make a hole in the sheet."""
    sheet = pen.sheet
    left, top, right, bottom = (
        round((opening[0] - sheet.left) * sheet.density), round((opening[1] - sheet.top) * sheet.density),
        round((opening[2] - sheet.left) * sheet.density), round((opening[3] - sheet.top) * sheet.density),
    )  # fmt: skip
    sheet.image.paste(
        (0, 0, 0, 0),
        (max(0, left), max(0, top), min(sheet.image.width, right), min(sheet.image.height, bottom)),
    )


def _floor(stage: Stage, pen: Pen, wood: Colour) -> None:
    h, side, bottom = stage.horizon + 0.10, -pen.sheet.left, stage.reach[1] + 0.3
    pen.fill(box(-side, h, side, bottom), mix(wood, stage.tones.horizon, 0.15), mix(wood, BLACK, 0.4))
    for at in range(-12, 13):
        pen.line(polygon((at * 0.11, h), (at * 0.40, bottom)), 0.003, mix(wood, BLACK, 0.55), 0.5)
    pen.fill(box(-side, h - 0.022, side, h), mix(wood, WHITE, 0.55))
    pen.fade(box(-side, h, side, h + 0.05), BLACK, 0.25, 0.0)


def _pendant(stage: Stage, pen: Pen, x: float, y: float) -> None:
    dark = mix(mix(stage.tones.accent, BLACK, 0.35), stage.tones.near, 0.3)
    pen.line(polygon((x, -stage.reach[1] - 0.3), (x, y)), 0.004, mix(dark, BLACK, 0.4))
    pen.glow(x, y + 0.06, 0.24, WARM, 0.55 if stage.tones.bright > 0.6 else 0.9)
    pen.fill(ellipse(x, y + 0.058, 0.058, 0.014), mix(WARM, WHITE, 0.6))
    pen.fill(limb((x, y - 0.005), (x, y + 0.02), 0.010, 0.010), dark)
    pen.fill(
        arc(x, y + 0.058, 0.062, 0.058, 180, 360), mix(dark, WHITE, 0.2), mix(dark, BLACK, 0.25), volume=0.6
    )


def _shelf(stage: Stage, pen: Pen, x: float, y: float) -> None:
    wood = under(stage.tones, parse("#8a5f3c"))
    pen.fill(box(x - 0.26, y, x + 0.26, y + 0.018), mix(wood, WHITE, 0.3), wood)
    at = x - 0.235
    while at < x + 0.20:
        wide, tall = float(stage.rng.uniform(0.03, 0.06)), float(stage.rng.uniform(0.05, 0.11))
        tone = under(
            stage.tones,
            mix(
                (stage.tones.accent, stage.tones.second, stage.tones.trim, parse("#b9a184"))[
                    int(stage.rng.integers(4))
                ],
                parse("#b9a184"),
                0.35,
            ),
        )
        pen.fill(
            box(at, y - tall, at + wide, y, 0.010),
            mix(tone, WHITE, 0.2),
            mix(tone, BLACK, 0.3),
            along=(1, 0.2),
            volume=0.5,
        )
        at += wide + float(stage.rng.uniform(0.008, 0.03))


def _shaft(stage: Stage, window: float) -> list[Thing]:
    """The window's light across the room."""
    if stage.reading.time == "night":
        return []
    sheet = stage.sheet(-stage.reach[1] - 0.3, stage.reach[1] + 0.3, 0.5)
    lean = -0.75 if window > 0 else 0.75
    h = stage.horizon
    for x in (-0.13, 0.13):
        shaft = points(
            f"{window + x - 0.11},{h - 0.5} {window + x + 0.11},{h - 0.5} "
            f"{window + x + 0.15 + lean},{h + 0.6} {window + x - 0.15 + lean},{h + 0.6}"
        )
        sheet.pen().fade(shaft, mix(stage.tones.sun, stage.tones.horizon, 0.25), 0.26, 0.06, soft=0.02)
    return stage.backdrop(sheet, 0.55)

"""Places people made: streets, arenas, rooms and the studio."""

import math

import numpy as np

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, parse
from rushes.providers.sketch.outline import Outline, arc, box, ellipse, limb, points, polygon
from rushes.providers.sketch.places_open import range_of_hills
from rushes.providers.sketch.scene import Thing
from rushes.providers.sketch.sheet import Pen, Sheet
from rushes.providers.sketch.sprites import Sprites, levels, twinkling
from rushes.providers.sketch.stage import Stage, ridge
from rushes.providers.sketch.things_kept import plant
from rushes.providers.sketch.tones import under

WARM = parse("#ffd694")


def city(stage: Stage) -> list[Thing]:
    """Three rows of towers, lit windows, a street with lamps."""
    things = range_of_hills(stage, stage.horizon - 0.01 + 0.03 * ridge(stage.rng, 200), 0.04, 0.1)
    spots: list[tuple[float, float]] = []
    for row in range(3):
        sheet = stage.sheet(-stage.reach[1] - 0.2, stage.reach[1] + 0.3)
        spots += _towers(stage, sheet, row)
        things += stage.backdrop(sheet, 0.10 + 0.13 * row)
    if stage.reading.time != "day":
        pixels = max(1.2, 0.0035 * stage.unit) * (1 + 40 * stage.blur)
        colour = mix(WARM, stage.tones.accent, 0.15)
        places = [spots[at] for at in range(0, len(spots), max(1, len(spots) // 46))]
        things.append(
            Sprites(
                0.32, twinkling(stage.rng, places, [levels(pixels, pixels * 1.4, colour, 0.8, 2.5)], 0.10)
            )
        )
    sheet = stage.sheet(-stage.reach[1], stage.reach[1] + 0.3)
    _street(stage, sheet)
    things += stage.backdrop(sheet, 0.55)
    return things


def _towers(stage: Stage, sheet: Sheet, row: int) -> list[tuple[float, float]]:
    """Draw one row of towers; returns where its lit windows are."""
    tones, rng, pen, side = stage.tones, stage.rng, sheet.pen(), -sheet.left
    base, near = stage.horizon + 0.03 + 0.02 * row, (row + 1) / 3
    colour = mix(mix(tones.horizon, tones.far, 0.45), mix(tones.near, tones.far, 0.25), near)
    tall = (0.52, 0.44, 0.36)[row] * (1.45 if stage.reach[1] > 0.6 else 1.0)
    lit_share = {"night": 0.34, "dusk": 0.24, "dawn": 0.10, "day": 0.0}[stage.reading.time]
    spots: list[tuple[float, float]] = []
    x = -side
    while x < side:
        wide = float(rng.uniform(0.055, 0.12)) * (1 + 0.25 * row)
        valley = 0.55 + 0.45 * min(1.0, abs(x + wide / 2) / 0.55) if row == 2 else 1.0
        top = base - tall * (0.25 + 0.75 * float(rng.random()) ** 1.4) * valley
        shade = mix(colour, BLACK, 0.16 * float(rng.random()))
        pen.fill(box(x, top, x + wide, base + 0.05), shade, mix(shade, tones.horizon, 0.45 * (1 - near)))
        lit_side = x + wide - wide * 0.22 if stage.light.x > 0 else x
        pen.fade(
            box(lit_side, top, lit_side + wide * 0.22, base + 0.05),
            mix(tones.sun, tones.horizon, 0.4),
            0.35,
            0.05,
        )
        if rng.random() < 0.3:
            pen.fill(box(x + wide * 0.46, top - 0.06, x + wide * 0.50, top), shade)
        spots += _windows(stage, pen, (x + 0.008, top + 0.016, x + wide - 0.008, base), lit_share, row, shade)
        x += wide + float(rng.uniform(0.0, 0.012))
    return spots


def _windows(
    stage: Stage, pen: Pen, front: tuple[float, float, float, float], lit: float, row: int, wall: Colour
) -> list[tuple[float, float]]:
    size = 0.0052 + 0.0016 * row
    columns, rows = int((front[2] - front[0]) / (size * 2.1)), int((front[3] - front[1]) / (size * 3.0))
    panes: dict[Colour, list[Outline]] = {}
    spots = []
    for column in range(columns):
        for line in range(rows):
            chance = float(stage.rng.random())
            x, y = front[0] + column * size * 2.1, front[1] + line * size * 3.0
            pane = polygon((x, y), (x + size, y), (x + size, y + size * 1.7), (x, y + size * 1.7))
            if chance < lit:
                panes.setdefault(
                    mix(WARM, stage.tones.accent if chance < lit * 0.12 else WHITE, 0.3), []
                ).append(pane)
                spots.append((x + size / 2, y + size))
            elif row == 2 and chance > 0.55:
                panes.setdefault(mix(wall, stage.tones.middle, 0.22), []).append(pane)
    for colour, shapes in panes.items():
        pen.scatter(shapes, colour, 0.55 + 0.15 * row)
    return spots


def _street(stage: Stage, sheet: Sheet) -> None:
    tones, pen, side, base = stage.tones, sheet.pen(), -sheet.left, stage.horizon + 0.065
    bottom = stage.reach[1] + 0.3
    tar = mix(mix(tones.near, parse("#3c3f4a"), 0.5), tones.horizon, 0.08)
    pen.fill(box(-side, base, side, bottom), mix(tar, tones.horizon, 0.35), mix(tar, BLACK, 0.2))
    for at in range(-5, 6):
        x = at * 0.10
        pen.fade(
            polygon((x - 0.004, base), (x + 0.004, base), (x * 4.2 + 0.03, bottom), (x * 4.2 - 0.03, bottom)),
            mix(WHITE, tones.horizon, 0.4),
            0.05,
            0.22,
        )
    if stage.dark or stage.wet:
        for at in range(16):
            x = (float(stage.rng.random()) - 0.5) * 2 * side
            colour = (WARM, tones.accent, tones.second, tones.horizon)[at % 4]
            wide = 0.010 + 0.022 * float(stage.rng.random())
            pen.fade(
                box(x - wide, base, x + wide, base + 0.12 + 0.25 * float(stage.rng.random())),
                colour,
                0.42,
                0.0,
                soft=0.008,
            )
    for x, size in ((-0.62, 0.50), (0.66, 0.52), (-0.36, 0.30), (0.38, 0.31)):
        _lamp_post(stage, pen, x * max(1.0, stage.reach[0] / 0.75), base + size * 0.14, size)


def _lamp_post(stage: Stage, pen: Pen, x: float, y: float, size: float) -> None:
    post, bend = mix(stage.tones.near, BLACK, 0.5), -math.copysign(size * 0.16, x)
    pen.fill(limb((x, y), (x, y - size), size * 0.014, size * 0.008), post)
    pen.fill(limb((x, y - size), (x + bend, y - size * 1.04), size * 0.008, size * 0.007), post)
    pen.fill(ellipse(x + bend, y - size * 1.03, size * 0.045, size * 0.014), post)
    if stage.reading.time != "day":
        pen.fill(ellipse(x + bend, y - size * 1.02, size * 0.036, size * 0.010), mix(WARM, WHITE, 0.5))
        pen.glow(x + bend, y - size * 1.01, size * 0.34, WARM, 0.75)


def stadium(stage: Stage) -> list[Thing]:
    """Stands full of people, floodlights, a red track."""
    tones, h, bottom = stage.tones, stage.horizon, stage.reach[1] + 0.3
    sheet = stage.sheet(-stage.reach[1] - 0.2, bottom)
    pen, side = sheet.pen(), -sheet.left
    stand = mix(tones.near, tones.far, 0.4)
    roof = polygon(
        (-side, h - 0.30),
        (-0.2, h - 0.235),
        (0.2, h - 0.235),
        (side, h - 0.30),
        (side, h + 0.04),
        (-side, h + 0.04),
    )
    pen.fill(roof, mix(stand, BLACK, 0.2), mix(stand, tones.horizon, 0.2))
    seats: dict[Colour, list[Outline]] = {}
    crowd = (tones.accent, tones.trim, tones.second, mix(tones.near, WHITE, 0.35), tones.horizon)
    for row in range(13):
        for seat in range(110):
            x = -side + (seat + (row % 2) * 0.5) * 2 * side / 110
            y = h - 0.235 + row * 0.018 - abs(x) ** 2 * 0.05 + 0.018
            tone = crowd[int(stage.rng.integers(5))]
            seats.setdefault(mix(tone, stand, 0.45 + 0.3 * (1 - row // 4 / 3)), []).append(
                ellipse(x, y, 0.0058, 0.0068, 8)
            )
    for tone, people in seats.items():
        pen.scatter(people, tone)
    pen.fill(
        points(f"{-side},{h - 0.005} {side},{h - 0.005} {side},{h + 0.035} {-side},{h + 0.035}"),
        tones.accent,
        mix(tones.accent, BLACK, 0.3),
    )
    for x in (-0.66, -0.24, 0.24, 0.66):
        across = x * max(0.8, stage.reach[0] / 0.8)
        pen.fill(box(across - 0.006, h - 0.50, across + 0.006, h - 0.24), mix(stand, BLACK, 0.4))
        for lamp in range(8):
            lx, ly = across - 0.045 + (lamp % 4) * 0.03, h - 0.525 + (lamp // 4) * 0.026
            pen.fill(ellipse(lx, ly, 0.011), mix(WHITE, WARM, 0.2))
        pen.glow(across, h - 0.51, 0.30, mix(WHITE, WARM, 0.3), 0.75 if stage.tones.bright < 0.7 else 0.4)
    things = stage.backdrop(sheet, 0.2)
    sheet = stage.sheet(h, bottom)
    pen = sheet.pen()
    field, track = under(tones, parse("#4f9a4a")), under(tones, mix(parse("#b8452f"), tones.accent, 0.25))
    pen.fill(box(-side, h + 0.03, side, h + 0.115), mix(field, tones.horizon, 0.3), field)
    pen.fill(box(-side, h + 0.11, side, bottom), mix(track, tones.horizon, 0.15), mix(track, BLACK, 0.35))
    for at in range(-6, 7):
        x = at * 0.16
        pen.fade(
            polygon(
                (x - 0.003, h + 0.11),
                (x + 0.003, h + 0.11),
                (x * 3.2 + 0.014, bottom),
                (x * 3.2 - 0.014, bottom),
            ),
            WHITE,
            0.6,
            0.9,
        )
    return [*things, *stage.backdrop(sheet, 0.55)]


def studio(stage: Stage) -> list[Thing]:
    """A seamless backdrop with a pool of light and one large simple shape."""
    tones, (half, high) = stage.tones, stage.reach
    sheet = stage.sheet(-high - 0.3, high + 0.3, 0.75)
    pen, side = sheet.pen(), -sheet.left
    pale = stage.reading.mood in ("minimalist", "playful", "calm", "uplifting") and tones.bright > 0.4
    wall = (
        mix(mix(tones.horizon, WHITE, 0.45), tones.accent, 0.10)
        if pale
        else mix(mix(tones.top, tones.accent, 0.16), BLACK, 0.25)
    )
    pen.fill(
        box(-side, -high - 0.3, side, high + 0.3),
        mix(wall, tones.top, 0.18 if pale else 0.3),
        mix(wall, WHITE if pale else BLACK, 0.2),
    )
    light = mix(tones.sun, WHITE, 0.4) if pale else mix(tones.accent, tones.sun, 0.6)
    for radius, strength in ((0.95, 0.34), (0.6, 0.30), (0.34, 0.22)):
        pen.glow(stage.sun[0] * 0.25, stage.horizon - 0.26, radius, light, strength * (0.5 if pale else 0.8))
    things = stage.backdrop(sheet, 0.05)
    sheet = stage.sheet(-high - 0.3, high + 0.3)
    pen = sheet.pen()
    _set_piece(stage, pen, mix(wall, tones.accent, 0.5 if pale else 0.35), WHITE if pale else BLACK)
    ground = mix(wall, BLACK, 0.10 if pale else 0.35)
    pen.fill(
        box(-side, stage.horizon + 0.05, side, high + 0.3),
        ground,
        mix(ground, WHITE if pale else tones.accent, 0.15),
    )
    pen.fade(box(-side, stage.horizon + 0.05, side, stage.horizon + 0.11), BLACK, 0.16, 0.0)
    pen.fade(ellipse(0, stage.horizon + 0.20, half * 0.8, 0.11), light, 0.28, 0.1, soft=0.05)
    return [*things, *stage.backdrop(sheet, 0.35)]


def _set_piece(stage: Stage, pen: Pen, tone: Colour, towards: Colour) -> None:
    """A disc, arches, or blocks and a ball."""
    shape, tones = int(stage.rng.integers(3)), stage.tones
    y, size = stage.horizon - 0.20, 0.34
    if shape == 0:
        pen.fill(
            ellipse(0.0, y, size, corners=120),
            mix(tone, WHITE, 0.12),
            mix(tone, BLACK, 0.12),
            along=(stage.light.x, 0.8),
        )
    elif shape == 1:
        for at in range(3):
            r = size * (1.12 - 0.27 * at)
            arch = np.concatenate(
                [
                    arc(0, y + 0.05, r, r, 180, 360),
                    points(f"{r},{stage.horizon + 0.06} {-r},{stage.horizon + 0.06}"),
                ]
            )
            pen.fill(arch, mix(tone, towards, 0.10 + 0.22 * at), mix(tone, BLACK, 0.12 * at))
    else:
        for x, w, tall in ((-0.42, 0.16, 0.30), (0.40, 0.20, 0.44), (0.62, 0.12, 0.22)):
            pen.fill(
                box(x - w / 2, stage.horizon + 0.05 - tall, x + w / 2, stage.horizon + 0.06),
                mix(tone, WHITE, 0.16),
                mix(tone, BLACK, 0.2),
                along=(1, 0.3),
                volume=0.3,
            )
        pen.fill(
            ellipse(-0.42, stage.horizon - 0.33, 0.085),
            tones.accent,
            mix(tones.accent, BLACK, 0.35),
            volume=1.0,
        )


def greenery(stage: Stage, x: float, y: float, size: float, depth: float) -> list[Thing]:
    """A pot plant standing in a room."""
    sheet = Sheet(x - size * 0.7, y - size * 1.2, x + size * 0.7, y + 0.05, stage.unit, stage.light)
    plant(sheet.pen(x, y, size), stage.tones)
    return stage.backdrop(sheet, depth)

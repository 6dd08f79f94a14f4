"""Places under the open sky: from the horizon to just behind the subject."""

import math

import numpy as np
from numpy.typing import NDArray

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, parse, scale
from rushes.providers.sketch.outline import Outline, ellipse, moved, points, polygon, spline
from rushes.providers.sketch.scene import Thing, layer
from rushes.providers.sketch.sheet import Pen, Sheet
from rushes.providers.sketch.sky import beams
from rushes.providers.sketch.sprites import Sprites, dot, drifting, levels, twinkling
from rushes.providers.sketch.stage import Stage, below, ridge, smooth


def range_of_hills(
    stage: Stage, line: NDArray[np.float64], depth: float, near: float, haze: float = 1.0
) -> list[Thing]:
    """Everything under one ridge line; `near` (0..1): how far its colour is from the horizon's to the ground's."""
    tones = stage.tones
    bottom = stage.reach[1] + 0.3
    sheet = stage.sheet(float(line.min()) - 0.02, bottom)
    pen, side = sheet.pen(), -sheet.left
    crest = mix(mix(tones.horizon, tones.far, 0.35 + 0.5 * near), tones.near, near**1.3)
    foot = mix(crest, mix(tones.horizon, tones.middle, 0.15), 0.62 * haze * (1 - near) ** 0.7)
    land = below(line, -side, side, bottom)
    pen.fill(land, scale(crest, 0.92), mix(foot, tones.near, near * 0.5))
    x = np.linspace(-side, side, len(line))
    lit = np.stack([x, line], 1)
    pen.line(moved(lit, 0, 0.003), 0.006, mix(tones.sun, tones.horizon, 0.3), 0.20 + 0.25 * (1 - near))
    return stage.backdrop(sheet, depth)


def hills(stage: Stage) -> list[Thing]:
    """Blue ridges behind green slopes."""
    h, things = stage.horizon, []
    for at in range(4):
        near = at / 3
        high = (0.62, 0.44, 0.26, 0.16)[at] * (
            1.15 if stage.reading.mood in ("uplifting", "energetic") else 0.85
        )
        line = h - 0.03 + 0.055 * at + high * (ridge(stage.rng, 420, 0.50 - 0.06 * at) - 0.16 * (1 - near))
        things += range_of_hills(stage, line, 0.05 + 0.13 * at, near)
    return [*things, *_meadow(stage)]


def _meadow(stage: Stage) -> list[Thing]:
    sheet = stage.sheet(stage.horizon - 0.1, stage.reach[1] + 0.3)
    pen = sheet.pen()
    tree = mix(stage.tones.near, BLACK, 0.25)
    for _ in range(9):
        x, y = (
            (float(stage.rng.random()) - 0.5) * 2 * stage.reach[0] * 1.2,
            stage.horizon + 0.10 + 0.10 * float(stage.rng.random()),
        )
        size = 0.04 + 0.05 * float(stage.rng.random())
        pen.fill(polygon((x - 0.004, y), (x + 0.004, y), (x + 0.003, y - size), (x - 0.003, y - size)), tree)
        bumps = [
            (angle, 0.8 + 0.3 * float(stage.rng.random()))
            for angle in np.linspace(0, 2 * math.pi, 8, endpoint=False)
        ]
        crown = spline(
            [
                (x + size * 0.5 * math.cos(a) * r, y - size * 1.05 + size * 0.55 * math.sin(a))
                for a, r in bumps
            ]
        )
        pen.fill(crown, mix(tree, stage.tones.horizon, 0.15), tree, volume=0.9)
    return stage.backdrop(sheet, 0.5)


def sea(stage: Stage) -> list[Thing]:
    """Water to the horizon, an island, glints under the sun."""
    tones, h, bottom = stage.tones, stage.horizon, stage.reach[1] + 0.3
    island = h + 0.004 - np.maximum(0.0, 0.11 * ridge(stage.rng, 420, 0.45) + 0.012)
    things = range_of_hills(stage, np.minimum(island, h + 0.004), 0.03, 0.12)
    sheet = stage.sheet(h, bottom)
    pen, side = sheet.pen(), -sheet.left
    deep = mix(tones.near, tones.top, 0.35)
    pen.fill(
        points(f"{-side},{h} {side},{h} {side},{bottom} {-side},{bottom}"),
        mix(tones.horizon, tones.middle, 0.35),
        mix(deep, tones.middle, 0.1),
    )
    pen.fade(points(f"{-side},{h} {side},{h} {side},{h + 0.05} {-side},{h + 0.05}"), tones.horizon, 0.5, 0.0)
    for at in range(90):
        down = ((at + 1) / 90) ** 1.7
        y, wide = h + down * (bottom - h), (0.03 + 0.28 * down) * (0.4 + float(stage.rng.random()))
        x = (float(stage.rng.random()) - 0.5) * 2 * side
        thick = 0.0016 + 0.010 * down
        wave = spline(
            [
                (x - wide, y),
                (x - wide * 0.3, y - thick),
                (x + wide * 0.4, y - thick * 0.6),
                (x + wide, y),
                (x, y + thick * 0.5),
            ],
            steps=5,
        )
        pen.fill(wave, mix(tones.horizon, WHITE, 0.2) if at % 3 else deep, opacity=0.10 + 0.14 * (1 - down))
    sheen = points(
        f"{stage.sun[0] - 0.03},{h} {stage.sun[0] + 0.03},{h} "
        f"{stage.sun[0] + 0.30},{bottom} {stage.sun[0] - 0.30},{bottom}"
    )
    pen.fade(sheen, tones.sun, 0.5, 0.05, soft=0.03)
    things += stage.backdrop(sheet, 0.28)
    return [*things, _glints(stage, bottom)]


def _glints(stage: Stage, bottom: float) -> Thing:
    """The sun's path on the water."""
    pixels = stage.unit
    colour = mix(stage.tones.sun, WHITE, 0.35)
    grow = 1 + 25 * stage.blur
    looks = [
        levels(w * pixels * grow, max(1.0, t * pixels * grow), colour, 0.95, 2.2)
        for w, t in ((0.012, 0.0018), (0.024, 0.0028), (0.042, 0.0042))
    ]
    flock = []
    for down, kind in ((0.05, 0), (0.2, 0), (0.45, 1), (0.9, 2)):
        spread = 0.03 + 0.17 * down
        for a, b in stage.rng.random((34, 2)):
            y = (
                stage.horizon
                + 0.006
                + (down * (0.4 + 0.6 * float(b))) ** 1.2 * (bottom - stage.horizon) * 0.75
            )
            flock.append((stage.sun[0] + (float(a) - 0.5) * 2 * spread, y, kind))
    members = [twinkling(stage.rng, [(x, y)], [looks[kind]], 0.7 - 0.15 * kind) for x, y, kind in flock]

    def all_of(time: float):
        for member in members:
            yield from member(time)

    return Sprites(0.28, all_of)


def pine(x: float, y: float, size: float) -> tuple[list[Outline], list[Outline], list[Outline]]:
    """A fir tree standing on (x, y): its whole, the right half of its boughs, what lies on top of them."""
    whole = [
        polygon(
            (x - size * 0.02, y),
            (x + size * 0.02, y),
            (x + size * 0.012, y - size * 0.3),
            (x - size * 0.012, y - size * 0.3),
        )
    ]
    halves, tops = [], []
    for tier in range(6):
        share = tier / 6
        wide, top, foot = (
            size * 0.23 * (1 - share * 0.82),
            y - size * (0.44 + 0.66 * share),
            y - size * (0.10 + 0.72 * share),
        )
        droop = foot + size * 0.018
        half = [
            (x, top),
            (x, top),
            (x + wide * 0.5, foot - size * 0.05),
            (x + wide, droop),
            (x + wide, droop),
            (x, foot - size * 0.018),
        ]
        left = [(x - wide, droop), (x - wide, droop), (x - wide * 0.5, foot - size * 0.05)]
        whole.append(spline([*half, *left], steps=3))
        halves.append(spline([*half, (x, foot - size * 0.018)], steps=3))
        snow_line = [
            (x + wide * 0.62, foot - size * 0.03),
            (x, foot - size * 0.06),
            (x - wide * 0.62, foot - size * 0.03),
        ]
        tops.append(spline([(x, top), (x, top), *snow_line], steps=3))
    return whole, halves, tops


def grove(
    stage: Stage, pen: Pen, trees: list[tuple[float, float, float]], colour: Colour, snowy: bool = False
) -> None:
    """Fir trees (x, y, size), lit from the sun's side."""
    shades = [mix(colour, BLACK, share) for share in (0.0, 0.07, 0.14)]
    for at, shade in enumerate(shades):
        drawn = [pine(*tree) for tree in trees[at::3]]
        pen.scatter([outline for whole, _, _ in drawn for outline in whole], shade)
        lit, dim = mix(shade, mix(stage.tones.sun, stage.tones.horizon, 0.4), 0.22), mix(shade, BLACK, 0.22)
        pen.scatter(
            [outline for _, halves, _ in drawn for outline in halves], lit if stage.light.x > 0 else dim
        )
        if snowy:
            pen.scatter(
                [outline for _, _, tops in drawn for outline in tops],
                mix((238, 244, 252), stage.tones.top, 0.25),
                0.9,
            )


def forest(stage: Stage) -> list[Thing]:
    """Rows of firs that darken towards the front, light falling between them."""
    tones, h, things = stage.tones, stage.horizon, []
    things += range_of_hills(stage, h - 0.10 + 0.10 * ridge(stage.rng, 300), 0.05, 0.1)
    for row in range(3):
        near, bottom = (row + 1) / 3, stage.reach[1] + 0.3
        base = h + 0.02 + 0.055 * row
        sheet = stage.sheet(-stage.reach[1] - 0.2, bottom)
        pen, side = sheet.pen(), -sheet.left
        colour = mix(mix(tones.horizon, tones.far, 0.55), tones.near, near**1.2)
        ground = base + 0.03 * smooth(stage.rng, 160)
        count, trees = (26, 15, 9)[row], []
        for at in range(count):
            x = -side + (at + 0.2 + 0.6 * float(stage.rng.random())) * 2 * side / count
            if row == 2 and abs(x) < 0.30:  # leave the subject its place
                continue
            size = (
                (0.26 + 0.20 * row)
                * (0.75 + 0.5 * float(stage.rng.random()))
                * (1.15 if stage.reach[1] > 0.6 else 1)
            )
            trees.append((x, base + 0.03, size))
        grove(stage, pen, trees, colour)
        pen.fill(
            below(ground, -side, side, bottom),
            mix(colour, tones.horizon, 0.12 * (1 - near)),
            mix(tones.near, BLACK, 0.2),
        )
        things += stage.backdrop(sheet, 0.12 + 0.17 * row)
        if row == 0 and stage.reading.time in ("dawn", "day", "dusk"):
            things += beams(stage, 0.30)
    return [*things, motes(stage, 0.7)]


def motes(stage: Stage, depth: float) -> Thing:
    """Dust in the light, or fireflies in the dark."""
    night = stage.reading.time == "night"
    colour = parse("#e6ff9a") if night else mix(stage.tones.sun, WHITE, 0.3)
    grow = stage.unit / 720
    looks = [
        dot(size * grow, size * grow, colour, strength)
        for size, strength in ((2.5, 0.8), (3.5, 0.6), (6, 0.28))
    ]
    side, high = stage.reach[0] + 0.1, stage.reach[1]
    return Sprites(
        depth, drifting(stage.rng, 34, (-side, -high, side, high * 0.9), looks, (0.012, -0.014), 0.02)
    )


def desert(stage: Stage) -> list[Thing]:
    """Dunes with a lit and a shaded side, mesas behind."""
    tones, h, things = stage.tones, stage.horizon, []
    step = np.round(np.clip(ridge(stage.rng, 300, 0.4) * 3, 0, 1) * 3) / 3
    things += range_of_hills(stage, h - 0.02 - 0.10 * np.convolve(step, np.ones(5) / 5, "same"), 0.06, 0.18)
    bottom = stage.reach[1] + 0.3
    for row in range(3):
        near = (row + 1) / 3
        line = h + 0.0 + 0.075 * row + (0.08 + 0.03 * row) * smooth(stage.rng, 240)
        sheet = stage.sheet(float(line.min()) - 0.02, bottom)
        pen, side = sheet.pen(), -sheet.left
        sand = mix(mix(tones.horizon, tones.far, 0.2), mix(tones.near, tones.sun, 0.15), near)
        land = below(line, -side, side, bottom)
        pen.fill(land, mix(sand, tones.sun, 0.22), mix(sand, tones.near, 0.5))
        peak = int(np.argmin(line[40:200])) + 40
        x = np.linspace(-side, side, 240)
        shade = [
            (x[peak], line[peak]),
            *((x[i], line[i]) for i in range(peak, min(239, peak + 90), 10)),
            (x[min(239, peak + 60)], line[peak] + 0.25),
            (x[peak] - 0.05, line[peak] + 0.16),
        ]
        pen.fade(np.array(shade), mix(tones.near, BLACK, 0.25), 0.5, 0.0, within=land)
        things += stage.backdrop(sheet, 0.16 + 0.16 * row)
    return things


def snow(stage: Stage) -> list[Thing]:
    """White peaks, firs, and flakes in the air."""
    tones, h, things = stage.tones, stage.horizon, []
    bottom = stage.reach[1] + 0.3
    for row in range(2):
        line = h - 0.05 + 0.05 * row + (0.42 - 0.14 * row) * (ridge(stage.rng, 300, 0.55) - 0.2)
        sheet = stage.sheet(float(line.min()) - 0.02, bottom)
        pen, side = sheet.pen(), -sheet.left
        rock, white = (
            mix(mix(tones.far, tones.horizon, 0.3), tones.near, 0.3 * row),
            mix(mix(WHITE, tones.horizon, 0.3), tones.middle, 0.3 * (1 - tones.bright)),
        )
        land = below(line, -side, side, bottom)
        pen.fill(land, mix(white, rock, 0.15), mix(rock, tones.horizon, 0.5))
        x = np.linspace(-side, side, 300)
        for i in range(6, 294, 6):
            if line[i] < line[i - 6] and line[i] < line[i + 5]:
                drop = 0.10 + 0.12 * float(stage.rng.random())
                facet = polygon(
                    (x[i], line[i]),
                    (x[min(299, i + 14)], line[min(299, i + 14)] + 0.01),
                    (x[i] + drop * 0.7, line[i] + drop * 1.4),
                    (x[i] - 0.02, line[i] + drop * 0.8),
                )
                pen.fill(facet, mix(rock, tones.top, 0.25), opacity=0.5, within=land)
        things += stage.backdrop(sheet, 0.06 + 0.12 * row)
    sheet = stage.sheet(h - 0.4, bottom)
    pen, side = sheet.pen(), -sheet.left
    spots = [((a - 0.5) * 2 * side, h + 0.08, 0.16 + 0.20 * b) for a, b in stage.rng.random((13, 2)).tolist()]
    grove(
        stage,
        pen,
        [spot for spot in spots if abs(spot[0]) > 0.26],
        mix(tones.near, parse("#1f3a3a"), 0.55),
        True,
    )
    white = mix(mix(WHITE, tones.horizon, 0.25), tones.near, 0.5 * (1 - tones.bright))
    pen.fill(
        below(h + 0.06 + 0.03 * smooth(stage.rng, 160), -side, side, bottom),
        white,
        mix(white, tones.near, 0.35),
    )
    things += stage.backdrop(sheet, 0.45)
    grow = stage.unit / 720
    looks = [
        dot(size * grow, size * grow, WHITE, strength, 1.6)
        for size, strength in ((2, 0.8), (3, 0.8), (5, 0.5))
    ]
    box = (-stage.reach[0] - 0.1, -stage.reach[1] - 0.05, stage.reach[0] + 0.1, stage.reach[1] + 0.05)
    return [*things, Sprites(0.7, drifting(stage.rng, 70, box, looks, (0.02, 0.10), 0.015))]


def road(stage: Stage) -> list[Thing]:
    """A road that winds up through the hills."""
    h, things = stage.horizon, hills(stage)
    bottom = stage.reach[1] + 0.3
    sheet = stage.sheet(h - 0.02, bottom)
    pen = sheet.pen()
    side = 1.0 if stage.rng.random() < 0.5 else -1.0
    tar = mix(mix(stage.tones.near, parse("#4a4a52"), 0.6), stage.tones.horizon, 0.12)
    middle = spline(
        [
            (0.22 * side, h + 0.075),
            (0.10 * side, h + 0.10),
            (0.30 * side, h + 0.14),
            (0.05 * side, h + 0.20),
            (-0.35 * side, h + 0.32),
            (-0.1 * side, bottom),
        ],
        closed=False,
    )
    wide = np.linspace(0.008, 0.30, len(middle)) ** 1.15
    edge = np.concatenate(
        [middle + np.stack([-wide, wide * 0], 1), (middle + np.stack([wide, wide * 0], 1))[::-1]]
    )
    pen.fill(edge, mix(tar, stage.tones.horizon, 0.3), tar)
    for at in range(0, len(middle) - 3, 5):
        pen.line(middle[at : at + 3], float(wide[at]) * 0.09, mix(WHITE, stage.tones.horizon, 0.3), 0.7)
    return [*things, *stage.backdrop(sheet, 0.45)]


def space(stage: Stage) -> list[Thing]:
    """A planet over a moon's plain."""
    tones, things = stage.tones, []
    sheet = Sheet(-1.1, -1.2, 1.1, 0.6, stage.unit, stage.light)
    x, y, size = -0.35 * stage.reach[0], stage.horizon - 0.22, 0.25
    pen = sheet.pen(x, y, size)
    pen.glow(0, 0, 1.7, mix(tones.accent, tones.horizon, 0.4), 0.4)
    ball = ellipse(0, 0, 1.0, corners=120)
    pen.fill(ball, mix(tones.accent, WHITE, 0.25), mix(tones.accent, BLACK, 0.5))
    for at in range(7):
        band = ellipse(0, -0.75 + at * 0.25, 1.2, 0.05 + 0.04 * (at % 3))
        pen.fill(
            band,
            mix(tones.second, WHITE, 0.35) if at % 2 else mix(tones.accent, BLACK, 0.4),
            opacity=0.35,
            within=ball,
            soft=0.02,
        )
    pen.fade(ball, (4, 4, 14), 0.0, 0.95, (-stage.light.x, 0.5))
    ring = np.concatenate([ellipse(0, 0, 1.75, 0.34, 120), ellipse(0, 0, 1.35, 0.23, 120)[::-1]])
    pen.fill(
        np.array([(p[0], p[1]) for p in ring if p[1] > -0.02 or abs(p[0]) > 1.0]),
        mix(tones.trim, tones.accent, 0.3),
        opacity=0.75,
    )
    if stage.blur:
        sheet.blur(stage.blur)
    things += layer(sheet, 0.02)
    for row in range(2):
        line = stage.horizon + 0.02 + 0.09 * row + 0.09 * ridge(stage.rng, 300, 0.55)
        things += range_of_hills(stage, line, 0.15 + 0.25 * row, 0.55 + 0.45 * row, 0.2)
    return things

"""What the subject stands on, from its far edge down to the bottom of the picture. It lies at the subject's depth."""

import numpy as np
from numpy.typing import NDArray

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, parse
from rushes.providers.sketch.outline import Outline, box, ellipse, moved, polygon, spline
from rushes.providers.sketch.scene import Thing, layer
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.stage import Stage, below, ridge, smooth
from rushes.providers.sketch.tones import under

_MATERIALS = {
    "city": "asphalt", "road": "asphalt", "stadium": "track", "sea": "planks", "forest": "moss", "hills": "grass",
    "desert": "sand", "snow": "snow", "interior": "wood", "kitchen": "wood", "office": "desk", "studio": "plinth",
    "space": "dust",
}  # fmt: skip
GLOSSY = frozenset({"asphalt", "desk", "plinth", "marble"})
_COLOURS = {
    "asphalt": "#3d4049", "track": "#b04a33", "planks": "#a57c55", "moss": "#4c6a35", "grass": "#6a9a4a",
    "sand": "#dcb27a", "snow": "#eef4fb", "wood": "#8a5b37", "desk": "#c9a27a", "plinth": "#8d8890", "dust": "#8f8a9c",
    "marble": "#5a5560",
}  # fmt: skip


def material(stage: Stage) -> str:
    """What the ground is made of here."""
    if stage.reading.mood == "luxury" and stage.reading.place in (
        "studio",
        "interior",
        "city",
        "office",
        "kitchen",
    ):
        return "marble"
    return _MATERIALS[stage.reading.place]


def mirrors(stage: Stage) -> float:
    """How much of what stands on it the ground shows, 0..1."""
    made_of = material(stage)
    return (
        0.42
        if made_of == "marble" or (made_of == "asphalt" and stage.wet)
        else 0.22
        if made_of in GLOSSY
        else 0.0
    )


def ground(stage: Stage) -> list[Thing]:
    """The ground as one layer."""
    made_of = material(stage)
    sheet = stage.sheet(stage.floor - 0.12, stage.reach[1] + 0.3)
    pen, side, bottom = sheet.pen(), -sheet.left, stage.reach[1] + 0.3
    tone = under(stage.tones, mix(parse(_COLOURS[made_of]), stage.tones.near, 0.42 if stage.dark else 0.22))
    if made_of in ("moss", "grass", "sand", "snow", "dust"):
        line = (
            stage.floor
            + 0.03 * smooth(stage.rng, 200)
            + (0.012 * ridge(stage.rng, 200) if made_of == "dust" else 0)
        )
        land = below(line, -side, side, bottom)
        pen.fill(land, mix(tone, stage.tones.horizon, 0.22), mix(tone, BLACK, 0.5))
        _natural(stage, pen, made_of, tone, line)
    elif made_of == "plinth":
        _plinth(stage, pen)
    else:
        pen.fill(
            box(-side, stage.floor, side, bottom),
            mix(tone, stage.tones.horizon, 0.28),
            mix(tone, BLACK, 0.55),
        )
        _built(stage, pen, made_of, tone)
        pen.fade(
            box(-side, stage.floor, side, stage.floor + 0.010), mix(stage.tones.sun, WHITE, 0.3), 0.55, 0.15
        )
    pen.fade(
        ellipse(0.0, stage.floor + 0.12, stage.reach[0] * 0.9, 0.09),
        mix(stage.tones.sun, stage.tones.horizon, 0.4),
        0.20,
        0.04,
        soft=0.04,
    )
    return layer(sheet, 1.0)


def _natural(stage: Stage, pen: Pen, made_of: str, tone: Colour, line: NDArray[np.float64]) -> None:
    rng, side = stage.rng, -pen.sheet.left
    height = stage.reach[1] + 0.1 - stage.floor
    if made_of in ("grass", "moss"):
        blades: dict[Colour, list[Outline]] = {}
        for at in range(360):
            x, down = (float(rng.random()) - 0.5) * 2 * side, (at / 360) ** 1.4
            y = float(np.interp(x, np.linspace(-side, side, len(line)), line)) + down * height
            tall, lean = (
                (0.016 + 0.045 * down) * (0.6 + 0.8 * float(rng.random())),
                0.02 * (float(rng.random()) - 0.5),
            )
            lit, step = int(rng.integers(3)), at // 60
            shade = mix(mix(tone, stage.tones.sun, 0.16 * lit), BLACK, 0.09 * step)
            wide = 0.003 + 0.004 * down
            blades.setdefault(shade, []).append(
                polygon((x - wide, y + 0.005), (x + wide, y + 0.005), (x + lean, y - tall))
            )
        for shade, tuft in blades.items():
            pen.scatter(tuft, shade)
        return
    for at in range(46):
        x, down = (float(rng.random()) - 0.5) * 2 * side, ((at + 1) / 46) ** 1.5
        y, wide = stage.floor + 0.02 + down * height, (0.06 + 0.30 * down) * (0.5 + float(rng.random()))
        ripple = spline(
            [(x - wide, y), (x, y - 0.004 - 0.012 * down), (x + wide, y), (x, y + 0.003 + 0.006 * down)],
            steps=6,
        )
        pen.fill(ripple, mix(tone, WHITE if at % 2 else BLACK, 0.30), opacity=0.28)
        if made_of == "dust" and at % 3 == 0:
            pen.fill(
                ellipse(x, y, wide * 0.4, wide * 0.11),
                mix(tone, BLACK, 0.5),
                mix(tone, WHITE, 0.15),
                opacity=0.8,
            )
        elif made_of == "sand" and at % 4 == 0:
            pen.fill(
                ellipse(x, y, 0.006 + 0.010 * down, 0.004 + 0.005 * down), mix(tone, BLACK, 0.4), volume=0.6
            )


def _built(stage: Stage, pen: Pen, made_of: str, tone: Colour) -> None:
    side, top, bottom = -pen.sheet.left, stage.floor, stage.reach[1] + 0.3
    if made_of in ("planks", "wood", "desk"):
        for at in range(-14, 15):
            x = at * 0.13
            shade = mix(tone, WHITE if at % 3 else BLACK, 0.12)
            pen.fade(
                polygon((x, top), (x + 0.13, top), (x * 2.6 + 0.34, bottom), (x * 2.6, bottom)),
                shade,
                0.35,
                0.15,
            )
            pen.fill(
                polygon((x, top), (x + 0.002, top), (x * 2.6 + 0.010, bottom), (x * 2.6, bottom)),
                mix(tone, BLACK, 0.65),
                opacity=0.75,
            )
    elif made_of == "track":
        for at in range(-5, 6):
            x = at * 0.24 + 0.08
            pen.fill(
                polygon(
                    (x - 0.006, top), (x + 0.006, top), (x * 2.4 + 0.022, bottom), (x * 2.4 - 0.022, bottom)
                ),
                mix(WHITE, tone, 0.15),
            )
    elif made_of == "asphalt":
        stones = [
            ellipse(
                (x - 0.5) * 2 * side,
                top + 0.012 + y**1.3 * 0.5,
                0.003 + 0.008 * y * wide,
                0.0012 + 0.003 * y,
                10,
            )
            for x, y, wide in stage.rng.random((130, 3)).tolist()
        ]
        pen.scatter(stones, mix(tone, WHITE, 0.35), 0.4)
        if stage.reading.place == "road":
            pen.fill(
                polygon((-side, top + 0.022), (side, top + 0.022), (side, top + 0.030), (-side, top + 0.030)),
                mix(WHITE, tone, 0.2),
                opacity=0.9,
            )
        if stage.wet:
            _puddles(stage, pen)
    elif made_of == "marble":
        for _ in range(13):
            x, y = (float(stage.rng.random()) - 0.5) * 2 * side, top + 0.03 + 0.4 * float(stage.rng.random())
            vein = spline(
                [
                    (x, y),
                    (x + 0.10, y + 0.02 * float(stage.rng.random())),
                    (x + 0.2, y - 0.02),
                    (x + 0.34, y + 0.012),
                ],
                closed=False,
            )
            pen.line(vein, 0.0026, mix(stage.tones.sun, tone, 0.35), 0.35)


def _puddles(stage: Stage, pen: Pen) -> None:
    """Water that shows the sky and the lights."""
    for at in range(7):
        a, b, c = (float(v) for v in stage.rng.random(3))
        x, y, wide = (a - 0.5) * 2.2 * stage.reach[0], stage.floor + 0.05 + 0.30 * b, 0.10 + 0.16 * c
        shape = spline(
            [
                (x - wide, y),
                (x - wide * 0.4, y - wide * 0.09),
                (x + wide * 0.5, y - wide * 0.07),
                (x + wide, y + 0.004),
                (x + wide * 0.3, y + wide * 0.10),
                (x - wide * 0.5, y + wide * 0.08),
            ]
        )
        pen.fill(
            shape,
            mix(stage.tones.horizon, stage.tones.middle, 0.3),
            mix(stage.tones.top, stage.tones.accent, 0.2),
            opacity=0.55,
        )
        pen.fade(
            shape, (stage.tones.accent, stage.tones.sun, stage.tones.second)[at % 3], 0.45, 0.0, (0.3, -1)
        )


def _plinth(stage: Stage, pen: Pen) -> None:
    """A round pedestal in the studio's colour."""
    tones, top = stage.tones, stage.floor
    pale = stage.reading.mood in ("minimalist", "playful", "calm", "uplifting") and tones.bright > 0.4
    stone = (
        mix(mix(tones.horizon, WHITE, 0.55), tones.accent, 0.10)
        if pale
        else mix(mix(tones.near, tones.accent, 0.22), BLACK, 0.15)
    )
    wide, deep = min(0.62, stage.reach[0] * 0.86), 0.085
    for step, grow, tall in ((0.13, 1.30, 0.9), (0.0, 1.0, 0.13)):
        y, across, down = top + 0.06 + step, wide * grow, deep * grow
        disc = ellipse(0, y, across, down, 100)
        front = moved(disc[:51], 0, tall)
        pen.fill(ellipse(0, y + tall, across * 1.06, down * 1.05), BLACK, opacity=0.35, soft=0.025)
        wall = np.concatenate([polygon((across, y)), front, polygon((-across, y))])
        pen.fill(wall, mix(stone, BLACK, 0.20), mix(stone, BLACK, 0.55), along=(-stage.light.x, 0.25))
        pen.fill(disc, mix(stone, WHITE, 0.30), mix(stone, BLACK, 0.06), along=(-stage.light.x, 0.6))
        pen.fade(disc, WHITE, 0.30, 0.0, (-stage.light.x, 0.2))
        pen.line(disc[:51], 0.004, mix(stone, WHITE, 0.6), 0.7)

"""Food, drawn standing on (0, 0), about one unit in size."""

import math

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, parse, turn
from rushes.providers.sketch.outline import (
    Outline,
    arc,
    box,
    ellipse,
    moved,
    points,
    polygon,
    ribbon,
    spline,
)
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def burger(pen: Pen, tones: Tones) -> None:
    """A burger with everything."""
    bun, meat = under(tones, parse("#e09a48")), under(tones, parse("#5d2f1d"))
    pen.fill(
        spline("-0.44,-0.20 -0.44,-0.06 -0.34,0.0 0.34,0.0 0.44,-0.06 0.44,-0.20 0,-0.17"),
        mix(bun, WHITE, 0.1),
        mix(bun, BLACK, 0.25),
        volume=0.8,
    )
    _wavy(pen, -0.22, 0.49, 0.035, 7, under(tones, parse("#7fc242")))
    pen.fill(box(-0.47, -0.36, 0.47, -0.22, 0.065), mix(meat, WHITE, 0.12), mix(meat, BLACK, 0.4), volume=0.9)
    for at in range(14):
        pen.fill(
            ellipse(-0.42 + at * 0.065, -0.27 - (at * 5 % 3) * 0.025, 0.014, 0.009),
            mix(meat, BLACK, 0.5),
            opacity=0.7,
        )
    cheese = under(tones, parse("#ffb92e"))
    pen.fill(
        points(
            "-0.48,-0.385 0.48,-0.385 0.44,-0.335 0.30,-0.345 0.20,-0.245 0.10,-0.34 -0.12,-0.345 "
            "-0.24,-0.225 -0.33,-0.34 -0.44,-0.34"
        ),
        mix(cheese, WHITE, 0.15),
        mix(cheese, BLACK, 0.12),
    )
    tomato = under(tones, parse("#e23b2c"))
    for x in (-0.25, 0.23):
        pen.fill(
            box(x - 0.21, -0.435, x + 0.21, -0.375, 0.03),
            mix(tomato, WHITE, 0.15),
            mix(tomato, BLACK, 0.3),
            volume=0.7,
        )
    _wavy(pen, -0.44, 0.50, 0.04, 8, under(tones, parse("#93d04e")))
    dome = spline(
        "-0.46,-0.46 -0.47,-0.60 -0.36,-0.76 -0.15,-0.845 0.15,-0.845 0.36,-0.76 0.47,-0.60 "
        "0.46,-0.46 0.38,-0.435 -0.38,-0.435"
    )
    pen.fill(dome, mix(bun, WHITE, 0.22), mix(bun, BLACK, 0.28), volume=0.95)
    for at in range(24):
        angle, reach = at * 2.4, 0.05 + 0.34 * math.sqrt((at + 0.5) / 24)
        x, y = reach * math.cos(angle), -0.70 + reach * 0.34 * math.sin(angle)
        seed = pen.at(x, y, 1.0, math.degrees(angle) % 90 - 45)
        seed.fill(ellipse(0.003, 0.006, 0.020, 0.011, 14), mix(bun, BLACK, 0.5), opacity=0.5)
        seed.fill(ellipse(0, 0, 0.019, 0.010, 14), under(tones, parse("#fdf0cf")))
    pen.sheen(spline("-0.34,-0.66 -0.27,-0.75 -0.10,-0.80 -0.18,-0.74 -0.28,-0.66"), 0.55)


def _wavy(pen: Pen, y: float, reach: float, high: float, waves: int, colour: Colour) -> None:
    """A leaf of lettuce seen from its edge."""
    steps = waves * 8
    under_edge = [
        (reach - 2 * reach * at / steps, y + high * (0.6 + math.sin(at / 8 * 2 * math.pi)) * 0.8)
        for at in range(steps + 1)
    ]
    leaf: Outline = polygon((-reach, y - high * 0.6), (reach, y - high * 0.6), *under_edge)
    pen.fill(leaf, mix(colour, WHITE, 0.25), mix(colour, BLACK, 0.3), volume=0.5)


def pizza(pen: Pen, tones: Tones) -> None:
    """A pizza from a low angle, one slice drawn out."""
    crust, sauce, cheese = (under(tones, parse(c)) for c in ("#d9944a", "#c33d22", "#ffd067"))
    whole = ellipse(0, -0.30, 0.50, 0.27)
    pen.fill(moved(whole, 0, 0.055), mix(crust, BLACK, 0.5), volume=0.3)
    pen.fill(whole, mix(crust, WHITE, 0.15), mix(crust, BLACK, 0.15), volume=0.8)
    pen.fill(ellipse(0, -0.30, 0.44, 0.23), sauce)
    top = ellipse(0, -0.303, 0.42, 0.215)
    pen.fill(top, mix(cheese, WHITE, 0.2), mix(cheese, sauce, 0.25))
    for at in range(16):
        angle = at * 2.39996
        reach = math.sqrt((at + 0.6) / 16)
        x, y = 0.38 * reach * math.cos(angle), -0.305 + 0.19 * reach * math.sin(angle)
        if at % 3 == 2:
            leaf = pen.at(x, y, 1.0, at * 47)
            leaf.fill(
                spline("-0.055,0 0,-0.026 0.06,0 0,0.026"),
                under(tones, parse("#3f9a3a")),
                under(tones, parse("#256b2a")),
                volume=0.5,
            )
        elif at % 3 == 1:
            pen.fill(ellipse(x, y, 0.04, 0.021), mix(cheese, WHITE, 0.7), opacity=0.9)
        else:
            pen.fill(ellipse(x, y + 0.008, 0.062, 0.036), BLACK, opacity=0.3)
            pen.fill(
                ellipse(x, y, 0.062, 0.035), mix(sauce, WHITE, 0.12), mix(sauce, BLACK, 0.25), volume=0.6
            )
    for angle in (20, 70):
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        pen.line(polygon((0, -0.30), (0.47 * c, -0.30 + 0.25 * s)), 0.008, mix(sauce, BLACK, 0.5), 0.75)
    pen.sheen(arc(0, -0.305, 0.36, 0.17, 190, 260), 0.3)


def ice_cream(pen: Pen, tones: Tones) -> None:
    """Three scoops in a cone."""
    cone = under(tones, parse("#dc9c55"))
    wafer = points("-0.20,-0.50 0.20,-0.50 0.015,0.0 -0.015,0.0")
    pen.fill(wafer, mix(cone, WHITE, 0.15), mix(cone, BLACK, 0.25), along=(1, 0.4))
    for at in range(-5, 6):
        for lean in (0.16, -0.16):
            pen.fill(
                ribbon(polygon((at * 0.075 - lean, -0.52), (at * 0.075 + lean, 0.0)), 0.008),
                mix(cone, BLACK, 0.45),
                opacity=0.7,
                within=wafer,
            )
    flavours = (
        mix(tones.product, WHITE, 0.35),
        mix(turn(tones.product, 75), WHITE, 0.45),
        mix(tones.trim, parse("#fff0d2"), 0.5),
    )
    for (x, y, radius), flavour in zip(
        ((-0.13, -0.60, 0.19), (0.13, -0.61, 0.19), (0.0, -0.80, 0.195)), flavours, strict=True
    ):
        scoop = under(tones, flavour)
        turns = [at * math.pi / 14 for at in range(28)]
        lumps = [(1 + 0.05 * math.sin(a * 7), 1 + 0.05 * math.sin(a * 5)) for a in turns]
        ball = spline(
            [
                (x + radius * u * math.cos(a), y + radius * v * math.sin(a))
                for a, (u, v) in zip(turns, lumps, strict=True)
            ]
        )
        pen.fill(ball, mix(scoop, WHITE, 0.2), mix(scoop, BLACK, 0.22), volume=1.0)
        pen.sheen(ellipse(x - radius * 0.35, y - radius * 0.45, radius * 0.25, radius * 0.14), 0.6)
    drip = spline(
        "-0.23,-0.53 -0.10,-0.54 0.10,-0.54 0.23,-0.53 0.20,-0.46 0.15,-0.48 0.12,-0.39 "
        "0.07,-0.48 -0.03,-0.48 -0.07,-0.42 -0.12,-0.48 -0.20,-0.46"
    )
    pen.fill(drip, under(tones, flavours[0]), under(tones, mix(flavours[0], BLACK, 0.15)), volume=0.5)
    pen.fill(
        ellipse(0.06, -1.0, 0.05), under(tones, parse("#d1173a")), under(tones, parse("#7d0a20")), volume=1.0
    )
    pen.line(spline("0.06,-1.04 0.08,-1.10 0.14,-1.13", closed=False), 0.012, under(tones, parse("#4f7a2c")))
    for at in range(16):
        angle = at * 2.4
        speck = pen.at(
            0.15 * math.sqrt(at / 16) * math.cos(angle),
            -0.84 + 0.12 * math.sqrt(at / 16) * math.sin(angle),
            1.0,
            at * 53,
        )
        speck.fill(box(-0.018, -0.005, 0.018, 0.005, 0.005), turn(tones.accent, at * 70))

"""Watches, glasses and rings, drawn standing on (0, 0), about one unit in size."""

import math

import numpy as np

from rushes.providers.sketch.colour import BLACK, WHITE, mix, parse, saturation, turn
from rushes.providers.sketch.outline import arc, box, ellipse, limb, polygon, spline
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def watch(pen: Pen, tones: Tones) -> None:
    """A wristwatch from the front; its hands stand at ten past ten, as in every advertisement."""
    strap = under(tones, tones.product if saturation(tones.product) > 0.15 else parse("#3a2a22"))
    steel = under(tones, parse("#d9dee6") if tones.bright > 0.4 else mix(parse("#d9dee6"), tones.sun, 0.35))
    face = under(tones, mix(mix(tones.top, tones.near, 0.5), BLACK, 0.35))
    for up in (-1, 1):
        band = polygon(
            (-0.165, -0.5 + up * 0.22),
            (0.165, -0.5 + up * 0.22),
            (0.135, -0.5 + up * 0.50),
            (-0.135, -0.5 + up * 0.50),
        )
        pen.fill(band, mix(strap, WHITE, 0.14), mix(strap, BLACK, 0.5), along=(0, up), volume=0.9)
        for side in (-1, 1):
            line = np.array([(0.145 * side, -0.5 + up * 0.28), (0.12 * side, -0.5 + up * 0.495)])
            pen.line(line, 0.007, mix(strap, WHITE, 0.55), opacity=0.7)
    pen.fill(box(0.27, -0.54, 0.335, -0.46, 0.015), steel, mix(steel, BLACK, 0.5), volume=0.6)
    pen.fill(
        ellipse(0, -0.5, 0.30), mix(steel, WHITE, 0.5), mix(steel, BLACK, 0.55), along=(0.6, 1), volume=0.5
    )
    pen.fill(ellipse(0, -0.5, 0.272), mix(steel, BLACK, 0.6), mix(steel, WHITE, 0.35), along=(0.6, 1))
    pen.fill(ellipse(0, -0.5, 0.255), face, mix(face, tones.middle, 0.45))
    for minute in range(60):
        angle, hour = math.radians(minute * 6), minute % 5 == 0
        inner = 0.195 if minute % 15 == 0 else 0.21 if hour else 0.232
        c, s = math.cos(angle), math.sin(angle)
        tick = np.array([(inner * c, -0.5 + inner * s), (0.243 * c, -0.5 + 0.243 * s)])
        pen.line(tick, 0.016 if hour else 0.004, WHITE if hour else steel, 0.95 if hour else 0.7)
    for x, y in ((0.0, -0.40), (-0.10, -0.5)):
        pen.fill(ellipse(x, y, 0.05), mix(face, BLACK, 0.4))
        pen.line(arc(x, y, 0.047, 0.047, 0, 360), 0.004, steel, 0.7)
        pen.line(polygon((x, y), (x + 0.025, y - 0.025)), 0.006, tones.accent)
    for angle, length, width in ((-150, 0.125, 0.022), (-30, 0.185, 0.017)):
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        pen.fill(
            limb(
                (-0.02 * c, -0.5 - 0.02 * s + 0.006),
                (length * c, -0.5 + length * s + 0.006),
                width / 2,
                width / 3,
            ),
            BLACK,
            opacity=0.5,
        )
        pen.fill(
            limb((-0.02 * c, -0.5 - 0.02 * s), (length * c, -0.5 + length * s), width / 2, width / 3),
            WHITE,
            mix(WHITE, steel, 0.6),
        )
    pen.line(polygon((-0.01, -0.455), (0.05, -0.70)), 0.006, turn(tones.accent, 0))
    pen.fill(ellipse(0, -0.5, 0.016), tones.accent)
    glass = spline("-0.21,-0.60 -0.08,-0.735 0.06,-0.745 -0.10,-0.50 -0.20,-0.42")
    pen.sheen(glass, 0.28, (0.5, 1), within=ellipse(0, -0.5, 0.25))


def glasses(pen: Pen, tones: Tones) -> None:
    """Sunglasses that mirror the sky."""
    frame = under(tones, mix(tones.product, BLACK, 0.2))
    for side in (-1, 1):
        pen.line(
            polygon((0.44 * side, -0.29), (0.33 * side, -0.40), (0.24 * side, -0.385)),
            0.022,
            mix(frame, BLACK, 0.5),
        )
        lens = spline(
            [
                (0.075 * side, -0.27),
                (0.26 * side, -0.315),
                (0.45 * side, -0.285),
                (0.46 * side, -0.16),
                (0.36 * side, -0.02),
                (0.19 * side, -0.02),
                (0.085 * side, -0.13),
            ]
        )
        pen.fill(
            (lens - (0.265 * side, -0.17)) * 1.12 + (0.265 * side, -0.17),
            mix(frame, WHITE, 0.25),
            mix(frame, BLACK, 0.45),
            volume=0.8,
        )
        pen.fill(lens, mix(tones.top, BLACK, 0.25), mix(tones.horizon, tones.accent, 0.25))
        hills = spline(
            [
                (0.0, -0.10),
                (0.15 * side, -0.145),
                (0.28 * side, -0.11),
                (0.5 * side, -0.15),
                (0.5 * side, 0.02),
                (0.0, 0.02),
            ]
        )
        pen.fill(hills, mix(tones.near, BLACK, 0.2), opacity=0.75, within=lens)
        pen.fill(ellipse(0.33 * side, -0.19, 0.03), tones.sun, within=lens)
        pen.sheen(
            spline([(0.12 * side, -0.26), (0.24 * side, -0.295), (0.16 * side, -0.06), (0.1 * side, -0.12)]),
            0.45,
            within=lens,
        )
    pen.line(arc(0, -0.235, 0.09, 0.055, 190, 350), 0.034, frame, volume=0.7)


def ring(pen: Pen, tones: Tones) -> None:
    """A ring with one stone."""
    gold = under(tones, parse("#eec46a"))
    pen.line(arc(0, -0.30, 0.30, 0.30, 0, 360, 96), 0.07, mix(gold, BLACK, 0.12), volume=1.0)
    pen.line(arc(0, -0.30, 0.315, 0.315, 120, 230), 0.014, WHITE, 0.75)
    pen.line(arc(0, -0.30, 0.28, 0.28, -40, 70), 0.012, mix(gold, BLACK, 0.6), 0.7)
    for side in (-1, 1):
        pen.fill(
            polygon((0.03 * side, -0.56), (0.09 * side, -0.60), (0.15 * side, -0.78), (0.11 * side, -0.77)),
            gold,
            mix(gold, BLACK, 0.5),
        )
    stone = mix(tones.accent, WHITE, 0.72)
    top, girdle, tip = -0.93, -0.80, -0.575
    xs = (-0.21, -0.12, 0.0, 0.12, 0.21)
    shades = (0.85, 0.30, 0.62, 0.12)
    for at in range(4):
        a, b = xs[at], xs[at + 1]
        pen.fill(
            polygon((a, girdle), (b, girdle), (0, tip)),
            mix(mix(stone, tones.top, 0.6), WHITE, shades[at]),
            mix(stone, tones.top, 0.5),
        )
    crown = ((-0.21, girdle), (-0.13, top), (0.13, top), (0.21, girdle))
    pen.fill(polygon(*crown), WHITE, mix(stone, tones.middle, 0.3))
    pen.fill(polygon((-0.13, top), (0.0, girdle), (-0.21, girdle)), mix(stone, tones.top, 0.25), opacity=0.7)
    pen.fill(polygon((0.13, top), (0.0, girdle), (0.21, girdle)), mix(stone, tones.middle, 0.4), opacity=0.7)
    for angle in range(0, 180, 45):
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        length = 0.13 if angle % 90 == 0 else 0.06
        pen.fill(
            polygon(
                (0.1 - length * c, -0.9 - length * s),
                (0.1 + 0.006 * s, -0.9 - 0.006 * c),
                (0.1 + length * c, -0.9 + length * s),
                (0.1 - 0.006 * s, -0.9 + 0.006 * c),
            ),
            WHITE,
            opacity=0.9,
        )
    pen.glow(0.1, -0.9, 0.16, (255, 255, 255), 0.7)

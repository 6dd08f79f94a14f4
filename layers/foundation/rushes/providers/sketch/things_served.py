"""What is drunk, and what is put on the skin: drawn standing on (0, 0), about one unit in size."""

import math

from rushes.providers.sketch.colour import BLACK, WHITE, luminance, mix, parse, saturation
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
    star,
)
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def cup(pen: Pen, tones: Tones) -> None:
    """A cup of coffee on its saucer."""
    clay = under(
        tones, tones.trim if saturation(tones.product) < 0.1 else mix(tones.product, tones.trim, 0.12)
    )
    plate = under(tones, tones.trim)
    pen.fill(ellipse(0, -0.03, 0.50, 0.075), mix(plate, BLACK, 0.35))
    pen.fill(ellipse(0, -0.045, 0.50, 0.075), mix(plate, WHITE, 0.3), mix(plate, BLACK, 0.2), volume=0.4)
    pen.fill(ellipse(0, -0.05, 0.30, 0.042), mix(plate, BLACK, 0.3), mix(plate, WHITE, 0.1))
    handle = spline("0.27,-0.46 0.40,-0.51 0.475,-0.42 0.44,-0.29 0.33,-0.20 0.24,-0.19", closed=False)
    pen.fill(
        ribbon(handle, (0.075, 0.06, 0.05, 0.06)), mix(clay, WHITE, 0.1), mix(clay, BLACK, 0.35), volume=1.0
    )
    wall = spline(
        "-0.33,-0.56 -0.33,-0.56 -0.325,-0.40 -0.28,-0.21 -0.19,-0.085 -0.13,-0.06 0.13,-0.06 "
        "0.19,-0.085 0.28,-0.21 0.325,-0.40 0.33,-0.56 0.33,-0.56"
    )
    pen.fill(wall, mix(clay, WHITE, 0.15), mix(clay, BLACK, 0.25), volume=0.95)
    pen.fill(
        box(-0.35, -0.375, 0.35, -0.30),
        tones.trim if clay != plate else tones.accent,
        opacity=0.85,
        within=wall,
    )
    rim = ellipse(0, -0.56, 0.33, 0.072)
    pen.fill(rim, mix(clay, WHITE, 0.45), mix(clay, WHITE, 0.1))
    pen.fill(ellipse(0, -0.555, 0.30, 0.058), mix(clay, BLACK, 0.45), mix(clay, BLACK, 0.1))
    coffee = ellipse(0, -0.548, 0.29, 0.050)
    pen.fill(coffee, under(tones, parse("#3c1f12")), under(tones, parse("#8a5430")))
    pen.line(arc(-0.02, -0.548, 0.20, 0.030, 20, 330), 0.014, under(tones, parse("#e8cfa8")), 0.75)
    pen.fill(
        spline("-0.10,-0.548 -0.03,-0.566 0.03,-0.556 0.10,-0.566 0.06,-0.54 0.0,-0.528"),
        under(tones, parse("#f3e2c4")),
        opacity=0.9,
    )
    pen.sheen(spline("-0.285,-0.50 -0.245,-0.49 -0.235,-0.33 -0.20,-0.20 -0.245,-0.26 -0.285,-0.40"), 0.6)


def perfume(pen: Pen, tones: Tones) -> None:
    """A cut flacon with a gold collar and a heavy stopper."""
    juice = mix(tones.product, parse("#f2b36b"), 0.25) if luminance(tones.product) > 40 else parse("#e0a04c")
    gold = under(tones, parse("#eac06a"))
    outer = spline(
        "-0.31,0 -0.31,0 -0.345,-0.06 -0.345,-0.50 -0.345,-0.50 -0.30,-0.565 -0.30,-0.565 "
        "0.30,-0.565 0.30,-0.565 0.345,-0.50 0.345,-0.50 0.345,-0.06 0.31,0 0.31,0",
        steps=6,
    )
    glass = mix(mix(tones.middle, WHITE, 0.45), juice, 0.15)
    pen.fill(outer, mix(glass, WHITE, 0.35), mix(glass, tones.top, 0.45), opacity=0.92)
    inner = box(-0.285, -0.50, 0.285, -0.055, 0.03)
    pen.fill(inner, mix(juice, WHITE, 0.22), mix(juice, BLACK, 0.4), volume=0.5)
    pen.fill(box(-0.285, -0.50, 0.285, -0.44, 0.02), mix(glass, WHITE, 0.35), opacity=0.8)
    pen.fill(ellipse(0, -0.44, 0.285, 0.012), mix(juice, WHITE, 0.6))
    for facet, strength in (
        ("-0.345,-0.50 -0.285,-0.48 -0.285,-0.07 -0.345,-0.06", 0.55),
        ("-0.31,0 -0.285,-0.055 0.285,-0.055 0.31,0", 0.4),
    ):
        pen.sheen(points(facet), strength, (1, 0.3))
    pen.fade(points("0.345,-0.50 0.285,-0.48 0.285,-0.07 0.345,-0.06"), BLACK, 0.1, 0.45, (1, 0))
    pen.line(points("0.005,-0.44 0.005,-0.09"), 0.006, WHITE, 0.25)
    pen.fill(
        box(-0.155, -0.365, 0.155, -0.16, 0.008),
        mix(tones.trim, WHITE, 0.4),
        mix(tones.trim, gold, 0.3),
        opacity=0.94,
    )
    pen.line(box(-0.14, -0.35, 0.14, -0.175)[[0, 1, 2, 3, 0]], 0.005, gold)
    pen.fill(star(0, -0.285, 0.045, 4, 0.3, math.pi / 4), mix(gold, BLACK, 0.25))
    pen.fill(box(-0.085, -0.215, 0.085, -0.203, 0.003), mix(gold, BLACK, 0.45))
    pen.fill(
        box(-0.12, -0.635, 0.12, -0.56, 0.012),
        mix(gold, WHITE, 0.35),
        mix(gold, BLACK, 0.4),
        along=(1, 0.2),
        volume=0.5,
    )
    pen.fill(
        box(-0.10, -0.665, 0.10, -0.63, 0.008), mix(gold, BLACK, 0.35), mix(gold, WHITE, 0.4), along=(1, 0)
    )
    stopper = mix(mix(tones.top, tones.product, 0.2), BLACK, 0.5)
    cap = spline(
        "-0.155,-0.66 -0.155,-0.66 -0.18,-0.72 -0.18,-0.93 -0.15,-0.99 0.15,-0.99 0.18,-0.93 "
        "0.18,-0.72 0.155,-0.66 0.155,-0.66",
        steps=6,
    )
    pen.fill(cap, mix(stopper, WHITE, 0.28), stopper, along=(0.8, 1), volume=0.8)
    pen.sheen(points("-0.145,-0.97 -0.085,-0.97 -0.085,-0.70 -0.145,-0.71"), 0.65)
    pen.sheen(points("0.11,-0.96 0.125,-0.96 0.125,-0.72 0.11,-0.72"), 0.4)
    pen.sheen(points("-0.24,-0.42 -0.185,-0.42 -0.185,-0.12 -0.24,-0.10"), 0.45)
    pen.sheen(points("0.225,-0.43 0.24,-0.43 0.24,-0.12 0.225,-0.12"), 0.5)


def bottle(pen: Pen, tones: Tones) -> None:
    """A bottle with a label; what is in it shines through."""
    glass = under(tones, mix(tones.product, tones.middle, 0.12))
    gold = under(tones, parse("#dcbf7c"))
    body = spline(
        "-0.175,0 -0.175,0 -0.19,-0.05 -0.19,-0.52 -0.16,-0.62 -0.085,-0.70 -0.065,-0.78 "
        "-0.065,-0.92 -0.065,-0.92 0.065,-0.92 0.065,-0.92 0.065,-0.78 0.085,-0.70 0.16,-0.62 "
        "0.19,-0.52 0.19,-0.05 0.175,0 0.175,0"
    )
    pen.fill(body, mix(glass, WHITE, 0.3), mix(glass, BLACK, 0.3), volume=0.6)
    pen.fill(
        box(-0.165, -0.60, 0.165, -0.03, 0.03),
        mix(glass, WHITE, 0.12),
        mix(glass, BLACK, 0.45),
        along=(1, 0),
        opacity=0.75,
        within=body,
    )
    pen.fill(ellipse(0, -0.60, 0.15, 0.015), mix(glass, WHITE, 0.6), opacity=0.6)
    _label(pen, tones, body)
    pen.fill(box(-0.072, -0.80, 0.072, -0.745), gold, mix(gold, BLACK, 0.4), along=(1, 0))
    pen.fill(
        box(-0.08, -1.0, 0.08, -0.91, 0.014),
        mix(gold, WHITE, 0.3),
        mix(gold, BLACK, 0.45),
        along=(1, 0),
        volume=0.5,
    )
    for at in range(7):
        pen.line(
            polygon((-0.07 + at * 0.0233, -0.99), (-0.07 + at * 0.0233, -0.92)),
            0.004,
            mix(gold, BLACK, 0.5),
            0.6,
        )
    pen.sheen(
        spline(
            "-0.155,-0.05 -0.155,-0.50 -0.13,-0.60 -0.05,-0.71 -0.04,-0.88 -0.05,-0.88 "
            "-0.075,-0.70 -0.165,-0.60 -0.17,-0.3"
        ),
        0.7,
    )
    pen.sheen(points("-0.155,-0.52 -0.115,-0.52 -0.115,-0.03 -0.155,-0.03"), 0.42)
    pen.sheen(points("0.145,-0.52 0.16,-0.52 0.16,-0.03 0.145,-0.03"), 0.5)
    for x, y in points(
        "-0.07,-0.52 0.03,-0.545 0.10,-0.49 -0.12,-0.09 0.02,-0.08 0.12,-0.10 0.08,-0.57 -0.03,-0.64"
    ).tolist():
        pen.fill(ellipse(x, y, 0.011, 0.014), mix(glass, WHITE, 0.4), opacity=0.8)
        pen.fill(ellipse(x - 0.003, y - 0.004, 0.004), WHITE)


def _label(pen: Pen, tones: Tones, body: Outline) -> None:
    label = box(-0.19, -0.44, 0.19, -0.13)
    paper = under(tones, mix(tones.trim, WHITE, 0.2))
    pen.fill(label, paper, mix(paper, BLACK, 0.25), along=(1, 0), within=body)
    pen.fill(box(-0.19, -0.425, 0.19, -0.415), tones.accent, within=body)
    pen.fill(box(-0.19, -0.155, 0.19, -0.145), tones.accent, within=body)
    pen.fill(ellipse(-0.005, -0.325, 0.062), tones.accent, mix(tones.accent, BLACK, 0.3))
    pen.fill(star(-0.005, -0.325, 0.038, 5, 0.42, -math.pi / 2), paper)
    for y, wide in ((-0.235, 0.105), (-0.205, 0.07)):
        pen.fill(box(-wide, y, wide - 0.01, y + 0.014, 0.004), mix(paper, BLACK, 0.75))


def can(pen: Pen, tones: Tones) -> None:
    """A beverage can with a bold label and cold drops on it."""
    main, metal = under(tones, tones.product), under(tones, parse("#d5dae0"))
    body = spline(
        "-0.20,-0.015 -0.235,-0.07 -0.24,-0.12 -0.24,-0.12 -0.24,-0.84 -0.24,-0.84 "
        "-0.235,-0.87 -0.19,-0.95 -0.19,-0.95 0.19,-0.95 0.19,-0.95 0.235,-0.87 0.24,-0.84 "
        "0.24,-0.84 0.24,-0.12 0.24,-0.12 0.235,-0.07 0.20,-0.015 0.20,-0.015 0,0.0"
    )
    pen.fill(body, mix(metal, WHITE, 0.2), mix(metal, BLACK, 0.4), along=(1, 0))
    pen.fill(
        box(-0.25, -0.87, 0.25, -0.085),
        mix(main, WHITE, 0.2),
        mix(main, BLACK, 0.45),
        along=(1, 0),
        within=body,
    )
    wave = spline(
        "-0.25,-0.30 -0.25,-0.30 -0.10,-0.44 0.05,-0.36 0.25,-0.56 0.25,-0.56 0.25,-0.36 "
        "0.25,-0.36 0.06,-0.22 -0.08,-0.28 -0.25,-0.14 -0.25,-0.14"
    )
    pen.fill(wave, tones.trim, mix(tones.trim, BLACK, 0.25), along=(1, 0), within=body)
    bolt = points("0.05,-0.82 -0.12,-0.56 -0.015,-0.56 -0.07,-0.36 0.12,-0.64 0.01,-0.64")
    pen.fill(moved(bolt, 0.008, 0.01), BLACK, opacity=0.35)
    pen.fill(bolt, mix(tones.second, WHITE, 0.75), tones.trim)
    pen.fill(ellipse(0, -0.95, 0.195, 0.032), mix(metal, WHITE, 0.6), mix(metal, BLACK, 0.2))
    pen.fill(ellipse(0, -0.948, 0.17, 0.024), mix(metal, BLACK, 0.35), metal)
    pen.fill(ellipse(0.02, -0.953, 0.06, 0.010), mix(metal, WHITE, 0.7))
    pen.sheen(points("-0.19,-0.87 -0.13,-0.87 -0.13,-0.06 -0.19,-0.05"), 0.62)
    pen.sheen(points("0.175,-0.87 0.195,-0.87 0.195,-0.06 0.175,-0.06"), 0.35)
    for at in range(26):
        x, y = -0.21 + (at * 0.137) % 0.42, -0.83 + (at * 0.291) % 0.72
        size = 0.007 + 0.006 * ((at * 7) % 5) / 4
        pen.fill(ellipse(x, y, size, size * 1.25, 16), mix(main, BLACK, 0.35), opacity=0.5)
        pen.fill(
            ellipse(x - size * 0.15, y - size * 0.2, size * 0.8, size, 16),
            mix(main, WHITE, 0.6),
            opacity=0.75,
        )
        pen.fill(ellipse(x - size * 0.35, y - size * 0.45, size * 0.28, corners=10), WHITE)


def jar(pen: Pen, tones: Tones) -> None:
    """A cosmetic jar with a swirl of cream beside its lid."""
    main, gold = under(tones, mix(tones.product, tones.trim, 0.25)), under(tones, parse("#e6c789"))
    body = box(-0.40, -0.44, 0.40, 0.0, 0.10)
    pen.fill(body, mix(main, WHITE, 0.5), mix(main, BLACK, 0.1), along=(1, 0.3), volume=0.7)
    pen.fill(
        box(-0.33, -0.40, 0.33, -0.06, 0.07),
        mix(main, WHITE, 0.1),
        mix(main, BLACK, 0.3),
        along=(1, 0.2),
        opacity=0.8,
    )
    pen.fill(box(-0.21, -0.31, 0.21, -0.14, 0.01), WHITE, opacity=0.92)
    pen.fill(star(0, -0.255, 0.035, 6, 0.4), tones.accent)
    pen.fill(box(-0.12, -0.195, 0.12, -0.182, 0.004), mix(tones.near, BLACK, 0.3))
    pen.fill(box(-0.07, -0.17, 0.07, -0.162, 0.004), mix(tones.near, BLACK, 0.1))
    pen.fill(ellipse(0, -0.44, 0.37, 0.06), mix(main, BLACK, 0.3))
    pen.fill(
        box(-0.42, -0.64, 0.42, -0.44, 0.035),
        mix(gold, WHITE, 0.45),
        mix(gold, BLACK, 0.35),
        along=(1, 0.2),
        volume=0.6,
    )
    pen.fill(ellipse(0, -0.635, 0.41, 0.055), mix(gold, WHITE, 0.55), gold)
    for at in range(22):
        x = -0.40 + at * 0.038
        pen.line(polygon((x, -0.58), (x, -0.46)), 0.004, mix(gold, BLACK, 0.4), 0.4)
    cream = spline(
        "-0.24,-0.645 -0.27,-0.70 -0.16,-0.76 -0.20,-0.80 -0.06,-0.84 -0.02,-0.95 0.05,-0.86 "
        "0.14,-0.81 0.12,-0.76 0.24,-0.71 0.23,-0.645 0,-0.62"
    )
    pen.fill(cream, WHITE, under(tones, mix(WHITE, tones.accent, 0.18)), volume=0.9)
    for y, wide in ((-0.70, 0.20), (-0.775, 0.13)):
        pen.line(arc(0, y - 0.03, wide, 0.045, 15, 165), 0.014, mix(WHITE, tones.near, 0.25), 0.7)
    pen.sheen(points("-0.35,-0.40 -0.28,-0.40 -0.28,-0.05 -0.35,-0.06"), 0.7)
    pen.sheen(points("0.31,-0.40 0.33,-0.40 0.33,-0.06 0.31,-0.06"), 0.5)

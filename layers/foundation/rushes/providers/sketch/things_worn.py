"""What people wear and carry, drawn standing on (0, 0), about one unit in size."""

from rushes.providers.sketch.colour import BLACK, WHITE, mix, parse
from rushes.providers.sketch.outline import (
    Outline,
    arc,
    box,
    ellipse,
    limb,
    moved,
    points,
    polygon,
    ribbon,
    spline,
)
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def sneaker(pen: Pen, tones: Tones) -> None:
    """A running shoe from its outer side, toe to the right."""
    main, trim = under(tones, tones.product), under(tones, tones.trim)
    dark = mix(main, BLACK, 0.55)
    upper = spline(
        "-0.46,-0.10 -0.485,-0.24 -0.47,-0.37 -0.455,-0.425 -0.42,-0.42 -0.34,-0.355 "
        "-0.24,-0.37 -0.165,-0.43 -0.15,-0.43 0.02,-0.325 0.15,-0.245 0.30,-0.205 0.43,-0.155 "
        "0.485,-0.09 0.47,-0.055 0.47,-0.055 0.0,-0.07 -0.46,-0.08"
    )
    tongue = spline("-0.22,-0.36 -0.235,-0.47 -0.20,-0.525 -0.135,-0.50 -0.05,-0.37 -0.1,-0.32")
    pen.fill(spline("-0.45,-0.40 -0.33,-0.45 -0.19,-0.46 -0.2,-0.35 -0.35,-0.33"), dark)
    pen.fill(tongue, mix(main, WHITE, 0.12), mix(main, BLACK, 0.35), volume=0.8)
    pen.fill(box(-0.205, -0.505, -0.15, -0.45, 0.02), trim, opacity=0.9)
    pen.fill(upper, mix(main, WHITE, 0.16), mix(main, BLACK, 0.28), volume=0.85)
    _overlays(pen, tones, upper)
    _laces(pen, tones)
    _sole(pen, tones)
    pen.sheen(spline("-0.44,-0.22 -0.45,-0.38 -0.42,-0.36 -0.40,-0.2"), 0.35, (0, 1))
    shine = spline("0.17,-0.228 0.30,-0.193 0.41,-0.155 0.39,-0.13 0.28,-0.165")
    pen.sheen(shine, 0.45, (0, 1), within=upper)


def _overlays(pen: Pen, tones: Tones, upper: Outline) -> None:
    """The knitted vamp, toe cap, heel and side stripes."""
    main, trim, pop = (under(tones, c) for c in (tones.product, tones.trim, tones.second))
    dark = mix(main, BLACK, 0.55)
    for row in range(5):
        for column in range(9):
            x, y = 0.06 + column * 0.036 + row * 0.012, -0.235 + row * 0.026 + column * 0.008
            pen.fill(ellipse(x, y, 0.007, 0.005, 10), dark, opacity=0.55, within=upper)
    toe = spline("0.27,-0.04 0.30,-0.13 0.39,-0.165 0.52,-0.14 0.52,-0.02 0.4,-0.02")
    pen.fill(toe, mix(main, BLACK, 0.12), mix(main, BLACK, 0.45), within=upper)
    pen.line(arc(0.43, -0.02, 0.155, 0.125, 180, 262), 0.008, trim, opacity=0.6)
    heel = spline("-0.52,-0.05 -0.52,-0.32 -0.40,-0.30 -0.30,-0.13 -0.26,-0.05")
    pen.fill(heel, pop, mix(pop, BLACK, 0.35), within=upper, volume=0.5)
    stripe = spline("-0.30,-0.07 -0.17,-0.12 0.02,-0.235 0.10,-0.285 0.155,-0.25 0.04,-0.15 -0.12,-0.07")
    pen.fill(stripe, trim, mix(trim, main, 0.25), within=upper)
    pen.fill(moved(stripe, 0.115, 0.035), trim, opacity=0.8, within=upper)
    seam = spline("-0.46,-0.27 -0.37,-0.26 -0.30,-0.20 -0.24,-0.10", closed=False)
    pen.line(seam, 0.006, trim, 0.5)


def _laces(pen: Pen, tones: Tones) -> None:
    main, trim = under(tones, tones.product), under(tones, tones.trim)
    dark = mix(main, BLACK, 0.55)
    lace_bed = spline("-0.18,-0.44 -0.12,-0.45 0.16,-0.27 0.19,-0.225 0.13,-0.215 -0.13,-0.37")
    pen.fill(lace_bed, mix(main, BLACK, 0.2), mix(main, BLACK, 0.4), volume=0.4)
    for at in range(5):
        x, y = -0.125 + at * 0.062, -0.415 + at * 0.041
        pen.fill(
            limb((x - 0.035, y + 0.045), (x + 0.04, y - 0.005), 0.0125, 0.0125),
            trim,
            mix(trim, BLACK, 0.25),
            volume=0.6,
        )
        pen.fill(ellipse(x - 0.036, y + 0.05, 0.009, 0.009, 12), dark)
    loop = spline("-0.16,-0.45 -0.24,-0.50 -0.28,-0.44 -0.20,-0.42", closed=False)
    pen.line(loop, 0.016, trim)
    collar = spline("-0.455,-0.425 -0.42,-0.42 -0.34,-0.355 -0.24,-0.37 -0.17,-0.43", closed=False)
    pen.line(collar, 0.022, dark)


def _sole(pen: Pen, tones: Tones) -> None:
    trim, main = under(tones, tones.trim), under(tones, tones.product)
    foam = spline(
        "-0.51,-0.135 -0.51,-0.135 -0.25,-0.105 0.05,-0.085 0.30,-0.075 0.495,-0.10 "
        "0.515,-0.065 0.47,-0.02 0.38,0.0 0.38,0.0 -0.44,0.0 -0.44,0.0 -0.50,-0.03 "
        "-0.525,-0.09"
    )
    pen.fill(foam, mix(trim, WHITE, 0.25), mix(trim, BLACK, 0.34), volume=0.5)
    pen.line(
        spline("-0.515,-0.085 -0.2,-0.06 0.2,-0.045 0.5,-0.06", closed=False),
        0.008,
        main,
        opacity=0.85,
    )
    for at in range(5):
        pen.fill(ellipse(-0.42 + at * 0.062, -0.052, 0.021, 0.017, 20), mix(trim, BLACK, 0.42), opacity=0.75)
        pen.fill(ellipse(-0.42 + at * 0.062, -0.047, 0.017, 0.011, 20), mix(main, BLACK, 0.1), opacity=0.9)
    pen.fill(box(-0.46, -0.022, 0.42, 0.004, 0.01), mix(main, BLACK, 0.62), within=foam)
    for at in range(12):
        pen.fill(box(-0.43 + at * 0.07, -0.01, -0.40 + at * 0.07, 0.006), BLACK, opacity=0.6)


def backpack(pen: Pen, tones: Tones) -> None:
    """A hiking pack from the front, its straps behind."""
    main, trim, pop = (under(tones, c) for c in (tones.product, tones.trim, tones.second))
    dark, pale = mix(main, BLACK, 0.5), mix(main, WHITE, 0.18)
    for side in (-1, 1):
        strap = spline(
            [(0.20 * side, -0.86), (0.36 * side, -0.80), (0.40 * side, -0.45), (0.33 * side, -0.12)],
            closed=False,
        )
        pen.line(strap, 0.065, dark, volume=0.8)
    pen.fill(ribbon(arc(0, -0.94, 0.09, 0.075, 180, 360), 0.032), dark, volume=0.6)
    pen.fill(
        limb((-0.30, -0.985), (0.30, -0.985), 0.075, 0.075), pop, mix(pop, BLACK, 0.4), volume=0.8
    )  # the rolled mat
    for x in (-0.17, 0.17):
        pen.fill(box(x - 0.018, -1.065, x + 0.018, -0.88, 0.01), dark)
    body = spline(
        "-0.30,0.0 -0.345,-0.12 -0.33,-0.55 -0.29,-0.83 -0.18,-0.91 0.18,-0.91 0.29,-0.83 "
        "0.33,-0.55 0.345,-0.12 0.30,0.0"
    )
    pen.fill(body, pale, mix(main, BLACK, 0.35), volume=0.9)
    for side in (-1, 1):
        pouch = spline(
            [(0.27 * side, -0.04), (0.41 * side, -0.06), (0.42 * side, -0.30), (0.27 * side, -0.36)]
        )
        pen.fill(pouch, mix(main, BLACK, 0.12), dark, volume=0.8)
        if side > 0:
            pen.fill(
                box(0.31, -0.52, 0.40, -0.26, 0.03), mix(trim, pop, 0.25), mix(trim, BLACK, 0.4), volume=0.9
            )
            pen.fill(box(0.325, -0.56, 0.385, -0.51, 0.015), dark)
        pen.line(
            spline([(0.27 * side, -0.30), (0.35 * side, -0.27), (0.42 * side, -0.29)], closed=False),
            0.016,
            trim,
            0.8,
        )
    _flap_and_pocket(pen, tones)


def _flap_and_pocket(pen: Pen, tones: Tones) -> None:
    main, trim, pop = (under(tones, c) for c in (tones.product, tones.trim, tones.second))
    dark = mix(main, BLACK, 0.5)
    flap = spline(
        "-0.305,-0.60 -0.30,-0.80 -0.19,-0.92 0.19,-0.92 0.30,-0.80 0.305,-0.60 0.24,-0.545 -0.24,-0.545"
    )
    pen.fill(flap, mix(main, WHITE, 0.24), mix(main, BLACK, 0.18), volume=0.9)
    pocket = box(-0.225, -0.42, 0.225, -0.06, 0.09)
    pen.fill(moved(pocket, 0, 0.012), mix(main, BLACK, 0.6), opacity=0.7, soft=0.01)
    pen.fill(pocket, mix(main, WHITE, 0.1), mix(main, BLACK, 0.3), volume=0.8)
    pen.line(polygon((-0.20, -0.345), (0.20, -0.345)), 0.016, dark)
    pen.fill(box(0.165, -0.36, 0.185, -0.29, 0.008), trim)
    for x in (-0.145, 0.145):
        pen.fill(box(x - 0.021, -0.76, x + 0.021, -0.46, 0.008), mix(pop, BLACK, 0.1), mix(pop, BLACK, 0.45))
        pen.fill(box(x - 0.034, -0.545, x + 0.034, -0.495, 0.012), trim, mix(trim, BLACK, 0.45), volume=0.5)
    pen.fill(box(-0.07, -0.78, 0.07, -0.69, 0.018), trim, mix(trim, BLACK, 0.2))
    pen.fill(
        points("-0.045,-0.705 -0.01,-0.76 0.012,-0.73 0.025,-0.75 0.05,-0.705"),
        mix(main, BLACK, 0.2),
    )
    pen.sheen(
        spline("-0.26,-0.62 -0.26,-0.78 -0.17,-0.885 0.1,-0.89 -0.1,-0.80 -0.2,-0.66"),
        0.30,
    )


def handbag(pen: Pen, tones: Tones) -> None:
    """A leather bag with two handles and a clasp."""
    main, metal = under(tones, tones.product), under(tones, parse("#e2bd6b"))
    for lift, shade in ((0.03, 0.55), (0.0, 0.3)):
        pen.line(arc(0, -0.56 - lift, 0.21, 0.37, 180, 360), 0.042, mix(main, BLACK, shade), volume=0.8)
    body = spline(
        "-0.48,0.0 -0.48,0.0 -0.50,-0.10 -0.39,-0.60 -0.39,-0.60 0.39,-0.60 0.39,-0.60 "
        "0.50,-0.10 0.48,0.0 0.48,0.0"
    )
    pen.fill(body, mix(main, WHITE, 0.16), mix(main, BLACK, 0.42), volume=0.8)
    flap = spline(
        [
            (-0.40, -0.61),
            (-0.40, -0.61),
            (0.40, -0.61),
            (0.40, -0.61),
            (0.435, -0.38),
            (0.10, -0.27),
            (-0.10, -0.27),
            (-0.435, -0.38),
        ]
    )
    pen.fill(moved(flap, 0, 0.015), BLACK, opacity=0.35, soft=0.015)
    pen.fill(flap, mix(main, WHITE, 0.26), mix(main, BLACK, 0.2), volume=0.8)
    pen.line(
        spline("-0.40,-0.40 -0.10,-0.295 0.10,-0.295 0.40,-0.40", closed=False),
        0.006,
        mix(main, WHITE, 0.5),
        0.6,
    )
    for x in (-0.21, 0.21):
        pen.fill(ellipse(x, -0.575, 0.034), metal, mix(metal, BLACK, 0.5), volume=0.7)
        pen.fill(ellipse(x, -0.575, 0.016), mix(main, BLACK, 0.6))
    pen.fill(
        box(-0.065, -0.35, 0.065, -0.22, 0.02), mix(metal, WHITE, 0.35), mix(metal, BLACK, 0.45), volume=0.7
    )
    pen.fill(box(-0.03, -0.315, 0.03, -0.255, 0.012), mix(metal, BLACK, 0.35))
    pen.line(polygon((-0.46, -0.035), (0.46, -0.035)), 0.006, mix(main, WHITE, 0.5), 0.4)
    pen.sheen(spline("-0.36,-0.56 -0.05,-0.57 -0.14,-0.46 -0.36,-0.44"), 0.4)
    pen.sheen(spline("-0.44,-0.10 -0.41,-0.3 -0.36,-0.28 -0.38,-0.08"), 0.3)


def headphones(pen: Pen, tones: Tones) -> None:
    """Over-ear headphones standing on their cups, a little turned."""
    main, trim = under(tones, tones.product), under(tones, tones.trim)
    dark, metal = mix(main, BLACK, 0.55), under(tones, parse("#cfd4dc"))
    pen.line(arc(0, -0.42, 0.365, 0.52, 178, 362), 0.10, mix(main, BLACK, 0.25), volume=0.95)
    pen.line(arc(0, -0.42, 0.335, 0.485, 195, 345), 0.045, dark, volume=0.7)
    pen.line(arc(0, -0.42, 0.395, 0.552, 215, 300), 0.012, mix(WHITE, main, 0.3), opacity=0.55)
    for side in (-1, 1):
        pen.fill(
            box(0.352 * side - 0.028, -0.52, 0.352 * side + 0.028, -0.28, 0.02),
            metal,
            mix(metal, BLACK, 0.5),
            volume=0.7,
        )
        cushion = spline(
            [
                (0.15 * side, -0.30),
                (0.17 * side, -0.44),
                (0.27 * side, -0.47),
                (0.29 * side, -0.22),
                (0.26 * side, 0.01),
                (0.17 * side, -0.04),
            ]
        )
        pen.fill(cushion, mix(dark, WHITE, 0.12), mix(dark, BLACK, 0.4), volume=0.9)
        cup = spline(
            [
                (0.25 * side, -0.49),
                (0.36 * side, -0.46),
                (0.455 * side, -0.33),
                (0.46 * side, -0.15),
                (0.385 * side, -0.02),
                (0.26 * side, 0.015),
                (0.235 * side, -0.24),
            ]
        )
        pen.fill(cup, mix(main, WHITE, 0.2), mix(main, BLACK, 0.4), volume=0.95)
        plate = spline(
            [
                (0.33 * side, -0.38),
                (0.415 * side, -0.30),
                (0.42 * side, -0.17),
                (0.355 * side, -0.09),
                (0.315 * side, -0.23),
            ]
        )
        pen.fill(plate, trim, mix(trim, BLACK, 0.45), volume=0.5)
        pen.fill(ellipse(0.372 * side, -0.235, 0.022, 0.034), main, mix(main, BLACK, 0.4))
        pen.sheen(
            spline([(0.28 * side, -0.46), (0.36 * side, -0.44), (0.43 * side, -0.34), (0.36 * side, -0.41)]),
            0.55,
        )
    pen.fill(ellipse(0.40, -0.06, 0.012), (90, 255, 170))
    pen.glow(0.40, -0.06, 0.06, (90, 255, 170), 0.5)


def shirt(pen: Pen, tones: Tones) -> None:
    """A shirt as a shop hangs it."""
    main, trim = under(tones, tones.product), under(tones, tones.trim)
    pen.line(arc(0, -0.985, 0.03, 0.05, 150, 400), 0.014, under(tones, parse("#c9c6c0")))
    pen.line(
        spline("-0.24,-0.84 0,-0.935 0.24,-0.84", closed=False),
        0.03,
        under(tones, parse("#8a5f3c")),
        volume=0.7,
    )
    pen.fill(ellipse(0, -0.86, 0.13, 0.06), mix(main, BLACK, 0.6))
    cloth = spline(
        "-0.13,-0.89 -0.13,-0.89 -0.27,-0.83 -0.37,-0.75 -0.50,-0.50 -0.50,-0.50 -0.36,-0.42 "
        "-0.36,-0.42 -0.285,-0.56 -0.27,-0.30 -0.29,0.0 -0.29,0.0 0.0,0.02 0.29,0.0 0.29,0.0 "
        "0.27,-0.30 0.285,-0.56 0.36,-0.42 0.36,-0.42 0.50,-0.50 0.50,-0.50 0.37,-0.75 "
        "0.27,-0.83 0.13,-0.89 0.13,-0.89 0.0,-0.805"
    )
    pen.fill(cloth, mix(main, WHITE, 0.14), mix(main, BLACK, 0.25), volume=0.9)
    pen.line(arc(0, -0.895, 0.135, 0.095, 0, 180), 0.028, mix(main, BLACK, 0.3))
    for side in (-1, 1):
        pen.line(
            spline([(0.29 * side, -0.78), (0.265 * side, -0.66), (0.285 * side, -0.54)], closed=False),
            0.007,
            mix(main, BLACK, 0.45),
            0.6,
        )
        fold = spline(
            [
                (0.2 * side, -0.5),
                (0.235 * side, -0.3),
                (0.16 * side, -0.02),
                (0.13 * side, -0.02),
                (0.19 * side, -0.3),
            ]
        )
        pen.fade(fold, BLACK, 0.05, 0.3)
        pen.line(polygon((0.47 * side, -0.53), (0.345 * side, -0.455)), 0.02, trim, 0.85)
    pen.fill(ellipse(0, -0.50, 0.105), trim, mix(trim, BLACK, 0.15))
    pen.fill(
        ellipse(0, -0.50, 0.105),
        mix(main, BLACK, 0.3),
        within=points("-0.2,-0.49 0.2,-0.56 0.2,-0.3 -0.2,-0.3"),
    )

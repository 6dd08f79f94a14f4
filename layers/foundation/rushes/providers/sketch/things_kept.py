"""What stands at home or moves outdoors without a motor, drawn standing on (0, 0), about one unit in size."""

import math

from rushes.providers.sketch.colour import BLACK, WHITE, mix, parse, turn
from rushes.providers.sketch.outline import arc, box, ellipse, limb, points, polygon, ribbon, spline, star
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def book(pen: Pen, tones: Tones) -> None:
    """A hardback standing a little turned, a ribbon in it."""
    main, gold, paper = (
        under(tones, tones.product),
        under(tones, parse("#ecc878")),
        under(tones, parse("#f6efdf")),
    )
    pen.fill(points("0.25,-0.93 0.37,-0.97 0.37,-0.07 0.25,0.0"), mix(main, BLACK, 0.55))
    pen.fill(points("0.25,-0.91 0.345,-0.945 0.345,-0.075 0.25,-0.02"), paper, mix(paper, BLACK, 0.3))
    for at in range(6):
        x = 0.262 + at * 0.014
        pen.line(
            polygon((x, -0.91 - at * 0.005), (x, -0.03 - at * 0.008)), 0.003, mix(paper, BLACK, 0.35), 0.7
        )
    pen.fill(points("-0.37,-0.95 -0.25,-1.0 0.37,-0.97 0.25,-0.93"), paper, mix(paper, BLACK, 0.15))
    cover = points("-0.37,-0.95 0.25,-0.93 0.25,0.0 -0.37,-0.0")
    pen.fill(cover, mix(main, WHITE, 0.15), mix(main, BLACK, 0.35), along=(0.6, 1))
    pen.fill(points("-0.37,-0.95 -0.30,-0.948 -0.30,0.0 -0.37,0.0"), BLACK, opacity=0.28)
    pen.line(points("-0.255,-0.90 0.205,-0.885 0.205,-0.05 -0.255,-0.05 -0.255,-0.90"), 0.009, gold)
    pen.fill(ellipse(-0.025, -0.57, 0.135), gold, mix(gold, BLACK, 0.3), along=(0.5, 1))
    pen.fill(ellipse(-0.025, -0.57, 0.12), mix(main, BLACK, 0.4))
    pen.fill(star(-0.025, -0.57, 0.095, 8, 0.42), gold, mix(gold, WHITE, 0.4))
    for y, wide in ((-0.82, 0.17), (-0.77, 0.11), (-0.27, 0.14), (-0.16, 0.09)):
        pen.fill(box(-0.025 - wide, y, -0.025 + wide, y + 0.024, 0.006), gold)
    pen.fill(points("0.16,-0.935 0.19,-0.934 0.19,-0.70 0.175,-0.73 0.16,-0.70"), tones.second)
    pen.sheen(points("-0.30,-0.948 -0.10,-0.94 -0.30,-0.4"), 0.22, (0.6, 1))


def plant(pen: Pen, tones: Tones) -> None:
    """A leafy plant in a pot of the brand's colour."""
    pot, leaf = under(tones, tones.product), under(tones, parse("#3f8f52"))
    for at, (angle, length, size) in enumerate((
        (-78, 0.40, 0.30), (76, 0.42, 0.30), (-50, 0.55, 0.32), (52, 0.52, 0.33), (-24, 0.62, 0.33), (28, 0.64, 0.32),
        (2, 0.66, 0.36), (-62, 0.30, 0.26), (60, 0.28, 0.26),
    )):  # fmt: skip
        c, s = math.sin(math.radians(angle)), -math.cos(math.radians(angle))
        tip = (c * length * 0.62, -0.38 + s * length * 0.62)
        pen.line(
            spline([(0, -0.36), (c * length * 0.2, -0.38 + s * length * 0.42), tip], closed=False),
            0.014,
            mix(leaf, BLACK, 0.4),
        )
        blade = pen.at(tip[0], tip[1], size, angle + (8 if at % 2 else -8))
        shape = spline(
            "0,0.12 0,0.12 -0.26,-0.12 -0.30,-0.45 -0.16,-0.80 0,-1.0 0,-1.0 0.16,-0.80 0.30,-0.45 0.26,-0.12"
        )
        tone = turn(mix(leaf, WHITE, 0.06 * (at % 4)), at * 5 - 18)
        blade.fill(shape, mix(tone, WHITE, 0.18), mix(tone, BLACK, 0.4), along=(0.5, 1), volume=0.8)
        blade.line(points("0,0.1 0,-0.9"), 0.022, mix(tone, WHITE, 0.4), 0.7)
        for rib in range(4):
            for side in (-1, 1):
                blade.line(
                    polygon((0, -0.1 - rib * 0.18), (0.2 * side, -0.27 - rib * 0.17)),
                    0.012,
                    mix(tone, WHITE, 0.35),
                    0.5,
                )
    pen.fill(
        points("-0.235,-0.32 0.235,-0.32 0.17,0.0 -0.17,0.0"),
        mix(pot, WHITE, 0.15),
        mix(pot, BLACK, 0.35),
        along=(1, 0.3),
        volume=0.7,
    )
    pen.fill(
        box(-0.265, -0.395, 0.265, -0.305, 0.025),
        mix(pot, WHITE, 0.25),
        mix(pot, BLACK, 0.25),
        along=(1, 0.3),
        volume=0.5,
    )
    pen.fill(points("-0.222,-0.22 0.222,-0.22 0.208,-0.16 -0.208,-0.16"), tones.trim, opacity=0.85)


def present(pen: Pen, tones: Tones) -> None:
    """A product box in three faces, its badge on the front."""
    main, trim = under(tones, tones.product), under(tones, tones.trim)
    front, side = (
        points("-0.42,-0.70 0.16,-0.66 0.16,0.0 -0.42,-0.055"),
        points("0.16,-0.66 0.44,-0.73 0.44,-0.09 0.16,0.0"),
    )
    pen.fill(front, mix(main, WHITE, 0.16), mix(main, BLACK, 0.18), along=(0.5, 1))
    pen.fill(side, mix(main, BLACK, 0.42), mix(main, BLACK, 0.62))
    pen.fill(
        points("-0.42,-0.70 -0.12,-0.77 0.44,-0.73 0.16,-0.66"), mix(main, WHITE, 0.45), mix(main, WHITE, 0.2)
    )
    pen.fill(points("-0.19,-0.685 -0.07,-0.677 -0.07,-0.022 -0.19,-0.033"), trim, mix(trim, BLACK, 0.25))
    pen.fill(points("-0.19,-0.685 0.10,-0.754 0.19,-0.747 -0.07,-0.677"), mix(trim, WHITE, 0.3), trim)
    pen.fill(points("0.255,-0.683 0.335,-0.703 0.335,-0.055 0.255,-0.03"), mix(trim, BLACK, 0.45))
    pen.fill(
        ellipse(-0.13, -0.36, 0.15),
        mix(tones.accent, WHITE, 0.15),
        mix(tones.second, BLACK, 0.15),
        along=(0.5, 1),
        volume=0.4,
    )
    pen.line(arc(-0.13, -0.36, 0.15, 0.15, 0, 360), 0.012, mix(trim, WHITE, 0.4))
    pen.fill(star(-0.13, -0.36, 0.10, 5, 0.45, -math.pi / 2), WHITE, mix(trim, WHITE, 0.5))
    for side_of in (-1, 1):
        loop = pen.at(0.0, -0.735, 1.0, flip=side_of < 0)
        loop.fill(
            spline("0,0 0.05,-0.11 0.17,-0.15 0.21,-0.08 0.12,-0.02"),
            trim,
            mix(trim, BLACK, 0.35),
            volume=0.9,
        )
        loop.fill(spline("0.03,-0.01 0.07,-0.075 0.14,-0.095 0.155,-0.07 0.09,-0.025"), mix(trim, BLACK, 0.5))
    pen.fill(ellipse(0.0, -0.745, 0.04, 0.033), trim, mix(trim, BLACK, 0.3), volume=0.8)
    pen.sheen(points("-0.42,-0.70 -0.28,-0.69 -0.42,-0.25"), 0.35, (0.6, 1))


def chair(pen: Pen, tones: Tones) -> None:
    """An armchair on wooden legs."""
    cloth, wood = under(tones, tones.product), under(tones, parse("#8a5a34"))
    for x, lean in ((-0.34, -0.05), (0.34, 0.05)):
        pen.fill(limb((x, -0.18), (x + lean, -0.005), 0.028, 0.016), wood, mix(wood, BLACK, 0.4), volume=0.7)
    back = spline(
        "-0.36,-0.35 -0.40,-0.70 -0.36,-0.92 -0.22,-0.99 0.22,-0.99 0.36,-0.92 0.40,-0.70 0.36,-0.35"
    )
    pen.fill(back, mix(cloth, WHITE, 0.18), mix(cloth, BLACK, 0.3), volume=0.9)
    for x, y in ((-0.17, -0.80), (0, -0.80), (0.17, -0.80), (-0.085, -0.66), (0.085, -0.66)):
        pen.fill(ellipse(x, y, 0.03), mix(cloth, BLACK, 0.5), opacity=0.45, soft=0.012)
        pen.fill(ellipse(x, y, 0.012), mix(cloth, WHITE, 0.15), volume=0.8)
    pen.fill(
        box(-0.36, -0.48, 0.36, -0.30, 0.075), mix(cloth, WHITE, 0.24), mix(cloth, BLACK, 0.2), volume=0.9
    )
    pen.fill(
        box(-0.40, -0.33, 0.40, -0.15, 0.05), mix(cloth, BLACK, 0.12), mix(cloth, BLACK, 0.45), volume=0.7
    )
    for side in (-1, 1):
        arm = pen.at(0, 0, flip=side < 0)
        arm.fill(
            spline("0.33,-0.16 0.33,-0.50 0.37,-0.585 0.46,-0.58 0.49,-0.50 0.48,-0.16"),
            mix(cloth, WHITE, 0.12),
            mix(cloth, BLACK, 0.35),
            volume=1.0,
        )
    pillow = pen.at(0.13, -0.55, 1.0, 12)
    pillow.fill(
        spline("-0.15,-0.13 0,-0.115 0.15,-0.13 0.135,0 0.15,0.13 0,0.115 -0.15,0.13 -0.135,0"),
        tones.second,
        mix(tones.second, BLACK, 0.3),
        volume=0.9,
    )


def house(pen: Pen, tones: Tones) -> None:
    """A house with a gable, lights in its windows."""
    wall, roof, wood = under(tones, tones.trim), under(tones, tones.product), under(tones, parse("#7a4f2f"))
    pen.fill(box(0.20, -0.93, 0.31, -0.60), mix(roof, BLACK, 0.3), mix(roof, BLACK, 0.55))
    pen.fill(
        points("-0.40,-0.46 0,-0.82 0.40,-0.46 0.40,0 -0.40,0"), wall, mix(wall, BLACK, 0.25), along=(1, 0.4)
    )
    pen.fade(points("-0.40,-0.46 0,-0.80 0.40,-0.46 0.40,-0.38 0,-0.73 -0.40,-0.38"), BLACK, 0.4, 0.0)
    for side in (-1, 1):
        slope = pen.at(0, 0, flip=side < 0)
        slope.fill(
            points("0,-0.90 0.52,-0.44 0.475,-0.385 0,-0.805"),
            mix(roof, WHITE, 0.1 if side < 0 else 0.25),
            mix(roof, BLACK, 0.3),
            volume=0.4,
        )
    glow = parse("#ffdf9a") if tones.bright < 0.7 else mix(tones.middle, WHITE, 0.4)
    for x, y, w, h in ((-0.30, -0.33, 0.20, 0.18), (0.10, -0.33, 0.20, 0.18), (-0.075, -0.63, 0.15, 0.15)):
        pen.fill(box(x - 0.018, y - 0.018, x + w + 0.018, y + h + 0.018), mix(wall, WHITE, 0.6))
        pen.fill(box(x, y, x + w, y + h), mix(glow, WHITE, 0.2), mix(glow, tones.accent, 0.25))
        pen.fill(box(x + w / 2 - 0.006, y, x + w / 2 + 0.006, y + h), mix(wall, WHITE, 0.6))
        pen.fill(box(x, y + h / 2 - 0.006, x + w, y + h / 2 + 0.006), mix(wall, WHITE, 0.6))
        if tones.bright < 0.7:
            pen.glow(x + w / 2, y + h / 2, 0.2, glow, 0.45)
    pen.fill(box(-0.065, -0.27, 0.065, 0.0, 0.0), mix(wood, WHITE, 0.1), mix(wood, BLACK, 0.35))
    pen.fill(ellipse(0.04, -0.13, 0.011), parse("#f0d080"))
    for x, size in ((-0.36, 0.11), (-0.22, 0.08), (0.24, 0.09), (0.38, 0.12)):
        bush = under(tones, parse("#3f7d45"))
        pen.fill(
            spline(
                [
                    (x - size, 0.01),
                    (x - size * 0.8, -size),
                    (x, -size * 1.3),
                    (x + size * 0.8, -size),
                    (x + size, 0.01),
                ]
            ),
            mix(bush, WHITE, 0.1),
            mix(bush, BLACK, 0.4),
            volume=0.9,
        )


def ball(pen: Pen, tones: Tones) -> None:
    """A football."""
    leather, patch = under(tones, mix(tones.trim, WHITE, 0.5)), under(tones, mix(tones.product, BLACK, 0.15))
    whole = ellipse(0, -0.45, 0.45)
    pen.fill(whole, leather, mix(leather, BLACK, 0.15))
    spots = [(0.0, 0.0, 0.17, -90.0)] + [(0.335 * math.cos(a), 0.335 * math.sin(a), 0.13, math.degrees(a) + 180)
                                         for a in (math.radians(-90 + 72 * i) for i in range(5))]  # fmt: skip
    for at, (x, y, size, angle) in enumerate(spots):
        pen.fill(
            star(x, y - 0.45, size, 5, 0.83, math.radians(angle)),
            mix(patch, WHITE, 0.08),
            mix(patch, BLACK, 0.3),
            within=whole,
        )
        if at:
            pen.fill(
                ribbon(polygon((x * 0.48, y * 0.48 - 0.45), (x * 0.7, y * 0.7 - 0.45)), 0.012),
                mix(leather, BLACK, 0.5),
                within=whole,
            )
    for i in range(5):
        a, b = math.radians(-54 + 72 * i), math.radians(-54 + 72 * (i + 1))
        middle = math.radians(-54 + 72 * i)
        pen.fill(
            ribbon(
                polygon(
                    (0.29 * math.cos(middle), 0.29 * math.sin(middle) - 0.45),
                    (0.45 * math.cos(middle), 0.45 * math.sin(middle) - 0.45),
                ),
                0.010,
            ),
            mix(leather, BLACK, 0.5),
            within=whole,
        )
        for end in (a, b):
            corner = math.radians(-90 + 72 * (i + (0 if end == a else 1)))
            pen.fill(
                ribbon(
                    polygon(
                        (0.29 * math.cos(end), 0.29 * math.sin(end) - 0.45),
                        (0.27 * math.cos(corner), 0.27 * math.sin(corner) - 0.45),
                    ),
                    0.008,
                ),
                mix(leather, BLACK, 0.5),
                within=whole,
            )
    pen.fade(whole, BLACK, 0.0, 0.55, (0.4 if pen.sheet.light.x < 0 else -0.4, 1))
    pen.sheen(spline("-0.25,-0.68 -0.10,-0.82 0.08,-0.83 -0.08,-0.75"), 0.7)


def bicycle(pen: Pen, tones: Tones) -> None:
    """A bicycle, its front to the right."""
    paint, dark, steel = (
        under(tones, tones.product),
        under(tones, parse("#22252b")),
        under(tones, parse("#d4d8de")),
    )
    for x in (-0.36, 0.36):
        for spoke in range(14):
            a = spoke * math.pi / 7 + 0.2
            pen.line(
                polygon((x, -0.26), (x + 0.235 * math.cos(a), -0.26 + 0.235 * math.sin(a))), 0.004, steel, 0.7
            )
        pen.line(arc(x, -0.26, 0.245, 0.245, 0, 360, 72), 0.032, dark, volume=0.6)
        pen.line(arc(x, -0.26, 0.222, 0.222, 0, 360, 72), 0.010, steel)
        pen.fill(ellipse(x, -0.26, 0.022), steel, mix(steel, BLACK, 0.5))
    crank, seat, head = (-0.06, -0.25), (-0.17, -0.62), (0.25, -0.66)
    tubes = (
        ((-0.36, -0.26), crank, 0.012), ((-0.36, -0.26), (-0.155, -0.575), 0.011), (crank, seat, 0.017),
        (crank, (0.265, -0.60), 0.020), ((-0.15, -0.56), head, 0.017), ((0.235, -0.72), (0.29, -0.50), 0.018),
        ((0.29, -0.50), (0.36, -0.26), 0.013),
    )  # fmt: skip
    for start, end, radius in tubes:
        pen.fill(
            limb(start, end, radius, radius), mix(paint, WHITE, 0.22), mix(paint, BLACK, 0.3), volume=0.7
        )
    pen.fill(limb((-0.165, -0.60), (-0.195, -0.71), 0.011, 0.011), steel)
    pen.fill(
        spline("-0.31,-0.735 -0.24,-0.75 -0.10,-0.725 -0.06,-0.71 -0.14,-0.70 -0.24,-0.685 -0.30,-0.70"),
        dark,
        mix(dark, BLACK, 0.5),
        volume=0.8,
    )
    pen.fill(limb((0.235, -0.72), (0.225, -0.775), 0.012, 0.012), steel)
    pen.line(
        spline("0.21,-0.775 0.30,-0.785 0.37,-0.75 0.36,-0.68 0.30,-0.67", closed=False),
        0.024,
        dark,
        volume=0.7,
    )
    pen.fill(ellipse(*crank, 0.062), steel, mix(steel, BLACK, 0.5))
    pen.fill(ellipse(*crank, 0.045), dark)
    pen.line(polygon((-0.06, -0.312), (-0.36, -0.285)), 0.006, dark)
    pen.line(polygon((-0.06, -0.188), (-0.36, -0.235)), 0.006, dark)
    pen.fill(limb(crank, (0.0, -0.115), 0.013, 0.011), steel)
    pen.fill(limb((-0.03, -0.105), (0.04, -0.105), 0.012, 0.012), dark)
    pen.fill(limb(crank, (-0.12, -0.385), 0.012, 0.010), mix(steel, BLACK, 0.3))

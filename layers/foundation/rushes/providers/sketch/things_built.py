"""Devices and instruments, drawn standing on (0, 0), about one unit in size."""

import math

from rushes.providers.sketch.colour import BLACK, WHITE, mix, parse, turn
from rushes.providers.sketch.outline import Outline, arc, box, ellipse, moved, points, polygon, ribbon, spline
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under


def phone(pen: Pen, tones: Tones) -> None:
    """A phone from the front; on its screen is an app in the brand's colours."""
    body = under(tones, parse("#2a2d34"))
    pen.fill(box(-0.252, -0.78, -0.235, -0.62, 0.008), mix(body, WHITE, 0.25))
    pen.fill(box(0.235, -0.74, 0.254, -0.55, 0.008), mix(body, WHITE, 0.25))
    pen.fill(
        box(-0.245, -1.0, 0.245, 0.0, 0.075), mix(body, WHITE, 0.5), mix(body, BLACK, 0.3), along=(0.4, 1)
    )
    pen.fill(box(-0.236, -0.991, 0.236, -0.009, 0.068), BLACK)
    screen = box(-0.222, -0.977, 0.222, -0.023, 0.056)
    _app(pen, tones, screen)
    pen.fill(box(-0.06, -0.962, 0.06, -0.93, 0.016), BLACK)
    pen.fill(box(-0.07, -0.045, 0.07, -0.037, 0.004), WHITE, opacity=0.8)
    pen.sheen(points("-0.22,-0.98 0.06,-0.98 -0.22,-0.40"), 0.20, (0.6, 1), within=screen)


def _app(pen: Pen, tones: Tones, screen: Outline) -> None:
    accent, second = tones.accent, turn(tones.accent, 40)
    paper = mix(WHITE, tones.horizon, 0.10)
    pen.fill(screen, paper, mix(paper, tones.middle, 0.12))
    pen.fill(box(-0.23, -1.0, 0.23, -0.60, 0.0), accent, second, along=(0.7, 1), within=screen)
    pen.fill(ellipse(0.16, -0.92, 0.19), WHITE, opacity=0.13, within=screen)
    pen.fill(ellipse(-0.15, -0.865, 0.036), WHITE, opacity=0.95)
    pen.fill(ellipse(-0.15, -0.875, 0.013), accent)
    pen.fill(arc(-0.15, -0.845, 0.024, 0.02, 180, 360), accent)
    for y, wide, thick in ((-0.885, 0.15, 0.02), (-0.85, 0.10, 0.012)):
        pen.fill(box(-0.09, y, -0.09 + wide, y + thick, 0.006), WHITE, opacity=0.9)
    pen.fill(moved(box(-0.185, -0.77, 0.185, -0.50, 0.035), 0, 0.012), BLACK, opacity=0.25, soft=0.012)
    pen.fill(box(-0.185, -0.77, 0.185, -0.50, 0.035), WHITE)
    heights = (0.06, 0.105, 0.085, 0.15, 0.125, 0.185)
    for at, high in enumerate(heights):
        x = -0.15 + at * 0.053
        pen.fill(
            box(x, -0.53 - high, x + 0.032, -0.53, 0.012), accent if at == 5 else mix(accent, WHITE, 0.55)
        )
    for row in range(3):
        y = -0.455 + row * 0.115
        pen.fill(box(-0.185, y, 0.185, y + 0.095, 0.025), WHITE, mix(WHITE, paper, 0.5))
        pen.fill(
            box(-0.165, y + 0.018, -0.105, y + 0.078, 0.018), turn(accent, row * 55), turn(second, row * 55)
        )
        pen.fill(box(-0.08, y + 0.025, 0.05 + row * 0.02, y + 0.042, 0.006), mix(tones.near, BLACK, 0.3))
        pen.fill(box(-0.08, y + 0.056, 0.0, y + 0.068, 0.005), mix(tones.near, WHITE, 0.6))
        pen.fill(ellipse(0.15, y + 0.048, 0.014), mix(accent, WHITE, 0.3))
    pen.fill(ellipse(0.0, -0.078, 0.034), accent, second)
    pen.fill(box(-0.016, -0.081, 0.016, -0.075), WHITE)
    pen.fill(box(-0.003, -0.094, 0.003, -0.062), WHITE)


def laptop(pen: Pen, tones: Tones) -> None:
    """A laptop, open, with a dashboard on its screen."""
    metal = under(tones, mix(parse("#c9ced6"), tones.sun, 0.15))
    pen.fill(box(-0.475, -0.72, 0.475, -0.085, 0.03), mix(metal, WHITE, 0.3), mix(metal, BLACK, 0.35))
    pen.fill(box(-0.466, -0.711, 0.466, -0.09, 0.024), BLACK)
    screen = box(-0.448, -0.69, 0.448, -0.112, 0.006)
    accent, dark = tones.accent, mix(mix(tones.top, tones.accent, 0.12), BLACK, 0.45)
    pen.fill(screen, mix(dark, tones.middle, 0.25), dark)
    pen.fill(box(-0.448, -0.69, -0.345, -0.112), BLACK, opacity=0.3)
    for row in range(5):
        pen.fill(
            ellipse(-0.397, -0.635 + row * 0.095, 0.018),
            accent if row == 0 else WHITE,
            opacity=1 if row == 0 else 0.3,
        )
    pen.fill(box(-0.32, -0.655, -0.10, -0.625, 0.01), WHITE, opacity=0.85)
    for at in range(3):
        x = -0.32 + at * 0.252
        pen.fill(box(x, -0.59, x + 0.235, -0.47, 0.016), WHITE, opacity=0.10)
        pen.fill(box(x + 0.02, -0.565, x + 0.09, -0.553, 0.004), WHITE, opacity=0.5)
        pen.fill(box(x + 0.02, -0.535, x + 0.13, -0.50, 0.006), turn(accent, at * 45))
    pen.fill(box(-0.32, -0.445, 0.175, -0.14, 0.016), WHITE, opacity=0.10)
    curve = spline("-0.30,-0.21 -0.22,-0.26 -0.14,-0.235 -0.05,-0.32 0.03,-0.30 0.15,-0.41", closed=False)
    area = spline(
        "-0.30,-0.16 -0.30,-0.21 -0.22,-0.26 -0.14,-0.235 -0.05,-0.32 0.03,-0.30 0.15,-0.41 0.15,-0.16"
    )
    pen.fade(area, accent, 0.65, 0.0)
    pen.line(curve, 0.009, mix(accent, WHITE, 0.25))
    pen.fill(ellipse(0.15, -0.41, 0.013), WHITE)
    pen.fill(box(0.195, -0.445, 0.42, -0.14, 0.016), WHITE, opacity=0.10)
    for start, end, colour in ((-90, 120, accent), (125, 205, turn(accent, 60)), (210, 265, WHITE)):
        pen.line(arc(0.307, -0.293, 0.075, 0.075, start, end), 0.032, colour, opacity=0.95)
    pen.sheen(points("-0.448,-0.69 0.10,-0.69 -0.26,-0.112 -0.448,-0.112"), 0.13, (0.5, 1), within=screen)
    deck = points("-0.475,-0.09 0.475,-0.09 0.56,-0.022 -0.56,-0.022")
    pen.fill(deck, mix(metal, BLACK, 0.25), mix(metal, WHITE, 0.25))
    pen.fill(points("-0.40,-0.083 0.40,-0.083 0.445,-0.05 -0.445,-0.05"), mix(metal, BLACK, 0.72))
    for row in range(3):
        y, reach = -0.0785 + row * 0.0098, 0.41 + row * 0.013
        pen.line(polygon((-reach, y), (reach, y)), 0.0022, metal, 0.5)
    pen.fill(points("-0.12,-0.046 0.12,-0.046 0.128,-0.026 -0.128,-0.026"), mix(metal, BLACK, 0.15))
    pen.fill(box(-0.56, -0.024, 0.56, 0.0, 0.014), mix(metal, WHITE, 0.35), mix(metal, BLACK, 0.45))
    pen.fill(box(-0.09, -0.024, 0.09, -0.012, 0.006), mix(metal, BLACK, 0.4))


def camera(pen: Pen, tones: Tones) -> None:
    """A camera from the front."""
    skin, metal = under(tones, mix(tones.product, BLACK, 0.15)), under(tones, parse("#d3d6db"))
    pen.fill(
        box(-0.44, -0.665, -0.27, -0.59, 0.02), mix(metal, WHITE, 0.2), mix(metal, BLACK, 0.4), volume=0.5
    )
    pen.fill(box(0.22, -0.685, 0.34, -0.60, 0.02), mix(metal, WHITE, 0.2), mix(metal, BLACK, 0.5), volume=0.5)
    pen.fill(ellipse(-0.36, -0.665, 0.045, 0.014), tones.accent)
    pen.fill(
        points("-0.20,-0.60 -0.14,-0.73 0.14,-0.73 0.20,-0.60"),
        mix(metal, WHITE, 0.25),
        mix(metal, BLACK, 0.25),
    )
    pen.fill(box(-0.50, -0.62, 0.50, 0.0, 0.065), mix(metal, WHITE, 0.25), mix(metal, BLACK, 0.4), volume=0.4)
    grip = box(-0.50, -0.50, 0.50, -0.08, 0.0)
    pen.fill(grip, mix(skin, WHITE, 0.1), mix(skin, BLACK, 0.35), volume=0.4)
    for row in range(10):
        pen.line(polygon((-0.495, -0.485 + row * 0.043), (0.495, -0.485 + row * 0.043)), 0.004, BLACK, 0.2)
    pen.fill(box(-0.075, -0.695, 0.075, -0.625, 0.012), BLACK)
    pen.fill(
        box(0.31, -0.585, 0.44, -0.525, 0.012), mix(tones.horizon, WHITE, 0.5), mix(tones.top, BLACK, 0.2)
    )
    for radius, light, dark in (
        (0.30, 0.45, 0.35),
        (0.268, -0.75, -0.55),
        (0.245, -0.3, -0.85),
        (0.19, -0.85, -0.6),
    ):
        first, last = (mix(metal, WHITE if v > 0 else BLACK, abs(v)) for v in (light, dark))
        pen.fill(ellipse(0.02, -0.29, radius), first, last, along=(0.5, 1))
    glass = ellipse(0.02, -0.29, 0.165)
    pen.fill(glass, mix(tones.top, BLACK, 0.35), mix(tones.accent, BLACK, 0.45))
    pen.fill(ellipse(0.02, -0.29, 0.085), BLACK, mix(tones.top, BLACK, 0.5))
    pen.fill(ellipse(0.055, -0.235, 0.055, 0.045), turn(tones.accent, 120), opacity=0.35, within=glass)
    pen.sheen(spline("-0.10,-0.33 -0.07,-0.42 0.03,-0.44 -0.02,-0.37"), 0.75, (0.4, 1), within=glass)
    pen.fill(ellipse(0.09, -0.21, 0.014), WHITE, opacity=0.85)
    pen.line(arc(0.02, -0.29, 0.285, 0.285, 190, 280), 0.01, WHITE, 0.6)


def speaker(pen: Pen, tones: Tones) -> None:
    """A loudspeaker."""
    main, dark = under(tones, tones.product), parse("#17181c")
    pen.fill(box(-0.30, -1.0, 0.30, 0.0, 0.06), mix(main, WHITE, 0.15), mix(main, BLACK, 0.4), volume=0.7)
    pen.fill(box(-0.265, -0.965, 0.265, -0.035, 0.045), mix(main, BLACK, 0.35), mix(main, BLACK, 0.6))
    for y, radius in ((-0.74, 0.125), (-0.33, 0.225)):
        steps = ((1.0, 0.5), (0.90, 0.1), (0.78, 0.22), (0.62, 0.08))
        for share, pale in steps:
            pen.fill(
                ellipse(0, y, radius * share), mix(dark, WHITE, pale), mix(dark, BLACK, 0.3), along=(0.4, 1)
            )
        pen.fill(
            ellipse(0, y, radius * 0.30),
            mix(main, WHITE, 0.25),
            mix(main, BLACK, 0.45),
            along=(0.4, 1),
            volume=0.5,
        )
        pen.line(arc(0, y, radius * 0.95, radius * 0.95, 190, 290), 0.008, WHITE, 0.6)
        pen.line(arc(0, y, radius * 0.7, radius * 0.7, 200, 270), 0.01, WHITE, 0.25)
    pen.fill(ellipse(0.0, -0.07, 0.012), tones.accent)
    pen.glow(0.0, -0.07, 0.07, tones.accent, 0.7)
    pen.sheen(points("-0.265,-0.965 0.05,-0.965 -0.265,-0.3"), 0.14, (0.5, 1))


def lamp(pen: Pen, tones: Tones) -> None:
    """A table lamp, lit."""
    shade, foot, glow = under(tones, tones.product), under(tones, parse("#6a5a4a")), parse("#ffdf9e")
    pen.glow(0, -0.62, 0.75, glow, 0.55)
    pen.fill(ellipse(0, -0.035, 0.20, 0.04), mix(foot, WHITE, 0.2), mix(foot, BLACK, 0.5), volume=0.6)
    base = spline(
        "-0.05,-0.06 -0.10,-0.16 -0.12,-0.25 -0.05,-0.36 -0.025,-0.48 0.025,-0.48 0.05,-0.36 "
        "0.12,-0.25 0.10,-0.16 0.05,-0.06"
    )
    pen.fill(base, mix(foot, WHITE, 0.25), mix(foot, BLACK, 0.35), volume=1.0)
    pen.fill(ellipse(0, -0.49, 0.31, 0.035), mix(glow, WHITE, 0.6))
    cone = points("-0.19,-0.96 0.19,-0.96 0.32,-0.49 -0.32,-0.49")
    pen.fill(cone, mix(shade, glow, 0.25), mix(shade, glow, 0.85), volume=0.4)
    for at in range(-5, 6):
        pen.line(polygon((at * 0.036, -0.955), (at * 0.06, -0.495)), 0.004, mix(shade, BLACK, 0.3), 0.35)
    pen.line(polygon((-0.32, -0.492), (0.32, -0.492)), 0.014, mix(shade, BLACK, 0.2))
    pen.line(polygon((-0.19, -0.96), (0.19, -0.96)), 0.012, mix(shade, BLACK, 0.3))


def card(pen: Pen, tones: Tones) -> None:
    """A bank card on its edge, a little tilted."""
    tilted = pen.at(0.0, -0.36, 1.0, -8)
    face, main = box(-0.5, -0.315, 0.5, 0.315, 0.05), under(tones, tones.product)
    tilted.fill(moved(face, 0.012, 0.014), mix(main, BLACK, 0.6))
    tilted.fill(face, mix(main, WHITE, 0.12), mix(turn(main, 35), BLACK, 0.35), along=(1, 0.6))
    for radius in (0.62, 0.48, 0.34):
        tilted.fill(ellipse(0.46, 0.34, radius), WHITE, opacity=0.06, within=face)
    gold = under(tones, parse("#e8c777"))
    tilted.fill(
        box(-0.40, -0.12, -0.25, 0.0, 0.02), mix(gold, WHITE, 0.4), mix(gold, BLACK, 0.3), along=(1, 1)
    )
    for y in (-0.08, -0.04):
        tilted.line(polygon((-0.40, y), (-0.25, y)), 0.005, mix(gold, BLACK, 0.5))
    for group in range(4):
        for digit in range(4):
            x = -0.40 + group * 0.19 + digit * 0.034
            tilted.fill(box(x, 0.07, x + 0.022, 0.105, 0.005), WHITE, opacity=0.85)
    tilted.fill(box(-0.40, 0.20, -0.12, 0.225, 0.006), WHITE, opacity=0.7)
    tilted.fill(ellipse(0.30, 0.19, 0.07), tones.second, opacity=0.9)
    tilted.fill(ellipse(0.38, 0.19, 0.07), WHITE, opacity=0.55)
    for at in range(3):
        tilted.line(arc(-0.20, -0.06, 0.04 + at * 0.03, 0.04 + at * 0.03, -45, 45), 0.009, WHITE, 0.7)
    tilted.sheen(points("-0.5,-0.315 0.05,-0.315 -0.3,0.315 -0.5,0.315"), 0.28, (0.7, 1), within=face)


def guitar(pen: Pen, tones: Tones) -> None:
    """A guitar leaning on nothing in particular."""
    tilted = pen.at(0.10, -0.02, 1.0, 14)
    wood, neck = under(tones, mix(tones.product, parse("#b9702d"), 0.4)), under(tones, parse("#4a2c1c"))
    body = spline(
        "0,0 -0.17,-0.02 -0.235,-0.13 -0.20,-0.24 -0.135,-0.30 -0.165,-0.39 -0.12,-0.47 "
        "0,-0.485 0.12,-0.47 0.165,-0.39 0.135,-0.30 0.20,-0.24 0.235,-0.13 0.17,-0.02"
    )
    tilted.fill(body, mix(neck, BLACK, 0.3))
    inner = body * (0.95, 0.965) + (0, -0.008)
    tilted.fill(inner, mix(wood, WHITE, 0.22), mix(wood, BLACK, 0.35), volume=0.7)
    tilted.fill(ellipse(0, -0.315, 0.068), mix(neck, WHITE, 0.3))
    tilted.fill(ellipse(0, -0.315, 0.058), BLACK)
    tilted.fill(box(-0.085, -0.155, 0.085, -0.125, 0.01), neck)
    tilted.fill(box(-0.025, -0.95, 0.025, -0.33), mix(neck, WHITE, 0.1), neck, along=(1, 0), volume=0.5)
    for fret in range(11):
        y = -0.90 + 0.55 * (1 - math.pow(0.92, fret)) * 1.6
        tilted.line(polygon((-0.025, y), (0.025, y)), 0.004, WHITE, 0.6)
    tilted.fill(
        spline("-0.03,-0.93 -0.05,-1.02 -0.035,-1.08 0.035,-1.08 0.05,-1.02 0.03,-0.93"),
        mix(neck, BLACK, 0.2),
        volume=0.5,
    )
    for side in (-1, 1):
        for at in range(3):
            tilted.fill(
                ellipse(0.058 * side, -0.97 - at * 0.035, 0.014, 0.009), under(tones, parse("#e8e2d0"))
            )
    for string in range(6):
        x = -0.018 + string * 0.0072
        tilted.line(polygon((x, -0.95), (x * 1.5, -0.14)), 0.0022, WHITE, 0.6)
    tilted.sheen(spline("-0.20,-0.15 -0.17,-0.24 -0.11,-0.30 -0.12,-0.2"), 0.4)
    tilted.fill(ribbon(arc(0, -0.315, 0.082, 0.082, 0, 360), 0.005), WHITE, opacity=0.4)

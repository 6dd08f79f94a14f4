"""The car, drawn standing on (0, 0), one unit and a half long, its front to the right."""

import math

from rushes.providers.sketch.colour import BLACK, WHITE, mix, parse
from rushes.providers.sketch.outline import arc, box, ellipse, points, polygon, spline, star
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under

WHEELS = (-0.46, 0.47)
"""Where the wheels' hubs are; they are `RADIUS` above the ground."""
RADIUS = 0.135

_BODY = (
    "-0.745,-0.10 -0.765,-0.17 -0.755,-0.26 -0.735,-0.315 -0.66,-0.335 -0.52,-0.355 "
    "-0.36,-0.43 -0.20,-0.475 0.0,-0.48 "
    "0.16,-0.455 0.30,-0.385 0.40,-0.325 0.56,-0.295 0.69,-0.255 0.755,-0.205 0.775,-0.14 "
    "0.755,-0.085 0.755,-0.085 "
    "0.4,-0.065 -0.3,-0.065 -0.735,-0.075"
)


def car(pen: Pen, tones: Tones) -> None:
    """An electric coupé in side view, headlights on when it is dark."""
    paint, dark = under(tones, tones.product), parse("#101216")
    pen.shadow(0.0, 0.0, 0.80, 0.035, 0.8)
    body = spline(_BODY)
    pen.fill(body, mix(paint, WHITE, 0.30), mix(paint, BLACK, 0.5), volume=0.55)
    pen.fade(
        spline(
            "-0.76,-0.26 -0.5,-0.275 0.0,-0.285 0.5,-0.255 0.76,-0.20 0.7,-0.16 0.2,-0.18 "
            "-0.4,-0.18 -0.76,-0.17"
        ),
        BLACK,
        0.42,
        0.0,
        within=body,
    )
    pen.fade(
        spline("-0.74,-0.30 -0.4,-0.335 0.0,-0.345 0.4,-0.30 0.70,-0.235 0.4,-0.268 0.0,-0.30 -0.4,-0.296"),
        WHITE,
        0.5,
        0.05,
        within=body,
    )
    pen.line(
        spline("-0.72,-0.235 -0.3,-0.262 0.2,-0.262 0.68,-0.212", closed=False),
        0.005,
        mix(paint, WHITE, 0.7),
        0.7,
    )
    _cabin(pen, tones)
    pen.fill(
        spline(
            "-0.74,-0.10 -0.5,-0.115 0.4,-0.115 0.765,-0.125 0.755,-0.08 0.4,-0.055 -0.3,-0.055 -0.73,-0.07"
        ),
        dark,
        mix(dark, BLACK, 0.6),
        within=body,
    )
    for x in (-0.02, -0.275):
        pen.line(
            spline([(x + 0.21, -0.35), (x + 0.20, -0.2), (x + 0.17, -0.115)], closed=False),
            0.004,
            mix(paint, BLACK, 0.65),
        )
        pen.fill(
            box(x + 0.03, -0.285, x + 0.09, -0.273, 0.005), mix(paint, WHITE, 0.5), mix(paint, BLACK, 0.5)
        )
    for x in WHEELS:
        pen.fill(
            ellipse(x, -RADIUS, RADIUS * 1.18),
            mix(dark, BLACK, 0.4),
            within=points("-0.9,-0.9 0.9,-0.9 0.9,-0.06 -0.9,-0.06"),
        )
        wheel(pen.at(x, -RADIUS), tones, 0.0)
    _lights(pen, tones)


def _lights(pen: Pen, tones: Tones) -> None:
    pen.fill(
        spline("0.63,-0.262 0.70,-0.238 0.745,-0.20 0.70,-0.20 0.64,-0.228"),
        WHITE,
        mix(parse("#bfe3ff"), WHITE, 0.3),
    )
    pen.fill(
        spline("-0.757,-0.285 -0.70,-0.295 -0.60,-0.292 -0.61,-0.272 -0.757,-0.25"),
        parse("#ff3b30"),
        parse("#8f0d12"),
    )
    if tones.bright < 0.7:
        pen.glow(0.72, -0.215, 0.30, parse("#fff2cf"), 0.9)
        pen.glow(-0.73, -0.27, 0.16, parse("#ff3b30"), 0.7)
        pen.fade(
            points("0.74,-0.225 1.45,-0.20 1.45,0.02 0.74,-0.17"),
            parse("#fff2cf"),
            0.34,
            0.0,
            (1, 0),
            soft=0.012,
        )


def _cabin(pen: Pen, tones: Tones) -> None:
    glass, sky = mix(mix(tones.top, BLACK, 0.45), tones.middle, 0.2), mix(tones.horizon, tones.middle, 0.4)
    window = spline(
        "-0.50,-0.345 -0.36,-0.405 -0.20,-0.447 0.0,-0.452 0.13,-0.43 0.25,-0.375 0.30,-0.335 "
        "0.30,-0.335 -0.1,-0.335 -0.50,-0.337"
    )
    pen.fill(window, mix(sky, glass, 0.35), glass)
    pen.fill(
        spline("-0.34,-0.337 -0.30,-0.40 -0.20,-0.43 -0.16,-0.40 -0.17,-0.337"),
        BLACK,
        opacity=0.45,
        within=window,
    )
    pen.fill(
        spline("-0.03,-0.337 0.0,-0.40 0.06,-0.415 0.09,-0.38 0.09,-0.337"),
        BLACK,
        opacity=0.45,
        within=window,
    )
    pen.fill(
        points("-0.13,-0.46 -0.10,-0.46 -0.085,-0.33 -0.12,-0.33"),
        under(tones, mix(tones.product, BLACK, 0.6)),
        within=window,
    )
    pen.sheen(points("0.10,-0.46 0.18,-0.46 0.06,-0.33 -0.02,-0.33"), 0.4, (-0.6, 1), within=window)
    pen.sheen(points("-0.26,-0.46 -0.22,-0.46 -0.36,-0.33 -0.42,-0.33"), 0.35, (-0.6, 1), within=window)
    pen.fill(
        spline("0.235,-0.36 0.28,-0.375 0.295,-0.345 0.25,-0.335"),
        under(tones, mix(tones.product, BLACK, 0.25)),
        volume=0.6,
    )


def wheel(pen: Pen, tones: Tones, turned: float) -> None:
    """One wheel round the pen's (0, 0), turned by some degrees."""
    rubber, rim = parse("#15161a"), under(tones, parse("#d9dde3"))
    pen.fill(ellipse(0, 0, RADIUS), mix(rubber, WHITE, 0.12), mix(rubber, BLACK, 0.4), volume=0.4)
    pen.fill(ellipse(0, 0, RADIUS * 0.76), mix(rim, BLACK, 0.7), mix(rim, BLACK, 0.85))
    for spoke in range(5):
        angle = math.radians(turned + spoke * 72)
        c, s = math.cos(angle), math.sin(angle)
        tip, foot = RADIUS * 0.72, RADIUS * 0.16
        blade = polygon(
            (-s * 0.020, c * 0.020),
            (c * tip - s * 0.014, s * tip + c * 0.014),
            (c * tip + s * 0.03, s * tip - c * 0.03),
            (s * foot, -c * foot),
        )
        pen.fill(blade, mix(rim, WHITE, 0.3), mix(rim, BLACK, 0.35))
    pen.line(arc(0, 0, RADIUS * 0.74, RADIUS * 0.74, 0, 360), 0.010, rim)
    pen.fill(ellipse(0, 0, RADIUS * 0.19), mix(rim, BLACK, 0.2), mix(rim, BLACK, 0.6))
    pen.fill(star(0, 0, RADIUS * 0.09, 6, 0.8), tones.accent)

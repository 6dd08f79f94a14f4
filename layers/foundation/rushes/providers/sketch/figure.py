"""People: jointed figures in clothes, drawn standing on (0, 0) and one unit tall, facing right."""

import math
from dataclasses import dataclass, replace

import numpy as np

from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix
from rushes.providers.sketch.outline import Point, arc, box, ellipse, limb, spline
from rushes.providers.sketch.poses import HIP, Pose
from rushes.providers.sketch.sheet import Pen
from rushes.providers.sketch.tones import Tones, under

SHOULDER = 0.30
"""From hip to shoulder."""
THIGH, SHIN, UPPER_ARM, FOREARM = 0.245, 0.24, 0.165, 0.15


@dataclass(frozen=True)
class Joints:
    """Where things can be put on a figure."""

    head: Point
    shoulder: Point
    hip: Point
    near_hand: Point
    far_hand: Point
    near_foot: tuple[float, float, float]
    """x, y and the sole's turn in degrees."""
    far_foot: tuple[float, float, float]
    lean: float


def figure(pen: Pen, tones: Tones, stance: Pose, worn: frozenset[str] = frozenset()) -> Joints:
    """Draw a figure; `worn` may hold "backpack" and "headphones". Returns its joints in the pen's units."""
    skin, cloth, legs = under(tones, tones.skin), under(tones, tones.top_wear), under(tones, tones.leg_wear)
    joints, knees, elbows = _joints(stance)
    dim = replace(tones, top_wear=mix(tones.top_wear, BLACK, 0.35), leg_wear=mix(tones.leg_wear, BLACK, 0.4))
    far_cloth, far_legs, far_skin = under(dim, dim.top_wear), under(dim, dim.leg_wear), mix(skin, BLACK, 0.3)
    _arm(pen, joints.shoulder, elbows[1], joints.far_hand, far_cloth, far_skin)
    _leg(pen, joints.hip, knees[1], joints.far_foot, far_legs)
    if "backpack" in worn:
        _pack(pen, tones, joints)
    _leg(pen, joints.hip, knees[0], joints.near_foot, legs)
    _trunk(pen, joints, cloth)
    _head(pen, tones, joints, stance, skin, "headphones" in worn)
    if "backpack" in worn:
        x, y = joints.shoulder
        strap = spline(
            [(x - 0.035, y - 0.01), (x + 0.04, y + 0.04), (x + 0.035, y + 0.15), (x - 0.045, y + 0.20)],
            closed=False,
        )
        pen.line(strap, 0.022, under(tones, mix(tones.product, BLACK, 0.35)), volume=0.7)
    _arm(pen, joints.shoulder, elbows[0], joints.near_hand, cloth, skin)
    return joints


def _joints(stance: Pose) -> tuple[Joints, tuple[Point, Point], tuple[Point, Point]]:
    lean = math.radians(stance.lean)
    legs = [
        _chain((0.0, 0.0), THIGH, SHIN, angle, -bend) for angle, bend in (stance.near_leg, stance.far_leg)
    ]
    reach = max(end[1] for _, end in legs)
    hip_y = -(reach + 0.030 + stance.lift) if stance.hips == HIP else -stance.hips
    hip = (0.0, hip_y)
    legs = [_chain(hip, THIGH, SHIN, angle, -bend) for angle, bend in (stance.near_leg, stance.far_leg)]
    shoulder = (hip[0] + SHOULDER * math.sin(lean), hip[1] - SHOULDER * math.cos(lean))
    arms = [
        _chain(shoulder, UPPER_ARM, FOREARM, angle, bend) for angle, bend in (stance.near_arm, stance.far_arm)
    ]
    tilt = lean + math.radians(stance.head)
    head = (shoulder[0] + 0.125 * math.sin(tilt) + 0.008, shoulder[1] - 0.125 * math.cos(tilt))
    soles = [(end[0], end[1], -max(-50.0, min(50.0, (angle - bend) * 0.8))) for (_, end), (angle, bend)
             in zip(legs, (stance.near_leg, stance.far_leg), strict=True)]  # fmt: skip
    joints = Joints(head, shoulder, hip, arms[0][1], arms[1][1], soles[0], soles[1], stance.lean)
    return joints, (legs[0][0], legs[1][0]), (arms[0][0], arms[1][0])


def _chain(start: Point, first: float, second: float, angle: float, bend: float) -> tuple[Point, Point]:
    a, b = math.radians(angle), math.radians(angle + bend)
    middle = (start[0] + first * math.sin(a), start[1] + first * math.cos(a))
    return middle, (middle[0] + second * math.sin(b), middle[1] + second * math.cos(b))


def _leg(pen: Pen, hip: Point, knee: Point, foot: tuple[float, float, float], colour: Colour) -> None:
    ankle = (foot[0], foot[1])
    pen.fill(limb(hip, knee, 0.062, 0.043), mix(colour, WHITE, 0.06), mix(colour, BLACK, 0.15), volume=0.7)
    pen.fill(limb(knee, ankle, 0.043, 0.024), mix(colour, WHITE, 0.03), mix(colour, BLACK, 0.25), volume=0.7)
    shoe = pen.at(foot[0], foot[1], 1.0, foot[2])
    shape = spline("-0.032,-0.030 0.022,-0.030 0.040,-0.004 0.095,0.012 0.100,0.026 -0.036,0.026 -0.042,0.0")
    shoe.fill(shape, mix(colour, WHITE, 0.35), mix(colour, BLACK, 0.3), volume=0.6)
    shoe.fill(box(-0.040, 0.020, 0.100, 0.031, 0.006), (235, 232, 226), opacity=0.9)


def _arm(pen: Pen, shoulder: Point, elbow: Point, hand: Point, cloth: Colour, skin: Colour) -> None:
    wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.86, elbow[1] + (hand[1] - elbow[1]) * 0.86)
    pen.fill(limb(wrist, hand, 0.019, 0.021), skin, mix(skin, BLACK, 0.15), volume=0.6)
    pen.fill(limb(shoulder, elbow, 0.040, 0.031), mix(cloth, WHITE, 0.08), mix(cloth, BLACK, 0.2), volume=0.7)
    pen.fill(limb(elbow, wrist, 0.031, 0.022), mix(cloth, WHITE, 0.04), mix(cloth, BLACK, 0.15), volume=0.7)


def _trunk(pen: Pen, joints: Joints, cloth: Colour) -> None:
    body = pen.at(joints.hip[0], joints.hip[1], 1.0, joints.lean)
    shape = spline(
        "-0.066,0.045 -0.070,-0.08 -0.086,-0.20 -0.080,-0.30 -0.035,-0.342 0.030,-0.338 "
        "0.078,-0.30 0.092,-0.21 0.070,-0.09 0.068,0.045"
    )
    body.fill(shape, mix(cloth, WHITE, 0.10), mix(cloth, BLACK, 0.30), volume=0.75)
    body.fade(spline("-0.02,0.03 0.0,-0.10 -0.05,-0.2 -0.07,-0.1"), BLACK, 0.0, 0.22, within=shape)
    body.line(arc(0.0, 0.035, 0.066, 0.012, 0, 180), 0.012, mix(cloth, BLACK, 0.5))


def _head(pen: Pen, tones: Tones, joints: Joints, stance: Pose, skin: Colour, headphones: bool) -> None:
    hair = under(tones, tones.hair)
    x, y = joints.head
    neck_end = (
        joints.shoulder[0] + (x - joints.shoulder[0]) * 0.55,
        joints.shoulder[1] + (y - joints.shoulder[1]) * 0.55,
    )
    pen.fill(limb(joints.shoulder, neck_end, 0.036, 0.030), mix(skin, BLACK, 0.22), volume=0.4)
    head = pen.at(x, y, 1.0, stance.lean * 0.5 + stance.head)
    face = spline(
        "-0.058,-0.02 -0.048,-0.068 0.0,-0.088 0.046,-0.068 0.060,-0.022 0.072,0.004 "
        "0.060,0.012 0.056,0.042 0.030,0.066 -0.012,0.056 -0.050,0.02"
    )
    head.fill(face, mix(skin, WHITE, 0.08), mix(skin, BLACK, 0.12), volume=0.7)
    crown = spline(
        "0.052,-0.046 0.034,-0.088 -0.012,-0.106 -0.066,-0.078 -0.080,-0.02 -0.066,0.036 "
        "-0.042,0.044 -0.030,0.0 -0.012,-0.036 0.020,-0.048"
    )
    head.fill(crown, mix(hair, WHITE, 0.15), mix(hair, BLACK, 0.2), volume=0.8)
    head.fill(ellipse(-0.014, -0.004, 0.013, 0.018), mix(skin, BLACK, 0.14))
    head.line(arc(0.040, -0.012, 0.010, 0.006, 190, 350, 10), 0.005, mix(skin, BLACK, 0.75))
    head.line(arc(0.045, 0.024, 0.013, 0.010, 40, 140, 10), 0.005, mix(skin, BLACK, 0.55))
    if headphones:
        band, cup = under(tones, mix(tones.product, BLACK, 0.2)), under(tones, tones.product)
        head.line(arc(-0.012, -0.012, 0.085, 0.104, 188, 345), 0.022, band, volume=0.7)
        head.fill(ellipse(-0.012, 0.0, 0.040, 0.050), mix(cup, WHITE, 0.2), mix(cup, BLACK, 0.4), volume=0.9)
        head.fill(ellipse(-0.010, 0.0, 0.019, 0.026), under(tones, tones.trim), mix(cup, BLACK, 0.4))


def _pack(pen: Pen, tones: Tones, joints: Joints) -> None:
    main = under(tones, tones.product)
    back = pen.at(joints.shoulder[0] - 0.085, joints.shoulder[1], 1.0, joints.lean)
    back.fill(limb((-0.11, -0.055), (0.035, -0.055), 0.030, 0.030), under(tones, tones.second), volume=0.8)
    shape = np.array(
        spline("0.05,-0.03 -0.05,-0.045 -0.125,-0.01 -0.145,0.12 -0.135,0.235 -0.06,0.26 0.055,0.25")
    )
    back.fill(shape, mix(main, WHITE, 0.18), mix(main, BLACK, 0.35), volume=0.9)
    back.fill(
        spline("-0.085,0.11 -0.155,0.12 -0.162,0.20 -0.12,0.225 -0.075,0.21"),
        mix(main, WHITE, 0.08),
        mix(main, BLACK, 0.45),
        volume=0.9,
    )
    back.fill(
        spline("0.05,-0.035 -0.05,-0.05 -0.13,-0.01 -0.14,0.06 -0.03,0.075 0.05,0.06"),
        mix(main, WHITE, 0.25),
        mix(main, BLACK, 0.15),
        volume=0.8,
    )
    back.fill(box(-0.075, 0.03, -0.05, 0.11, 0.006), under(tones, tones.trim))

"""How people stand and move: a pose for every moment of an action."""

import math
from collections.abc import Callable
from dataclasses import dataclass

HIP = 0.485
"""How high the hips of a standing figure are."""


@dataclass(frozen=True)
class Pose:
    """Angles in degrees from hanging straight down, to the front; a knee bends backwards, an elbow forwards."""

    lean: float = 2.0
    near_leg: tuple[float, float] = (4.0, 4.0)
    far_leg: tuple[float, float] = (-6.0, 2.0)
    near_arm: tuple[float, float] = (-8.0, 14.0)
    far_arm: tuple[float, float] = (10.0, 16.0)
    head: float = 0.0
    lift: float = 0.0
    """How far the feet are off the ground."""
    hips: float = HIP
    """How high the hips are."""


def _run(swing: float, other: float) -> Pose:
    return Pose(
        lean=13,
        near_leg=(12 + 46 * swing, 38 - 46 * other),
        far_leg=(12 - 46 * swing, 38 + 46 * other),
        near_arm=(-6 - 48 * swing, 88 + 14 * swing),
        far_arm=(-6 + 48 * swing, 88 - 14 * swing),
        lift=0.012 + 0.026 * abs(swing),
    )


def _walk(swing: float, other: float) -> Pose:
    return Pose(
        lean=4,
        near_leg=(3 + 25 * swing, 15 - 16 * other),
        far_leg=(3 - 25 * swing, 15 + 16 * other),
        near_arm=(-3 - 24 * swing, 20 + 8 * swing),
        far_arm=(-3 + 24 * swing, 20 - 8 * swing),
        lift=0.008 * abs(other),
    )


def _dance(swing: float, other: float) -> Pose:
    return Pose(
        lean=-5 + 8 * swing,
        near_leg=(16 + 16 * swing, 18 - 14 * swing),
        far_leg=(-20 + 12 * swing, 14 + 14 * swing),
        near_arm=(112 + 20 * other, 26 + 30 * swing),
        far_arm=(-122 - 20 * swing, -30 - 22 * other),
        head=9 * other,
        lift=0.018 * (1 + other),
    )


def _cheer(swing: float, other: float) -> Pose:
    return Pose(
        lean=-3,
        near_leg=(12, 7 + 4 * swing),
        far_leg=(-14, 5 - 4 * swing),
        near_arm=(138 + 9 * swing, 14),
        far_arm=(-150 - 7 * swing, -12),
        head=-7,
        lift=0.012 * (1 + swing),
    )


def _sit(swing: float, other: float) -> Pose:
    return Pose(
        lean=3 + swing,
        near_leg=(84, 84),
        far_leg=(76, 70),
        near_arm=(34, 52 + 4 * swing),
        far_arm=(44, 46),
        head=7,
        hips=0.27,
    )


def _hold(swing: float, other: float) -> Pose:
    return Pose(
        near_arm=(52 + 2 * swing, 66),
        far_arm=(-9, 14),
        head=7 + 2 * swing,
        near_leg=(6, 4),
        far_leg=(-9, 3),
    )


def _stand(swing: float, other: float) -> Pose:
    return Pose(near_arm=(-7 + 2 * swing, 14), far_arm=(11 - swing, 15), head=2 * swing)


_ACTIONS: dict[str, Callable[[float, float], Pose]] = {
    "run": _run,
    "walk": _walk,
    "dance": _dance,
    "cheer": _cheer,
    "sit": _sit,
    "hold": _hold,
    "stand": _stand,
}
"""Each takes the sine and the cosine of where in its cycle it is."""


def pose(action: str, turn: float) -> Pose:
    """A moment of an action; `turn` (0..1) is where in its cycle."""
    return _ACTIONS[action](math.sin(2 * math.pi * turn), math.cos(2 * math.pi * turn))

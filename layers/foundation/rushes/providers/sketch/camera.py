"""Where the camera stands, and how it moves: a spring towards the end of the movement asked for.

Units: the frame's short side is 1. A push moves along z; a track moves the camera sideways, so that near things pass
faster; a pan turns it, so that everything passes alike.
"""

import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

FPS = 24
SETTLING = 9.0
"""Seconds to come most of the way: a film of any length keeps moving, and never runs off the drawing."""

_ENDS: dict[str, dict[str, float]] = {
    "push in": {"z": 0.20},
    "pull out": {"z": -0.07},
    "pan left": {"pan": -0.11},
    "pan right": {"pan": 0.11},
    "tilt up": {"tilt": -0.09},
    "tilt down": {"tilt": 0.09},
    "orbit": {"x": 0.13, "pan": -0.12, "z": 0.04},
    "track": {"x": 0.15, "pan": -0.11},
    "crane up": {"y": -0.10, "tilt": 0.06, "z": 0.03},
    "static": {"z": 0.025},
}
_STARTS: dict[str, dict[str, float]] = {
    "pull out": {"z": 0.16},
    "pan left": {"pan": 0.07},
    "pan right": {"pan": -0.07},
    "tilt up": {"tilt": 0.06},
    "tilt down": {"tilt": -0.06},
    "orbit": {"x": -0.09, "pan": 0.085},
    "track": {"x": -0.10, "pan": 0.075},
    "crane up": {"y": 0.06, "tilt": -0.04},
}
REACH = {"x": 0.16, "y": 0.11, "z": 0.22, "pan": 0.12, "tilt": 0.10}
AXES = tuple(REACH)


@dataclass(frozen=True)
class Camera:
    """A state: position, and velocity in units a second."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    pan: float = 0.0
    tilt: float = 0.0
    vx: float = 0.0
    vy: float = 0.0
    vz: float = 0.0
    vpan: float = 0.0
    vtilt: float = 0.0

    def facts(self) -> dict[str, float]:
        """As JSON carries it; what is zero is left out."""
        return {name: round(value, 9) for name, value in asdict(self).items() if round(value, 9)}

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Camera":
        """Read `facts` back, within the camera's reach. Raises TypeError or ValueError for what is not numbers."""
        state = cls(**{item.name: float(facts.get(item.name, 0.0)) for item in fields(cls)})
        if not all(math.isfinite(value) for value in asdict(state).values()):
            raise ValueError("a camera state is finite numbers")
        clamped = {axis: max(-REACH[axis], min(REACH[axis], getattr(state, axis))) for axis in AXES}
        return replace(state, **clamped)


def opening(movement: str) -> Camera:
    """Where a movement starts, already under way: a cut into a moving camera has no jerk."""
    start, end = _STARTS.get(movement, {}), _ENDS[movement]
    position = {axis: start.get(axis, 0.0) for axis in AXES}
    speed = {f"v{axis}": (end.get(axis, 0.0) - position[axis]) / SETTLING * 1.15 for axis in AXES}
    return Camera(**position, **speed)


def path(start: Camera, movement: str, frames: int) -> list[Camera]:
    """`frames` states at 24 a second. The first is `start`; the speed changes smoothly, whatever it was."""
    end = _ENDS[movement]
    stiffness, damping = (1.9 / SETTLING) ** 2, 3.8 / SETTLING
    states = [start]
    while len(states) < frames:
        last, change = states[-1], {}
        for axis in AXES:
            at, speed = getattr(last, axis), getattr(last, f"v{axis}")
            speed += (stiffness * (end.get(axis, 0.0) - at) - damping * speed) / FPS
            moved = max(-REACH[axis], min(REACH[axis], at + speed / FPS))
            change[axis], change[f"v{axis}"] = moved, speed
        states.append(Camera(**change))
    return states

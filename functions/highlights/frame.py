"""The lecture's frame: its constant rate, its size, and the sizes of what is made of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from functions.fields import SIZES

_RATES = tuple(Fraction(rate) for rate in (10, 12, 15, 20, "24000/1001", 24, 25, "30000/1001", 30))
"""Frames a second that players and platforms know."""
_WIDEST = 1920


def rate_of(facts: Mapping[str, Any]) -> Fraction:
    """The constant rate that is nearest to the lecture's; of one with more than 30 frames a second, every other."""
    fps = Fraction(facts.get("fps") or 25)
    while fps > 31:
        fps /= 2
    return min(_RATES, key=lambda rate: abs(rate - fps))


def size_of(facts: Mapping[str, Any]) -> tuple[int, int]:
    """Pixels of the picture as it is shown."""
    return facts["width"], facts["height"]


def clip_size(aspect: str, facts: Mapping[str, Any]) -> tuple[int, int]:
    """Pixels of a clip. `source` is the lecture's own, even, and at most 1920 wide."""
    if aspect in SIZES:
        return SIZES[aspect]
    width, height = size_of(facts)
    wide = min(width, _WIDEST)
    return wide // 2 * 2, max(2, height * wide // width // 2 * 2)


def frame_at(seconds: float | str, rate: Fraction) -> int:
    """The frame nearest to a time of a document; half a frame rounds up."""
    return (Fraction(str(seconds)) * rate * 2 + 1) // 2

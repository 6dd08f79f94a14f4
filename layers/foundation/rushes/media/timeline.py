"""Exact media time: integer frames, integer samples, `Fraction` seconds; never a float.

Everything Rushes makes has 24 frames and 48,000 samples a second, so that a frame is exactly 2,000 samples.
"""

from fractions import Fraction
from math import floor

FPS = 24
SAMPLE_RATE = 48_000
SAMPLES_PER_FRAME = SAMPLE_RATE // FPS
FRAME = Fraction(1, FPS)
"""A frame's time base, in seconds."""

Seconds = Fraction | int | str
"""Exact seconds: `Fraction(5, 2)`, `5`, `"2.5"` or `"5/2"`."""


def frames_in(seconds: Seconds) -> int:
    """The nearest whole number of frames; half a frame rounds up."""
    return floor(exact(seconds) * FPS + Fraction(1, 2))


def seconds_in(frames: int) -> Fraction:
    return Fraction(frames, FPS)


def samples_in(frames: int) -> int:
    """Audio samples (per channel) that sound while `frames` frames are shown."""
    return frames * SAMPLES_PER_FRAME


def frames_covering(samples: int) -> int:
    """The fewest frames that last as long as `samples` samples."""
    return -(-samples // SAMPLES_PER_FRAME)


def ticks_in(frames: int, time_base: Fraction) -> int:
    """`frames` in units of `time_base` seconds. ValueError when that is not a whole number."""
    ticks = seconds_in(frames) / time_base
    if ticks.denominator != 1:
        raise ValueError(f"{frames} frames are not a whole number of ticks of {time_base} s")
    return ticks.numerator


def first_frame_showing(seconds: Fraction) -> int:
    """The first frame of the 24 fps timeline to which a source frame at `seconds` is the nearest."""
    return -floor(Fraction(1, 2) - seconds * FPS)


def exact(seconds: Seconds) -> Fraction:
    """TypeError for a float: it has already lost the exact value."""
    if isinstance(seconds, float):
        raise TypeError("give seconds as a Fraction, an int or text: a float is not exact")
    return Fraction(seconds)

"""Into how many pieces a lecture is cut, and how far from even: known without looking at it, and to no vendor."""

from fractions import Fraction
from math import ceil

NOMINAL = 600
"""Seconds: raw, ten minutes are 19 MB; transcribers take 25, and a Whisper of our own hears them in half a minute."""

AROUND = 30
"""Seconds to either side of a nominal boundary in which the real one lies."""


def pieces_of(duration: Fraction) -> int:
    """Into how many pieces a lecture of `duration` seconds is cut."""
    return max(1, ceil(duration / NOMINAL))

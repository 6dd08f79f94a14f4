"""How long a lecture's topics are, and how many there may be."""

import math

SHORTEST, LONGEST = 30, 300
"""Seconds of a topic."""
_AN_HOUR = 15


def topics_at_most(seconds: float) -> int:
    """15 for an hour and as many for every other; of a shorter lecture also 15, but not more than one a minute."""
    if seconds > 3600:
        return int(_AN_HOUR * seconds / 3600)
    return max(1, min(_AN_HOUR, math.ceil(seconds / 60)))

"""How long each beat lasts: 5, 10 or 15 seconds, and the whole film exactly as long as it was asked for.

Where the duration is no multiple of five, exactly one beat, never the opening, carries the remainder: it lasts 6 to 14
seconds.
"""

LENGTHS = (5, 10, 15)
"""Seconds a beat may last."""


def lengths_are_legal(duration: int, lengths: list[int]) -> bool:
    """At least two beats, each of a legal length, `duration` seconds in all."""
    odd = [i for i, length in enumerate(lengths) if length not in LENGTHS]
    if len(lengths) < 2 or sum(lengths) != duration:
        return False
    return not odd or (len(odd) == 1 and odd[0] > 0 and 5 < lengths[odd[0]] < 15)


def count_for(duration: int, drafted: int) -> int:
    """How many beats there is time for: as many as drafted, but 5 to 10 seconds each on average, and at least two."""
    units = duration // 5
    return max(2, min(max(drafted, -(-units // 2)), units))


def lengths_for(duration: int, wished: list[int]) -> list[int]:
    """The legal lengths nearest to the wishes, in seconds. There must be `count_for` wishes, or legal ones."""
    if lengths_are_legal(duration, wished):
        return list(wished)
    units, remainder = divmod(duration, 5)
    most = [3] * len(wished)
    bearer = max(range(1, len(wished)), key=lambda i: (wished[i], i < len(wished) - 1, -i))
    if remainder:
        most[bearer] = 2
    lengths = [min(_nearest(wish) // 5, limit) for wish, limit in zip(wished, most, strict=True)]
    while sum(lengths) != units:
        step = 1 if sum(lengths) < units else -1
        free = [i for i, length in enumerate(lengths) if 1 <= length + step <= most[i]]
        # The beat that is farthest from its wish in this direction gives or takes first; the middle before the ends.
        best = max(free, key=lambda i: (step * (wished[i] - lengths[i] * 5), 0 < i < len(lengths) - 1, -i))
        lengths[best] += step
    seconds = [length * 5 for length in lengths]
    seconds[bearer] += remainder
    return seconds


def _nearest(seconds: int) -> int:
    return min(LENGTHS, key=lambda legal: abs(legal - seconds))

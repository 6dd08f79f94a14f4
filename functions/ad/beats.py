"""The beat library, and the rules a sequence of beats obeys."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

LENGTHS = (5, 10, 15)
"""Seconds a beat may last."""

Role = Literal["opening", "product", "dynamic", "closing"]
Position = Literal["opening", "middle", "closing"]


class LibraryBeat(BaseModel):
    """One entry of `beats.yaml`, where its fields are explained."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    role: Role
    seconds: int
    shot: str
    action: str
    prompt: str
    camera: str
    position: Position
    products: tuple[str, ...]
    energy: float


@cache
def library() -> dict[str, LibraryBeat]:
    """id → beat, in the order of the file."""
    text = files("functions.ad").joinpath("beats.yaml").read_text()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {entry["id"]: LibraryBeat(**entry) for entry in yaml.load(text, loader)}


def fitting(position: Position) -> list[LibraryBeat]:
    return [beat for beat in library().values() if beat.position == position]


def lengths_for(duration: int, wished: list[int]) -> list[int]:
    """Lengths for as many of the wished beats as fit, as near to the wishes as the rules allow, `duration` in all.

    Every length is 5, 10 or 15 seconds; only where the duration is no multiple of five does one beat, the last but
    one or the last, carry the remainder. The first and the last wish are always kept, so there are at least two.
    """
    units = duration // 5
    count = min(len(wished), units)
    while count * 3 < units:  # too few beats to fill it, even at their longest
        count += 1
    kept = [*wished[: count - 1], wished[-1]] if count <= len(wished) else _padded(wished, count)
    lengths = [min(LENGTHS, key=lambda legal: (abs(legal - length), legal)) // 5 for length in kept]
    while sum(lengths) != units:
        step = 1 if sum(lengths) < units else -1
        free = [i for i, length in enumerate(lengths) if 1 <= length + step <= 3]
        # The beat that is farthest from its wish in this direction gives or takes first; the middle before the ends.
        best = max(free, key=lambda i: (step * (kept[i] - lengths[i] * 5), 0 < i < len(lengths) - 1, -i))
        lengths[best] += step
    seconds = [length * 5 for length in lengths]
    seconds[-2 if len(seconds) > 2 else -1] += duration % 5
    return seconds


def _padded(wished: list[int], count: int) -> list[int]:
    return [*wished[:-1], *[10] * (count - len(wished)), wished[-1]]


def lengths_are_legal(duration: int, lengths: list[int]) -> bool:
    """Every beat 5, 10 or 15 seconds; at most one longer by the remainder of a duration that is no multiple of five."""
    odd = [length for length in lengths if length not in LENGTHS]
    return not odd or (duration % 5 > 0 and len(odd) == 1 and odd[0] - duration % 5 in LENGTHS)

"""Which beats tell the ad, in which order and for how long."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Any

LibraryBeat = Mapping[str, Any]
Timed = tuple[LibraryBeat, int]
"""A beat and its seconds."""

OPENING = 5
SLOW = 0.5
"""The energy under which an ad takes its time."""
ACT = 6
"""More beats than this between opening and closing climb twice."""


def sequence(
    duration: int,
    library: Sequence[LibraryBeat],
    archetype: Mapping[str, Any],
    kinds: Collection[str],
    chance: Random,
) -> list[Timed]:
    """An opening, a closing, and between them beats whose energy climbs to a peak before the end.

    The lengths are 5 or 10 seconds and fill `duration` exactly; one beat carries what is no multiple of five. No beat
    follows itself. `kinds` are the product's, in the library's words.
    """
    taste = Taste(library, archetype, kinds, chance)
    opening, closing = taste.best("opening"), taste.best("closing")
    unhurried = taste.energy < SLOW and duration >= 30
    closing_length = 10 if closing["seconds"] == 10 and unhurried else 5
    middle = _middle(duration - duration % 5 - OPENING - closing_length, taste, chance)
    beats = [(opening, OPENING), *_climbing(middle, chance), (closing, closing_length)]
    longest = max(range(1, len(beats)), key=lambda i: beats[i][1])
    return [(beat, length + duration % 5 * (i == longest)) for i, (beat, length) in enumerate(beats)]


class Taste:
    """Which beat is liked best: one that suits product and archetype and has not been seen lately."""

    def __init__(
        self,
        library: Sequence[LibraryBeat],
        archetype: Mapping[str, Any],
        kinds: Collection[str],
        chance: Random,
    ) -> None:
        self.energy: float = archetype["energy"]
        self._library, self._preferred, self._kinds = library, archetype["beats"], set(kinds)
        self._chance = chance
        self._used: list[str] = []

    def best(self, position: str) -> LibraryBeat:
        seen = Counter(self._used)
        there = [b for b in self._library if b["position"] == position and b["id"] not in self._used[-ACT:]]
        best = max(there, key=lambda beat: (-seen[beat["id"]], self._liking(beat)))
        self._used.append(best["id"])
        return best

    def _liking(self, beat: LibraryBeat) -> float:
        suits = 0.5 * bool(self._kinds & set(beat["products"])) + 0.3 * ("any" in beat["products"])
        preferred = 0.4 * (beat["id"] in self._preferred)
        return suits + preferred - abs(beat["energy"] - self.energy) + 0.8 * self._chance.random()


def _middle(left: int, taste: Taste, chance: Random) -> list[Timed]:
    """Beats for the seconds that are left, as they are liked; the calmer the ad, the more of them take ten seconds."""
    beats: list[Timed] = []
    while left > 0:
        beat = taste.best("middle")
        length = 10 if beat["seconds"] == 10 and left >= 10 and chance.random() > taste.energy * 0.9 else 5
        beats.append((beat, length))
        left -= length
    return beats


def _climbing(beats: list[Timed], chance: Random) -> list[Timed]:
    """In the order of their energy, more or less; a long middle climbs twice, with a pause for breath between."""
    halves = [beats] if len(beats) <= ACT else [beats[: len(beats) // 2], beats[len(beats) // 2 :]]
    acts = [sorted(half, key=lambda beat: beat[0]["energy"] + 0.25 * chance.random()) for half in halves]
    if len(acts) == 2 and acts[0][-1][0] is acts[1][0][0]:
        acts[1].append(acts[1].pop(0))
    return [beat for act in acts for beat in act]

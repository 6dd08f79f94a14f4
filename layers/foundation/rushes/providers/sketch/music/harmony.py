"""Scales, chords that move by small steps, and a motif that follows them. Pitches are MIDI note numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

Scale = tuple[int, ...]
"""Semitones of the seven degrees above the key note."""

MAJOR: Scale = (0, 2, 4, 5, 7, 9, 11)
MINOR: Scale = (0, 2, 3, 5, 7, 8, 10)
DORIAN: Scale = (0, 2, 3, 5, 7, 9, 10)
PHRYGIAN: Scale = (0, 1, 3, 5, 7, 8, 10)
LYDIAN: Scale = (0, 2, 4, 6, 7, 9, 11)

_MIDDLE = (53, 76)
"""Chords lie between F3 and E5: above the bass, below the melody."""

_RHYTHMS = (
    "x---x-x---x-x---",
    "x-x-x---x-x-x---",
    "x---x---x-x---x-",
    "--x-x-x---x-x-x-",
    "x-----x---x-----",
    "x-------x---x---",
)


def hertz(pitch: float) -> float:
    return 440.0 * 2 ** ((pitch - 69) / 12)


def degree(key: int, scale: Scale, number: int) -> int:
    """The pitch of a degree, from 0; 7 is the octave."""
    return key + 12 * (number // 7) + scale[number % 7]


def chord(key: int, scale: Scale, root: int, tones: int) -> list[int]:
    """`tones` notes in thirds above the degree `root`: 3 is a triad, 4 a seventh, 5 a ninth chord."""
    return [degree(key, scale, root + 2 * third) for third in range(tones)]


def voiced(notes: Sequence[int], before: Sequence[int] | None) -> list[int]:
    """The chord in the octaves closest to the chord before it, or around the middle of its range."""
    low, high = _MIDDLE
    centre = (low + high) / 2
    choices = [[p for p in range(low, high + 1) if p % 12 == note % 12] for note in notes]

    def effort(voicing: Sequence[int]) -> float:
        stacked = sorted(voicing)
        crowded = sum(upper - lower < 2 for lower, upper in pairwise(stacked))
        spread = max(0, stacked[-1] - stacked[0] - 16)
        if before is None:
            moved = sum(abs(pitch - centre) for pitch in stacked)
        else:
            moved = sum(min(abs(pitch - old) for old in before) for pitch in stacked)
            moved += abs(stacked[-1] - max(before))
        return moved + 6 * crowded + 2 * spread + 0.05 * abs(sum(stacked) / len(stacked) - centre)

    return sorted(min(product(*choices), key=effort))


@dataclass(frozen=True)
class Motif:
    """Two bars of melody as rhythm and contour; the harmony decides the exact notes."""

    starts: tuple[int, ...]
    """In sixteenths."""
    lengths: tuple[int, ...]
    contour: tuple[int, ...]
    """Scale steps above or below the middle of the melody's range."""

    def pitch(self, note: int, key: int, scale: Scale, root: int, centre: int, lift: int) -> int:
        """On the beat a note of the chord, between the beats a note of the scale; `lift` steps higher."""
        on_beat = self.starts[note] % 4 == 0
        tones = (root, root + 2, root + 4) if on_beat else range(7)
        classes = {degree(key, scale, tone) % 12 for tone in tones}
        wanted = centre + round((self.contour[note] + lift) * 12 / 7)
        return min(
            (p for p in range(wanted - 6, wanted + 7) if p % 12 in classes), key=lambda p: abs(p - wanted)
        )


def motif(chance: np.random.Generator, calm: bool) -> Motif:
    """A call and its answer: the second bar keeps the rhythm's spirit and comes to rest. `calm` takes longer notes."""
    choices = _RHYTHMS[3:] if calm else _RHYTHMS[:4]
    bars = [str(bar) for bar in chance.choice(choices, 2)]
    line = bars[0] + bars[1][:8] + ("x-------" if calm or chance.random() < 0.6 else bars[1][8:])
    starts = [step for step, mark in enumerate(line) if mark == "x"]
    ends = [*starts[1:], len(line)]
    contour = [int(chance.integers(-1, 4))]
    while len(contour) < len(starts):
        step = int(chance.choice([-2, -1, -1, 0, 1, 1, 2, 4]))
        contour.append(int(np.clip(contour[-1] + step, -3, 6)))
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    return Motif(tuple(starts), tuple(lengths), tuple(contour))

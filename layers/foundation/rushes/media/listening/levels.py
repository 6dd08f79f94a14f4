"""How loud a sound is from one hundredth of a second to the next, and which level in it is silence."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

THRESHOLD = -35.0
"""dBFS. Under it an ordinary recording is silent."""

LOWEST = -100.0
"""dBFS. Below 16 bits there is nothing to tell apart."""

_MARGIN = 5.0
"""dB. What is less above the room's own noise is still the room."""

_VOICE = -20.0
"""dBFS. The loud syllables of an ordinary recording; by as much as a recording is softer, so is its silence."""

_STEADY = 4.0
"""dB. A room's noise varies less than that; the soft parts of speech and music vary more."""

_PADDING = -90.0
"""dBFS. Below that, at either end, is no room but an editor's digital silence."""


class Levels(NamedTuple):
    power: np.ndarray
    """float32, (n,): mean square of each window's loudest channel, so that a voice in one of six is not lost."""
    step: Fraction
    """Seconds from one window to the next."""

    def smoothed(self) -> np.ndarray:
        """dBFS, float32, (n,): each window together with its two neighbours."""
        around = np.pad(self.power, 1, mode="edge")
        return dbfs((around[:-2] + around[1:-1] + around[2:]) / 3)

    def by_second(self) -> np.ndarray:
        """dBFS of every whole second; the last may be shorter."""
        seconds = (np.arange(len(self.power)) * self.step.numerator) // self.step.denominator
        return dbfs(np.bincount(seconds, self.power) / np.bincount(seconds))


class Silence(NamedTuple):
    """What counts as silence in a recording, dBFS."""

    threshold: float
    floor: float
    """The room's own noise."""


def levels(blocks: Iterable[np.ndarray], rate: int) -> Levels:
    """Of blocks whose lengths, but for the last, are whole numbers of windows of `rate // 100` samples."""
    window = rate // 100
    powers = [np.zeros(0, np.float32)]
    for block in blocks:
        if over := block.shape[1] % window:
            block = np.pad(block, ((0, 0), (0, window - over)))
        windows = block.reshape(len(block), -1, window)
        powers.append(np.einsum("cwn,cwn->cw", windows, windows).max(axis=0) / window)
    return Levels(np.concatenate(powers), Fraction(window, rate))


def dbfs(power: np.ndarray) -> np.ndarray:
    """dB below a square wave of full scale."""
    return 10 * np.log10(np.maximum(power, 10 ** (LOWEST / 10)))


def silence_in(smoothed: np.ndarray, asked: float = THRESHOLD) -> Silence:
    """Where this recording falls silent, when `asked` dBFS is right for an ordinary one.

    Over a room's noise it is raised just above that noise; where the voice itself is soft, it is lowered.
    """
    heard = np.flatnonzero(smoothed > _PADDING)
    if not heard.size:
        return Silence(asked, LOWEST)
    lowest, floor, voice = np.percentile(smoothed[heard[0] : heard[-1] + 1], (2, 10, 95))
    if (
        voice - floor < 2 * _MARGIN
    ):  # one level throughout: a room without a voice, or a sound without a pause
        return Silence(asked, floor)
    room = floor + _MARGIN if floor - lowest < _STEADY else LOWEST
    return Silence(max(asked - max(0, _VOICE - voice), room), floor)

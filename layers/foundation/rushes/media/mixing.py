"""Mixing a film's sound: the pictures' own, music, and narration that the music makes way for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rushes.media.loudness import integrated_loudness, limited
from rushes.media.sound import Samples, decode, exactly, silence
from rushes.media.timeline import SAMPLE_RATE, samples_in

# Loudness of each part before mixing, LUFS; what counts is the distance between them.
_NARRATION, _MUSIC, _NATIVE = -16.0, -19.0, -23.0
_DUCKED = 10 ** (-9 / 20)
"""Gain of everything else while somebody speaks."""

_STEP = SAMPLE_RATE // 100  # the envelope has 100 points a second
_ATTACK, _RELEASE = 8, 45  # points: music is down within 0.1 s and back after half a second
_CROSSFADE = 2 * SAMPLE_RATE
_ENDING = SAMPLE_RATE


@dataclass(frozen=True)
class Placed:
    """A sound that starts at frame `start_frames` (24 fps)."""

    path: Path
    start_frames: int


def mixed(length: int, *, native: Samples | None, music: Path | None, narration: Sequence[Placed]) -> Samples:
    """`length` samples; parts that are too long are cut, music that is much too short is repeated."""
    bed = silence(length)
    if native is not None:
        bed += exactly(_at_loudness(native, _NATIVE), length)
    if music is not None:
        bed += _music_fitted(_at_loudness(decode(music), _MUSIC), length)
    voice = silence(length)
    for placed in narration:
        start = samples_in(placed.start_frames)
        if start < length:
            sound = _at_loudness(decode(placed.path), _NARRATION)[:, : length - start]
            voice[:, start : start + sound.shape[1]] += sound
    return bed * _ducking(voice) + voice if narration else bed


def mastered(samples: Samples, loudness: float, ceiling: float) -> Samples:
    """At `loudness` LUFS with true peaks under `ceiling` dBTP. Silence stays silence."""
    wanted = loudness
    result = samples
    for _ in range(4):
        result = limited(_at_loudness(samples, wanted), ceiling)
        missing = loudness - integrated_loudness(result)
        if not abs(missing) > 0.05:
            break
        wanted += missing
    return result


def _at_loudness(samples: Samples, wanted: float) -> Samples:
    loudness = integrated_loudness(samples)
    if loudness == -np.inf:
        return samples
    return samples * np.float32(10 ** ((wanted - loudness) / 20))


def _music_fitted(music: Samples, length: int) -> Samples:
    """Repeated with a crossfade if it ends more than a tenth early; faded out if it has to be cut."""
    fade = np.sin(np.linspace(0, np.pi / 2, _CROSSFADE, dtype=np.float32))
    whole = music
    while whole.shape[1] < length * 9 // 10 and music.shape[1] > 2 * _CROSSFADE:
        joint = whole[:, -_CROSSFADE:] * fade[::-1] + music[:, :_CROSSFADE] * fade
        whole = np.concatenate([whole[:, :-_CROSSFADE], joint, music[:, _CROSSFADE:]], axis=1)
    if whole.shape[1] <= length + SAMPLE_RATE // 10:  # an encoder's rounding is not a cut
        return exactly(whole, length)
    ending = min(_ENDING, length)
    whole = whole[:, :length].copy()
    whole[:, -ending:] *= np.linspace(1, 0, ending, dtype=np.float32) ** 2
    return whole


def _ducking(voice: Samples) -> np.ndarray:
    """Gain for the bed: down before each word, up slowly after the last."""
    steps = -(-voice.shape[1] // _STEP)
    level = np.abs(exactly(voice, steps * _STEP)).max(axis=0).reshape(steps, _STEP).max(axis=1)
    speaking = np.convolve(level > 0.01, np.ones(2 * _ATTACK + 1), "same") > 0  # also _ATTACK points ahead
    gains = np.empty(steps)
    gain = 1.0
    for number, down in enumerate(speaking):
        target, points = (_DUCKED, _ATTACK / 2) if down else (1.0, _RELEASE / 2)
        gain += (target - gain) / points
        gains[number] = gain
    return np.interp(np.arange(voice.shape[1]), np.arange(steps) * _STEP, gains).astype(np.float32)

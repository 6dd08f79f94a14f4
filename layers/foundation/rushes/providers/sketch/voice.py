"""The sketch voice: a pleasant murmur in the rhythm and melody of a text. Nobody would take it for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rushes.errors import BadRequest
from rushes.media.loudness import integrated_loudness, limited
from rushes.media.sound import Samples, encode, exactly
from rushes.media.timeline import SAMPLE_RATE, Seconds, exact
from rushes.providers.sketch.music.waves import band, noise, swell
from rushes.providers.sketch.syllables import Consonant, Syllable, syllables

_Shape = tuple[float, float, float]
_Band = tuple[int, int]

_LOUDNESS, _CEILING = -18.0, -2.0
_POINT = 240
"""Samples (5 ms) between two points of the tracks that move the voice."""

_PARTIALS = 36
# Formants (Hz) after Peterson and Barney, 1952, table II, men.
_FORMANTS: dict[str, _Shape] = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (390, 1990, 2550),
    "o": (570, 840, 2410),
    "u": (440, 1020, 2240),
    "y": (270, 2290, 3010),
    "ee": (270, 2290, 3010),
    "ea": (270, 2290, 3010),
    "oo": (300, 870, 2240),
    "ou": (660, 1000, 2300),
    "au": (570, 840, 2410),
    "ai": (600, 1750, 2500),
}
_HUM = (260, 1150, 2300)
_WIDTHS = np.array([90.0, 120.0, 180.0])
_STRENGTHS = np.array([1.0, 0.55, 0.25])

# Seconds at an unhurried pace.
_LENGTHS = {"": 0.0, "stop": 0.055, "hiss": 0.085, "hum": 0.06}
_VOWEL, _STRESSED = 0.115, 0.155
_HISSES: dict[str, _Band] = {
    "s": (4200, 9500),
    "z": (3800, 8500),
    "f": (1800, 8000),
    "v": (1500, 6000),
    "h": (700, 4000),
}
_STOPS: dict[str, _Band] = {
    "t": (2800, 7500),
    "d": (2400, 6500),
    "k": (1500, 4000),
    "g": (1200, 3500),
    "c": (1500, 4500),
}


@dataclass
class _Tracks:
    """What the voice does, point by point: pitch, loudness, formants; and where consonants rustle."""

    pace: float
    pitch: list[float] = field(default_factory=list)
    loudness: list[float] = field(default_factory=list)
    formants: list[_Shape] = field(default_factory=list)
    rustles: list[tuple[int, int, _Band, float]] = field(default_factory=list)
    """First point, points, band (Hz), loudness."""
    elapsed: float = 0.0

    def go_on(self, seconds: float, pitch: float, loudness: float, formants: _Shape) -> int:
        """For so many seconds at an unhurried pace; answers how many points that made."""
        self.elapsed += seconds * self.pace
        points = round(self.elapsed * SAMPLE_RATE / _POINT) - len(self.pitch)
        self.pitch += [pitch] * points
        self.loudness += [loudness] * points
        self.formants += [formants] * points
        return points

    def rustle(self, seconds: float, pitch: float, formants: _Shape, hertz: _Band, loudness: float) -> None:
        start = len(self.pitch)
        points = self.go_on(seconds, pitch, 0, formants)
        self.rustles.append((start, points, hertz, loudness))


def speak(text: str, seconds_max: Seconds, seed: int, out: Path) -> None:
    """Writes speech-like sound (.mp3 or .wav) of at most `seconds_max` seconds, the same for the same arguments.

    A text that would take longer is said faster; a short one leaves the rest of the time unused. BadRequest for a
    text without words and for less than a quarter of a second.
    """
    longest = int(exact(seconds_max) * SAMPLE_RATE)
    said = syllables(text)
    if not said or longest < SAMPLE_RATE // 4:
        raise BadRequest("a voice needs words, and at least a quarter of a second to say them")
    chance = np.random.default_rng(seed)
    unhurried = sum(_length(syllable) for syllable in said)
    pace = min(1.0, (longest / SAMPLE_RATE - 0.1) / unhurried)
    tracks = _acted(said, pace, float(chance.uniform(105, 190)), chance)
    voice = _sung(tracks, chance) + _rustled(tracks)
    encode(
        _finished(voice, longest), out, {"title": "Sketch voice", "comment": "A sketch of a voice by Rushes."}
    )


def _length(syllable: Syllable) -> float:
    vowel = _STRESSED if syllable.stressed else _VOWEL
    return (
        _LENGTHS[syllable.onset]
        + vowel * (1.5 if syllable.ending else 1)
        + _LENGTHS[syllable.coda]
        + syllable.pause
    )


def _acted(said: Sequence[Syllable], pace: float, voice: float, chance: np.random.Generator) -> _Tracks:
    tracks = _Tracks(pace)
    size = (voice / 105) ** 0.35  # a higher voice sits in a smaller head
    for syllable, height in zip(said, _melody(said), strict=True):
        pitch = voice * height * float(chance.normal(1, 0.015))
        first, second, third = _FORMANTS.get(syllable.vowel) or _FORMANTS[syllable.vowel[:1]]
        shape = (first * size, second * size, third * size)
        glide = {"?": 1.25, ".": 0.86}.get(syllable.ending, 1.0)
        loud = 1.0 if syllable.stressed else 0.72
        half = (_STRESSED if syllable.stressed else _VOWEL) * (0.75 if syllable.ending else 0.5)
        _consonant(tracks, syllable.onset, syllable.onset_letter, pitch, shape)
        tracks.go_on(half, pitch, loud, shape)
        tracks.go_on(half, pitch * glide, loud * (0.7 if syllable.ending else 0.9), shape)
        _consonant(tracks, syllable.coda, syllable.coda_letter, pitch * glide, shape)
        tracks.go_on(syllable.pause, pitch * glide, 0, shape)
    return tracks


def _consonant(tracks: _Tracks, kind: Consonant, letter: str, pitch: float, shape: _Shape) -> None:
    if kind == "hum":
        tracks.go_on(_LENGTHS[kind], pitch, 0.4, _HUM)
    elif kind == "hiss":
        tracks.rustle(_LENGTHS[kind], pitch, shape, _HISSES.get(letter, (2500, 7000)), 0.05)
    elif kind == "stop":
        tracks.go_on(_LENGTHS[kind] * 0.6, pitch, 0, shape)
        tracks.rustle(_LENGTHS[kind] * 0.4, pitch, shape, _STOPS.get(letter, (500, 2500)), 0.09)


def _melody(said: Sequence[Syllable]) -> list[float]:
    """Height of each syllable: a sentence sinks from its beginning to its end, and lifts what is stressed."""
    heights: list[float] = []
    start = 0
    for end, syllable in enumerate(said, 1):
        if syllable.ending in (".", "?"):
            sinking = np.linspace(1.14, 0.88, end - start)
            heights += [
                float(height) * (1.12 if each.stressed else 1.0) * (1.06 if each.ending == "," else 1.0)
                for height, each in zip(sinking, said[start:end], strict=True)
            ]
            start = end
    return heights


def _sung(tracks: _Tracks, chance: np.random.Generator) -> np.ndarray:
    """Partials of the moving pitch, each as loud as the formants let it through."""
    samples = len(tracks.pitch) * _POINT
    points = np.arange(len(tracks.pitch)) * _POINT
    time = np.arange(samples)
    tremble = (
        1 + 0.008 * np.sin(2 * np.pi * 5.2 * points / SAMPLE_RATE) + chance.normal(0, 0.003, len(points))
    )
    pitch = _eased(np.array(tracks.pitch), 14) * tremble
    loudness = _eased(np.array(tracks.loudness), 7)
    formants = np.stack([_eased(track, 9) for track in np.array(tracks.formants).T])
    turn = np.exp(2j * np.pi * np.cumsum(np.interp(time, points, pitch)) / SAMPLE_RATE).astype(np.complex64)
    voice, partial = np.zeros(samples, np.float32), np.ones(samples, np.complex64)
    for number in range(1, _PARTIALS + 1):
        partial *= turn
        distance = (number * pitch - formants) / (_WIDTHS[:, None] / 2)
        passed = (_STRENGTHS[:, None] / np.sqrt(1 + distance**2)).sum(axis=0) / number**0.6
        passed[number * pitch > 5500] = 0
        voice += np.interp(time, points, passed * loudness).astype(np.float32) * partial.imag
    return voice


def _rustled(tracks: _Tracks) -> np.ndarray:
    sound = np.zeros(len(tracks.pitch) * _POINT, np.float32)
    for number, (start, points, hertz, loudness) in enumerate(tracks.rustles):
        samples = points * _POINT
        burst = noise(samples, *hertz, seed=number) * swell(samples, 0.008, 0.03) if samples else np.zeros(0)
        sound[start * _POINT : start * _POINT + samples] += burst * loudness
    return sound


def _eased(track: np.ndarray, points: int) -> np.ndarray:
    """Every change spread over so many points, as a tongue takes time to move."""
    weights = np.hanning(points + 2)
    padded = np.pad(track, (points // 2, points - 1 - points // 2 + 2), mode="edge")
    return np.convolve(padded, weights / weights.sum(), "valid")[: len(track)]


def _finished(voice: np.ndarray, longest: int) -> Samples:
    """In both ears, a little apart, without rumble or sharpness, with quiet edges."""
    mono = band(voice.astype(np.float32), 80, 8500)[:longest]
    mono = mono * swell(len(mono), 0.01, 0.06)
    apart = np.pad(mono, (SAMPLE_RATE // 2000, 0))[: len(mono)]
    stereo = np.stack([mono + 0.12 * apart, mono - 0.12 * apart])
    loudness = integrated_loudness(exactly(stereo, max(len(mono), SAMPLE_RATE)))
    return limited(stereo * np.float32(10 ** ((_LOUDNESS - loudness) / 20)), _CEILING)

"""Pitched instruments: a frequency (Hz) and a length (samples) in, stereo samples of about equal loudness out."""

from collections.abc import Callable, Mapping

import numpy as np

from rushes.media.sound import Samples
from rushes.providers.sketch.music.waves import ensemble, length, seconds, sine, struck, swell, wave

Instrument = Callable[[float, int], Samples]


def _supersaw(frequency: float, samples: int) -> Samples:
    samples += length(0.12)
    return ensemble("saw", frequency, samples, 5200, 14, 7) * swell(samples, 0.02, 0.14)


def _pad(frequency: float, samples: int) -> Samples:
    samples += length(0.9)
    dull = ensemble("saw", frequency, samples, 900, 9, 4)
    bright = ensemble("saw", frequency, samples, 2600, 11, 4)
    opening = np.sin(np.linspace(0, np.pi, samples, dtype=np.float32))
    return (dull + (bright - dull) * 0.5 * opening) * swell(samples, 0.5, 1.1)


def _strings(frequency: float, samples: int) -> Samples:
    samples += length(0.45)
    bowed = ensemble("saw", frequency, samples, 3400, 10, 5)
    tremble = 1 + 0.06 * np.sin(2 * np.pi * 5.3 * seconds(samples))
    return bowed * tremble * swell(samples, 0.16, 0.5)


def _spiccato(frequency: float, samples: int) -> Samples:
    samples = min(samples, length(0.18)) + length(0.16)
    return ensemble("saw", frequency, samples, 3800, 9, 4) * struck(samples, 9) * swell(samples, 0.012, 0.1)


def _brass(frequency: float, samples: int) -> Samples:
    samples += length(0.25)
    dull = ensemble("saw", frequency, samples, 700, 6, 3)
    bright = ensemble("saw", frequency, samples, 3000, 6, 3)
    blown = np.minimum(1, seconds(samples) / 0.35) ** 1.5
    return (dull + (bright - dull) * blown) * swell(samples, 0.07, 0.3)


def _pluck(frequency: float, samples: int) -> Samples:
    samples = max(samples, length(0.25)) + length(0.35)
    bright = ensemble("saw", frequency, samples, 6500, 6, 2)
    dull = ensemble("saw", frequency, samples, 1100, 6, 2)
    closing = np.exp(-14 * seconds(samples))
    return (dull + (bright - dull) * closing) * struck(samples, 5.5) * 1.4


def _guitar(frequency: float, samples: int) -> Samples:
    samples = max(samples, length(0.5)) + length(0.5)
    return _decaying(frequency, samples, np.arange(1, 13), 1 / np.arange(1, 13) ** 1.1, 2.2, 0.55) * 0.9


def _piano(frequency: float, samples: int) -> Samples:
    samples += length(0.5)
    number = np.arange(1, 11)
    stretched = number * np.sqrt(1 + 0.0004 * number**2)  # stiff strings: partials are slightly sharp
    strength = np.exp(-0.42 * (number - 1)) * (0.6 + 0.4 * np.cos(number * 0.8) ** 2)
    slow = 0.9 + frequency / 500
    return _decaying(frequency, samples, stretched, strength, slow, 0.35) * swell(samples, 0.003, 0.4)


def _rhodes(frequency: float, samples: int) -> Samples:
    samples += length(0.35)
    time = seconds(samples)
    tine = np.sin(2 * np.pi * frequency * 14 * time) * np.exp(-time * 22) * 0.12
    bell = 1.3 * np.exp(-time * 3.2) * np.sin(2 * np.pi * frequency * time)
    tone = np.sin(2 * np.pi * frequency * time + bell) * 0.9 + tine
    sway = 0.18 * np.sin(2 * np.pi * 4.6 * time)
    return (
        np.stack([tone * (1 + sway), tone * (1 - sway)]) * struck(samples, 1.5) * swell(samples, 0.004, 0.3)
    )


def _marimba(frequency: float, samples: int) -> Samples:
    samples = length(0.7)
    return _decaying(frequency, samples, np.array([1, 3.93, 9.2]), np.array([1, 0.35, 0.12]), 6.5, 1.6) * 1.5


def _vibes(frequency: float, samples: int) -> Samples:
    samples += length(1.2)
    tone = _decaying(frequency, samples, np.array([1, 3.98, 10.1]), np.array([1, 0.22, 0.07]), 1.8, 0.8)
    return tone * (1 + 0.22 * np.sin(2 * np.pi * 5.5 * seconds(samples))) * swell(samples, 0.003, 0.6)


def _bell(frequency: float, samples: int) -> Samples:
    samples += length(1.5)
    ratios = np.array([0.5, 1, 1.19, 1.5, 2, 2.74, 3.76])
    strengths = np.array([0.25, 1, 0.3, 0.25, 0.45, 0.2, 0.12])
    return _decaying(frequency, samples, ratios, strengths, 2.0, 0.6) * swell(samples, 0.004, 0.8)


def _pizzicato(frequency: float, samples: int) -> Samples:
    samples = length(0.4)
    return _decaying(frequency, samples, np.arange(1, 9), 1 / np.arange(1, 9) ** 1.3, 9, 1.2) * 1.5


def _lead(frequency: float, samples: int) -> Samples:
    samples += length(0.15)
    sung = ensemble("square", frequency, samples, 3600, 7, 3)
    return sung * (1 + 0.08 * np.sin(2 * np.pi * 5.6 * seconds(samples))) * swell(samples, 0.012, 0.15) * 0.8


def _flute(frequency: float, samples: int) -> Samples:
    samples += length(0.2)
    vibrato = frequency * (1 + 0.005 * np.sin(2 * np.pi * 5.0 * seconds(samples)))
    tone = sine(vibrato, samples) + 0.28 * sine(vibrato * 2, samples) + 0.1 * sine(vibrato * 3, samples)
    return _centred(tone * 0.6 * swell(samples, 0.06, 0.2))


def _synth_bass(frequency: float, samples: int) -> Samples:
    samples += length(0.03)
    growl = wave("saw", frequency, samples, 900) + 0.5 * wave("square", frequency, samples, 400)
    return _centred(
        (np.tanh(growl * 1.2) + 0.7 * sine(frequency, samples)) * swell(samples, 0.006, 0.05) * 0.6
    )


def _sub_bass(frequency: float, samples: int) -> Samples:
    samples += length(0.08)
    tone = np.tanh(1.5 * sine(frequency, samples)) + 0.12 * wave("triangle", frequency * 2, samples, 600)
    return _centred(tone * swell(samples, 0.015, 0.12) * 0.62)


def _upright(frequency: float, samples: int) -> Samples:
    samples += length(0.12)
    number = np.arange(1, 8)
    tone = _decaying(frequency, samples, number, np.exp(-0.65 * (number - 1)), 2.4, 0.9)
    return _centred(tone.mean(axis=0) * swell(samples, 0.006, 0.1) * 1.3)


def _decaying(
    frequency: float,
    samples: int,
    ratios: np.ndarray,
    strengths: np.ndarray,
    rate: float,
    rate_per_ratio: float,
) -> Samples:
    """Partials that each die away at their own rate, heard by two ears a little apart."""
    time = seconds(samples)
    sound = np.zeros((2, samples), np.float32)
    for ratio, strength in zip(ratios * frequency, strengths / np.sqrt(np.sum(strengths**2)), strict=True):
        if ratio > 16_000:
            continue
        decay = np.exp(-time * np.float32(rate + rate_per_ratio * (ratio / frequency - 1)))
        for ear, detune in zip(sound, (0.9996, 1.0004), strict=True):
            ear += np.float32(strength * 0.6) * np.sin(np.float32(2 * np.pi * ratio * detune) * time) * decay
    return sound * swell(samples, 0.002, 0.03)


def _centred(mono: np.ndarray) -> Samples:
    return np.stack([mono, mono]).astype(np.float32)


INSTRUMENTS: Mapping[str, Instrument] = {
    "supersaw": _supersaw,
    "pad": _pad,
    "strings": _strings,
    "spiccato": _spiccato,
    "brass": _brass,
    "pluck": _pluck,
    "guitar": _guitar,
    "piano": _piano,
    "rhodes": _rhodes,
    "marimba": _marimba,
    "vibes": _vibes,
    "bell": _bell,
    "pizzicato": _pizzicato,
    "lead": _lead,
    "flute": _flute,
    "synth_bass": _synth_bass,
    "sub_bass": _sub_bass,
    "upright": _upright,
}

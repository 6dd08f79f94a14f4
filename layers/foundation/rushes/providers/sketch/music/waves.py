"""Sound from nothing: band-limited waves read from tables, envelopes, filters."""

from functools import lru_cache

import numpy as np

from rushes.media.sound import Samples
from rushes.media.timeline import SAMPLE_RATE

_TABLE = 1 << 14
_HIGHEST = 18_000  # Hz; partials above are left out, so that nothing folds back


def seconds(samples: int) -> np.ndarray:
    """The time of each of `samples` samples."""
    return np.arange(samples, dtype=np.float32) / SAMPLE_RATE


def length(time: float) -> int:
    return round(time * SAMPLE_RATE)


def wave(shape: str, frequency: float, samples: int, cutoff: float, phase: float = 0.0) -> np.ndarray:
    """A `saw`, `square` or `triangle` of equal loudness, falling by 24 dB an octave above `cutoff` Hz."""
    table = _cycle(shape, round(_HIGHEST / frequency), round(cutoff / frequency, 1))
    turns = phase + np.arange(samples) * (frequency / SAMPLE_RATE)
    return table[(turns * _TABLE).astype(np.int64) & (_TABLE - 1)]


def sine(frequency: float | np.ndarray, samples: int, phase: float = 0.0) -> np.ndarray:
    """A frequency that moves is given for every sample."""
    turns = np.cumsum(np.broadcast_to(np.float64(1) * frequency, samples)) / SAMPLE_RATE
    return np.sin(2 * np.pi * (turns + phase)).astype(np.float32)


def ensemble(shape: str, frequency: float, samples: int, cutoff: float, cents: float, voices: int) -> Samples:
    """Detuned voices spread from left to right."""
    chance = np.random.default_rng(round(frequency * 100))
    sound = np.zeros((2, samples), np.float32)
    for place in np.linspace(-1, 1, voices):
        detuned = frequency * 2 ** (place * cents / 1200)
        voice = wave(shape, detuned, samples, cutoff, chance.random())
        sound += np.array([[np.cos((place + 1) * np.pi / 4)], [np.sin((place + 1) * np.pi / 4)]]) * voice
    return sound / np.float32(voices**0.5)


def swell(samples: int, attack: float, release: float) -> np.ndarray:
    """From silence to full in `attack` seconds, back to silence in the last `release` seconds."""
    envelope = np.ones(samples, np.float32)
    rise, fall = min(length(attack), samples // 2), min(length(release), samples // 2)
    envelope[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise)) ** 2
    envelope[samples - fall :] *= np.sin(np.linspace(np.pi / 2, 0, fall)) ** 2
    return envelope


def struck(samples: int, rate: float) -> np.ndarray:
    """A decay by e^(−rate·t) with a soft beginning of 2 ms and an end of 20 ms, so that nothing clicks."""
    return np.exp(-rate * seconds(samples)) * swell(samples, 0.002, 0.02)


def noise(samples: int, low: float, high: float, seed: int) -> np.ndarray:
    """White noise of unit loudness between two frequencies (Hz)."""
    white = np.random.default_rng(seed).standard_normal(samples).astype(np.float32)
    filtered = band(white, low, high)
    return filtered / np.sqrt(np.mean(np.square(filtered)) + 1e-12)


def band(sound: np.ndarray, low: float, high: float) -> np.ndarray:
    """What lies between two frequencies (Hz), with slopes of 12 dB an octave; along the last axis."""
    hertz = _frequencies(sound)
    return _shaped(sound, 1 / np.sqrt((1 + (low / hertz) ** 4) * (1 + (hertz / high) ** 4)))


def equalised(sound: np.ndarray, low: float, high: float) -> np.ndarray:
    """`low` dB more below about 100 Hz, `high` dB more above about 4 kHz, and no rumble under 28 Hz."""
    hertz = _frequencies(sound)
    shelves = low / (1 + (hertz / 110) ** 2) + high / (1 + (2800 / hertz) ** 2)
    return _shaped(sound, 10 ** (shelves / 20) / np.sqrt(1 + (28 / hertz) ** 6))


def fast_length(samples: int) -> int:
    """A length for the Fourier transform, at most a third longer than `samples`."""
    power = 1 << (samples - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= samples else power


def _frequencies(sound: np.ndarray) -> np.ndarray:
    """Hz of each point of the padded spectrum; the first stands for next to nothing, not for zero."""
    hertz = np.fft.rfftfreq(_padded(sound), 1 / SAMPLE_RATE)
    hertz[0] = 1e-3
    return hertz


def _shaped(sound: np.ndarray, gain: np.ndarray) -> np.ndarray:
    spectrum = np.fft.rfft(sound, _padded(sound)) * gain.astype(np.float32)
    return np.fft.irfft(spectrum, _padded(sound))[..., : sound.shape[-1]].astype(np.float32)


def _padded(sound: np.ndarray) -> int:
    """Room after the sound, so that a filter's tail does not come round to its beginning."""
    return fast_length(sound.shape[-1] + 2048)


@lru_cache(256)
def _cycle(shape: str, partials: int, cutoff: float) -> np.ndarray:
    """One period, from its partials; `cutoff` in multiples of the fundamental."""
    number = np.arange(1, max(1, min(partials, _TABLE // 4)) + 1)
    odd = number % 2
    strength = {"saw": 1 / number, "square": odd / number, "triangle": odd / number**2}[shape]
    strength = strength / np.sqrt(1 + (number / cutoff) ** 8)
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    spectrum[1 : len(number) + 1] = -1j * strength
    cycle = np.fft.irfft(spectrum)
    return (cycle / np.sqrt(np.mean(np.square(cycle)))).astype(np.float32) * np.float32(0.5)

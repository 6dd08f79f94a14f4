"""Drums and effects. Each gives stereo samples; those of a kit sound alike in every bar, as a drum machine's do."""

from collections.abc import Callable, Mapping

import numpy as np

from rushes.media.sound import Samples
from rushes.providers.sketch.music.waves import length, noise, seconds, sine, struck, swell


def riser(samples: int) -> Samples:
    """Noise that grows brighter and louder, and breaks off where the drop comes."""
    climb = np.linspace(0, 1, samples, dtype=np.float32)
    hiss = [noise(samples, 500, 2500, 1), noise(samples, 500, 2500, 2)]
    air = [noise(samples, 3000, 12_000, 3), noise(samples, 3000, 12_000, 4)]
    tone = sine(180 * 2 ** (climb * 2), samples) * 0.25
    sound = np.stack([h * (1 - climb) + a * climb + tone for h, a in zip(hiss, air, strict=True)])
    return sound * climb**2.2 * swell(samples, 0.05, 0.02) * 0.16


def _kick() -> Samples:
    samples = length(0.42)
    time = seconds(samples)
    body = sine(46 + 130 * np.exp(-time * 38), samples) * struck(samples, 7.5)
    click = noise(samples, 1500, 7000, 5) * np.exp(-time * 190) * 0.16
    return _centred(np.tanh(body * 1.7) * 0.85 + click * swell(samples, 0.001, 0.02))


def _soft_kick() -> Samples:
    samples = length(0.36)
    return _centred(sine(48 + 50 * np.exp(-seconds(samples) * 30), samples) * struck(samples, 9))


def _taiko() -> Samples:
    samples = length(1.3)
    time = seconds(samples)
    skin = sine(62 + 45 * np.exp(-time * 16), samples) * np.exp(-time * 4.2)
    shell = sine(151, samples) * np.exp(-time * 8) * 0.3
    slap = np.stack([noise(samples, 150, 1800, seed) for seed in (6, 7)]) * np.exp(-time * 20) * 0.32
    return (_centred(skin + shell) + slap) * swell(samples, 0.002, 0.2)


def _snare() -> Samples:
    samples = length(0.3)
    time = seconds(samples)
    rattle = np.stack([noise(samples, 1300, 9500, seed) for seed in (8, 9)]) * np.exp(-time * 17) * 0.3
    return (rattle + (sine(188, samples) + 0.6 * sine(331, samples)) * np.exp(-time * 26) * 0.4) * _soft(
        samples
    )


def _brush() -> Samples:
    samples = length(0.26)
    sweep = np.stack([noise(samples, 1800, 8500, seed) for seed in (10, 11)])
    return sweep * swell(samples, 0.03, 0.2) * np.exp(-seconds(samples) * 9) * 0.26


def _clap() -> Samples:
    samples = length(0.34)
    time = seconds(samples)
    hands = sum(np.where(time >= at, np.exp(-np.maximum(time - at, 0) * 160), 0) for at in (0, 0.011, 0.023))
    envelope = hands * 0.6 + np.where(time >= 0.03, np.exp(-np.maximum(time - 0.03, 0) * 19), 0)
    return np.stack([noise(samples, 900, 5200, seed) for seed in (12, 13)]) * envelope * _soft(samples) * 0.24


def _hat() -> Samples:
    return _metal(0.09, 60, 14) * 0.15


def _open_hat() -> Samples:
    return _metal(0.38, 11, 16) * 0.14


def _shaker() -> Samples:
    samples = length(0.12)
    return (
        np.stack([noise(samples, 4500, 11_000, seed) for seed in (18, 19)])
        * swell(samples, 0.025, 0.08)
        * 0.1
    )


def _ride() -> Samples:
    samples = length(0.9)
    ping = sum(sine(hertz, samples) for hertz in (3170, 4210, 5680)) * 0.08
    return _metal(0.9, 5.5, 20) * 0.07 + ping * struck(samples, 7) * 0.6


def _rim() -> Samples:
    samples = length(0.12)
    return _centred((sine(1720, samples) + 0.6 * sine(480, samples)) * struck(samples, 55) * 0.4)


def _block() -> Samples:
    samples = length(0.15)
    return _centred((sine(1130, samples) + 0.35 * sine(2080, samples)) * struck(samples, 42) * 0.4)


def _tick() -> Samples:
    samples = length(0.05)
    return _centred(noise(samples, 2500, 6000, 22) * struck(samples, 140) * 0.3)


def _crash() -> Samples:
    samples = length(2.4)
    return np.stack([noise(samples, 2600, 14_000, seed) for seed in (23, 24)]) * struck(samples, 2.3) * 0.16


def _impact() -> Samples:
    samples = length(2.6)
    time = seconds(samples)
    boom = sine(38 + 70 * np.exp(-time * 11), samples) * np.exp(-time * 2.2)
    blast = np.stack([noise(samples, 90, 2200, seed) for seed in (25, 26)]) * np.exp(-time * 6) * 0.24
    return (_centred(np.tanh(boom * 1.5) * 0.8) + blast) * swell(samples, 0.002, 0.5)


def _metal(time: float, rate: float, seed: int) -> Samples:
    samples = length(time)
    return np.stack([noise(samples, 6500, 15_000, seed + ear) for ear in (0, 1)]) * struck(samples, rate)


def _soft(samples: int) -> np.ndarray:
    return swell(samples, 0.001, 0.03)


def _centred(mono: np.ndarray) -> Samples:
    return np.stack([mono, mono]).astype(np.float32)


DRUMS: Mapping[str, Callable[[], Samples]] = {
    "kick": _kick,
    "soft_kick": _soft_kick,
    "taiko": _taiko,
    "snare": _snare,
    "brush": _brush,
    "clap": _clap,
    "hat": _hat,
    "open_hat": _open_hat,
    "shaker": _shaker,
    "ride": _ride,
    "rim": _rim,
    "block": _block,
    "tick": _tick,
    "crash": _crash,
    "impact": _impact,
}

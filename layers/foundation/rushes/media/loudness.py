"""Loudness after ITU-R BS.1770-4: integrated loudness, true peak, and a limiter that keeps a ceiling."""

from functools import cache

import numpy as np

from rushes.media.sound import Samples
from rushes.media.timeline import SAMPLE_RATE

# K-weighting at 48 kHz, BS.1770-4 annex 1, tables 1 and 2: (b, a) of the shelf and of the high-pass.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_BLOCK = 1 << 16
_FRESH = _BLOCK - (1 << 14)
"""A block's new samples; the rest, 0.34 s, is room for the filters' tails."""

_STEP = SAMPLE_RATE // 10  # blocks of 400 ms overlap by three quarters: four steps of 100 ms
_OFFSET = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0

_PHASES, _TAPS = 4, 24
_WINDOW = 4096
"""Samples (85 ms) over which the limiter bends its gain; half before a peak, half after."""


def integrated_loudness(samples: Samples) -> float:
    """LUFS of the whole; -inf for silence and for anything under 400 ms."""
    steps = samples.shape[1] // _STEP
    if steps < 4:
        return -np.inf
    weighted = _k_weighted(samples)[:, : steps * _STEP].astype(np.float64)
    energy = np.square(weighted).reshape(2, steps, _STEP).sum(axis=(0, 2))
    blocks = np.convolve(energy, np.ones(4), "valid") / (4 * _STEP)
    blocks = blocks[_lufs(blocks) > _ABSOLUTE_GATE]
    if not blocks.size:
        return -np.inf
    blocks = blocks[_lufs(blocks) > _lufs(blocks.mean()) + _RELATIVE_GATE]
    return float(_lufs(blocks.mean()))


def true_peak(samples: Samples) -> float:
    """dBTP: the highest peak of the signal oversampled four times (BS.1770-4 annex 2); -inf for silence."""
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(_peaks(samples).max(initial=0)))


def limited(samples: Samples, ceiling: float) -> Samples:
    """The samples with no true peak above `ceiling` dBTP: the gain bends smoothly, well ahead of a peak."""
    limit = 10 ** (ceiling / 20)
    peaks = _peaks(samples).max(axis=0)
    if peaks.max(initial=0) <= limit:
        return samples
    needed = np.minimum(1, limit / np.maximum(peaks, limit))
    return samples * _smoothed(_lowest_nearby(needed)).astype(np.float32)


def _k_weighted(samples: Samples) -> np.ndarray:
    """Filtered in the spectrum, block by block; the filters' tails die out within a block's overhang."""
    length = samples.shape[1]
    count = -(-length // _FRESH)
    blocks = np.pad(samples, ((0, 0), (0, count * _FRESH - length))).reshape(2, count, _FRESH)
    filtered = np.fft.irfft(np.fft.rfft(blocks, _BLOCK) * _response(), _BLOCK)
    weighted = np.zeros((2, count * _FRESH + _BLOCK - _FRESH), np.float32)
    for number in range(count):
        weighted[:, number * _FRESH : number * _FRESH + _BLOCK] += filtered[:, number]
    return weighted[:, :length]


@cache
def _response() -> np.ndarray:
    """Of both filters, at the frequencies of a block's spectrum."""
    z = np.exp(-2j * np.pi * np.arange(_BLOCK // 2 + 1) / _BLOCK)
    response = np.ones_like(z)
    for b, a in (_SHELF, _HIGH_PASS):
        response *= np.polyval(b[::-1], z) / np.polyval(a[::-1], z)
    return response.astype(np.complex64)


def _lufs(mean_square: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return _OFFSET + 10 * np.log10(mean_square)


def _peaks(samples: Samples) -> np.ndarray:
    """Per channel and sample, the largest magnitude at it and at the three points between it and the next."""
    peaks = np.abs(samples)
    for phase in range(1, _PHASES):
        offsets = np.arange(-_TAPS // 2 + 1, _TAPS // 2 + 1) - phase / _PHASES
        kernel = (np.sinc(offsets) * np.kaiser(_TAPS, 6.0)).astype(np.float32)
        for channel, peak in zip(samples, peaks, strict=True):
            between = np.convolve(channel, kernel[::-1], "full")[_TAPS // 2 - 1 :][: len(peak)]
            np.maximum(peak, np.abs(between), out=peak)
    return peaks


def _lowest_nearby(gain: np.ndarray) -> np.ndarray:
    """The minimum over a window centred on each sample: overlapping windows make ones twice as long."""
    lowest = np.pad(gain, (_WINDOW // 2, _WINDOW // 2 - 1), constant_values=1.0)
    width = 1
    while width < _WINDOW:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    return lowest


def _smoothed(gain: np.ndarray) -> np.ndarray:
    """Averaged twice over half a window: never above the lowest gain needed at the middle of that window."""
    half = _WINDOW // 2
    for _ in range(2):
        sums = np.cumsum(np.pad(gain, half // 2, mode="edge"), dtype=np.float64)
        gain = (sums[half:] - sums[:-half]) / half
    return gain

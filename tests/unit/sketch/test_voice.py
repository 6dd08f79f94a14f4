from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from rushes.errors import BadRequest
from rushes.media.loudness import integrated_loudness, true_peak
from rushes.media.sound import Samples, decode
from rushes.providers.sketch.syllables import syllables
from rushes.providers.sketch.voice import speak

TEXT = "Meet the Aurora bottle: cold for a whole day, light as a feather. Ready for the mountains?"


def said(tmp_path: Path, text: str, seconds: Fraction | int = 30, seed: int = 1) -> Samples:
    speak(text, seconds, seed, tmp_path / "voice.wav")
    return decode(tmp_path / "voice.wav")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("cat", 1),
        ("water", 2),
        ("time", 1),
        ("beautiful", 3),
        ("rhythm", 1),
        ("24", 2),
        ("Straße", 2),
        ("tz", 1),
    ],
)
def test_words_have_the_syllables_of_their_letters(text: str, count: int):
    assert len(syllables(text)) == count


@pytest.mark.parametrize("text", ["你好，世界", "Привет, мир", "مرحبا", "Ελλάδα"])
def test_every_script_can_be_murmured(tmp_path: Path, text: str):
    assert said(tmp_path, text, 5).shape[1] > 10_000


def test_a_voice_pauses_at_punctuation(tmp_path: Path):
    flowing, halting = (said(tmp_path, text) for text in ("one two three four", "one. two. three. four."))
    assert halting.shape[1] > flowing.shape[1] + 3 * 48_000 // 4
    assert pauses(halting) == 3
    assert pauses(flowing) == 0


def test_longer_texts_take_longer(tmp_path: Path):
    assert said(tmp_path, TEXT * 2).shape[1] > 1.8 * said(tmp_path, TEXT).shape[1]


@pytest.mark.parametrize("seconds", [Fraction(1, 2), 2, Fraction(10, 3), 30])
def test_a_voice_never_takes_longer_than_it_may(tmp_path: Path, seconds: Fraction | int):
    assert said(tmp_path, TEXT, seconds).shape[1] <= seconds * 48_000


def test_a_short_text_is_not_drawn_out(tmp_path: Path):
    assert said(tmp_path, "Hello there.", 30).shape[1] < 2 * 48_000


def test_a_voice_is_clear_and_does_not_clip(tmp_path: Path):
    voice = said(tmp_path, TEXT)
    assert integrated_loudness(voice) == pytest.approx(-18, abs=1)
    assert true_peak(voice) <= -1.9
    assert np.abs(voice[:, [0, -1]]).max() < 0.001


def test_a_question_rises_and_a_statement_falls(tmp_path: Path):
    question, statement = (said(tmp_path, f"mamamama{mark}", 3) for mark in "?.")
    assert pitch(question[0, -4000:-800]) > 1.2 * pitch(statement[0, -4000:-800])


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path):
    for name in ("1.mp3", "2.mp3"):
        speak(TEXT, 5, 3, tmp_path / name)
    assert (tmp_path / "1.mp3").read_bytes() == (tmp_path / "2.mp3").read_bytes()


def test_seeds_are_different_speakers(tmp_path: Path):
    heights = {round(pitch(said(tmp_path, "mamamamama", 3, seed)[0, 9600:24_000]) / 5) for seed in range(5)}
    assert len(heights) >= 4


@pytest.mark.parametrize("text", ["", " … ", "!?"])
def test_without_words_there_is_nothing_to_say(tmp_path: Path, text: str):
    with pytest.raises(BadRequest, match="needs words"):
        said(tmp_path, text)


def pauses(voice: Samples) -> int:
    """Silences of a fifth of a second and more, between sounds."""
    levels = np.abs(voice[0][: voice.shape[1] // 480 * 480]).reshape(-1, 480).max(axis=1) > 0.01
    runs = "".join("x" if loud else "." for loud in levels).strip(".").split("x")
    return sum(len(run) >= 20 for run in runs)


def pitch(voice: np.ndarray) -> float:
    """Hz, by autocorrelation between 70 and 400 Hz."""
    spectrum = np.abs(np.fft.rfft(voice - voice.mean(), 4 * len(voice))) ** 2
    alike = np.fft.irfft(spectrum)[: 48_000 // 70]
    return 48_000 / (48_000 // 400 + int(alike[48_000 // 400 :].argmax()))

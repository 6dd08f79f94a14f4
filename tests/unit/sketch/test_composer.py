"""The composer, judged by what can be measured in what it writes."""

from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from rushes.errors import BadRequest
from rushes.media.loudness import integrated_loudness, true_peak
from rushes.media.sound import Samples, decode
from rushes.providers.sketch.composer import compose
from rushes.providers.sketch.music.direction import read
from rushes.providers.sketch.music.harmony import MAJOR, chord, voiced
from rushes.providers.sketch.music.score import form
from rushes.providers.sketch.music.styles import STYLES

MOODS = {
    "electronic": "Energetic electronic music for a sports ad, driving synths",
    "pop": "Uplifting, bright and optimistic",
    "cinematic": "Epic orchestral trailer",
    "ambient": "Calm, peaceful, minimal",
    "emotional": "A tender, heartfelt piano piece",
    "playful": "Playful and quirky for kids",
    "dark": "Dark and tense, mysterious",
    "lounge": "Elegant luxury lounge jazz",
    "street": "Laid-back hip-hop beat, urban",
}


@cache
def music(direction: str, seconds: Fraction | int = 12, seed: int = 7) -> Samples:
    with TemporaryDirectory() as folder:
        out = Path(folder, "music.wav")
        compose(direction, seconds, seed, out)
        return decode(out)


@pytest.mark.parametrize(("style", "direction"), MOODS.items())
def test_a_mood_in_words_finds_its_style(style: str, direction: str):
    assert read(direction).style == STYLES[style]


@pytest.mark.parametrize("direction", MOODS.values())
def test_music_is_loud_enough_undistorted_and_clean(direction: str):
    sound = music(direction)
    assert -18 < integrated_loudness(sound) < -14
    assert true_peak(sound) <= -1
    assert np.abs(sound.mean(axis=1)).max() < 0.001
    crest = 20 * np.log10(np.abs(sound).max() / np.sqrt(np.mean(np.square(sound))))
    assert 9 < crest < 20


@pytest.mark.parametrize("direction", MOODS.values())
def test_music_opens_quietly_builds_up_and_dies_away_just_before_the_cut(direction: str):
    sound = music(direction)
    opening, height = (loudness(sound[:, a * 48_000 : b * 48_000]) for a, b in ((0, 2), (6, 9)))
    assert opening < height - 2
    assert np.abs(sound[:, -48_000 * 7 // 100 :]).max() == 0
    assert loudness(sound[:, -14_400:-4800]) < height - 12


@pytest.mark.parametrize("direction", MOODS.values())
def test_nothing_clicks(direction: str):
    """A click is a jump far beyond what the surroundings do; hits of drums have surroundings of their own."""
    jumps = np.abs(np.diff(music(direction))).max(axis=0)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(jumps, 32, mode="edge"), 65)[:, ::8].mean(axis=1)
    assert (jumps > 0.05 + 14 * around).sum() == 0


@pytest.mark.parametrize("direction", [MOODS["electronic"], MOODS["pop"], MOODS["cinematic"]])
def test_music_is_wide_but_not_out_of_phase(direction: str):
    left, right = music(direction)
    assert 0.1 < np.corrcoef(left, right)[0, 1] < 0.95


def test_styles_differ_clearly_in_colour():
    colours = {style: spectrum(music(direction)) for style, direction in MOODS.items()}
    for one, other in combinations(colours, 2):
        assert np.abs(colours[one] - colours[other]).max() > 2, f"{one} sounds like {other}"


@pytest.mark.parametrize(
    ("direction", "bpm"),
    [
        ("Energetic electronic, 124 BPM", 124),
        ("Uplifting pop at 100 bpm", 100),
        ("hip-hop, 90 BPM", 90),
        ("Epic cinematic", 92),
    ],
)
def test_the_tempo_asked_for_can_be_measured(direction: str, bpm: int):
    sound = music(direction, 14)
    assert regularity(sound, bpm) > 0.3
    assert regularity(sound, bpm) > regularity(sound, bpm * 1.13) + 0.1


@pytest.mark.parametrize("seconds", [2, 5, Fraction(77, 10), Fraction(241, 24), 40])
def test_music_has_exactly_the_length_asked_for(seconds: Fraction | int):
    assert music("pop", seconds).shape == (2, seconds * 48_000)


def test_an_mp3_is_as_long_as_asked_for_too(tmp_path: Path):
    compose("calm", 5, 1, tmp_path / "music.mp3")
    assert decode(tmp_path / "music.mp3").shape == (2, 5 * 48_000)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path):
    for name in ("1.mp3", "2.mp3"):
        compose("playful", 6, 42, tmp_path / name)
    assert (tmp_path / "1.mp3").read_bytes() == (tmp_path / "2.mp3").read_bytes()


def test_another_seed_is_another_piece():
    assert not np.array_equal(music("playful", 6, 1), music("playful", 6, 2))


@pytest.mark.parametrize("seconds", [10, 15, 30, 45, 60])
@pytest.mark.parametrize("direction", MOODS.values())
def test_the_last_chord_comes_late_when_the_music_is_to_end_on_the_cut(direction: str, seconds: int):
    ringing, sudden = (form(read(direction + words), seconds * 48_000) for words in ("", ", ends on the cut"))
    assert 2 <= ringing.beats - 4 * ringing.bars <= 5
    assert 1 <= sudden.beats - 4 * sudden.bars <= 2


@pytest.mark.parametrize("seconds", [15, 30, 60])
def test_the_tempo_bends_by_less_than_a_beat_to_fit_the_length(seconds: int):
    for words in ("", ", ends on the cut"):
        plan = form(read(f"pop, 117 BPM{words}"), seconds * 48_000)
        assert abs(plan.beats - seconds * 117 / 60) <= 1
        assert plan.at(0, plan.beats * 4) == seconds * 48_000


def test_no_drums_means_no_drums():
    with_drums, without = read("epic trailer"), read("epic trailer, no drums")
    assert any(part.role == "drum" for part in with_drums.style.parts)
    assert not any(part.role == "drum" for part in without.style.parts)


def test_an_instrument_asked_for_by_name_plays_the_melody():
    leads = [
        part.instrument
        for part in read("dark and tense with a lone flute").style.parts
        if part.role == "lead"
    ]
    assert leads[0] == "flute"


def test_words_that_say_nothing_give_uplifting_pop():
    assert read("").style == read("zzz").style == STYLES["pop"]


def test_a_moment_is_too_short_for_music(tmp_path: Path):
    with pytest.raises(BadRequest, match="at least 2 seconds"):
        compose("pop", 1, 1, tmp_path / "music.mp3")


def test_voices_move_by_small_steps_from_chord_to_chord():
    before = None
    for root in (0, 4, 5, 3, 0, 5, 1, 4):
        voicing = voiced(chord(48, MAJOR, root, 3), before)
        assert len(voicing) == 3
        assert {pitch % 12 for pitch in voicing} == {pitch % 12 for pitch in chord(48, MAJOR, root, 3)}
        if before:
            assert max(abs(new - old) for new, old in zip(voicing, before, strict=True)) <= 5
        before = voicing


def loudness(sound: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(sound))) + 1e-7))


def spectrum(sound: Samples) -> np.ndarray:
    """dB in six bands, against the whole."""
    power = np.square(np.abs(np.fft.rfft(sound.mean(axis=0))))
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / 48_000)
    edges = (30, 120, 350, 1000, 2500, 6000, 16_000)
    bands = [power[(hertz >= low) & (hertz < high)].sum() for low, high in pairwise(edges)]
    return 10 * np.log10(np.array(bands) / sum(bands))


def regularity(sound: Samples, bpm: float) -> float:
    """How much the onsets repeat after a beat: the autocorrelation of the spectral flux, 0 … 1."""
    windows = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=0), 1024)[::240]
    spectra = np.log1p(20 * np.abs(np.fft.rfft(windows * np.hanning(1024), axis=1)))
    flux = np.maximum(0, np.diff(spectra, axis=0)).sum(axis=1)
    flux -= flux.mean()
    lag = 60 / bpm * 200
    near = range(round(lag) - 2, round(lag) + 3)
    return max(float(np.dot(flux[:-at], flux[at:]) / np.dot(flux, flux)) for at in near)

"""The pieces of a lecture that are transcribed: cut in pauses, and together the whole sound."""

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rushes.errors import Unplayable
from rushes.media.listening.pieces import pieces_of
from rushes.media.listening.speech import piece
from rushes.media.probe import probe
from tests.unit.media.material import film
from tests.unit.media.recordings import Spans, noise, recorded, speech

TALK = [(0.0, 3.0), (3.9, 8.0), (8.8, 14.4), (15.2, 20.0)]
"""Twenty seconds, with pauses near the fifth, the tenth and the fifteenth."""


def heard(path: Path) -> np.ndarray:
    """int, (n,), at 16 kHz."""
    with av.open(path) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(int)


def cut(path: Path, pieces: int, seconds: Fraction | int) -> tuple[list[Fraction], list[np.ndarray]]:
    """(when each piece begins, its samples), each made on its own."""
    out = path.with_name("piece.flac")
    starts, sounds = [], []
    for number in reversed(range(pieces)):
        starts.insert(0, piece(path, out, number, pieces, Fraction(seconds)))
        sounds.insert(0, heard(out))
    return starts, sounds


def assert_whole(path: Path, pieces: int, seconds: Fraction | int) -> list[Fraction]:
    """Every piece begins where the one before ends; together they are what a single piece would be."""
    _, (whole,) = cut(path, 1, seconds)
    starts, sounds = cut(path, pieces, seconds)
    ends = np.cumsum([len(sound) for sound in sounds])
    assert [start * 16_000 for start in starts[1:]] == ends[:-1].tolist()
    assert np.array_equal(np.concatenate(sounds), whole)
    return starts


def assert_in_pauses(starts: list[Fraction], spans: Spans) -> None:
    for start in starts[1:]:
        assert not any(begin < start < end for begin, end in spans), float(start)


@pytest.mark.parametrize(
    ("minutes", "pieces"),
    [(Fraction(1, 60), 1), (10, 1), (Fraction(601, 60), 2), (25, 3), (60, 6), (180, 18)],
)
def test_a_piece_is_nominally_at_most_ten_minutes(minutes: Fraction, pieces: int):
    assert pieces_of(minutes * Fraction(60)) == pieces


def test_a_piece_is_mono_flac_at_16_khz(tmp_path: Path):
    talk = recorded(
        tmp_path / "t.wav", np.stack([speech(TALK, 20, rate=48_000)] * 2), rate=48_000, layout="stereo"
    )
    piece(talk, tmp_path / "p.flac", 1, 4, Fraction(20))
    facts = probe(tmp_path / "p.flac")
    assert (facts.audio_codec, facts.sample_rate, facts.channels) == ("flac", 16_000, 1)


def test_the_pieces_meet_in_the_pauses_and_are_the_whole_sound(tmp_path: Path):
    starts = assert_whole(recorded(tmp_path / "t.wav", speech(TALK, 20)), 4, 20)
    assert_in_pauses(starts, TALK)
    assert [float(start) for start in starts] == pytest.approx([0, 3.75, 10, 15], abs=1.25)


@settings(max_examples=10, deadline=None)
@given(
    pauses=st.lists(st.floats(0.12, 1.0), min_size=4, max_size=8),
    words=st.lists(st.floats(0.2, 1.0), min_size=8, max_size=8),
    pieces=st.integers(2, 4),
    rate=st.sampled_from([8_000, 11_025, 16_000, 22_050, 44_100, 48_000]),
)
def test_whatever_is_said_no_sample_is_lost_or_twice(
    pauses: list[float], words: list[float], pieces: int, rate: int
):
    spans, time = [], 0.0
    for pause, word in zip(pauses, words, strict=False):
        spans.append((time, time + word))
        time += word + pause
    with tempfile.TemporaryDirectory() as folder:
        sound = speech(spans, time, rate=rate) + noise(time, rate=rate, level=-60)
        talk = recorded(Path(folder, "t.wav"), sound, rate=rate)
        starts = assert_whole(talk, pieces, Fraction(len(sound), rate))
    assert len(set(starts)) == pieces


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".mp4", {"aac_pns": "0"}),
        (".mkv", {"aac_pns": "0"}),
        (".mov", {}),
        (".mp3", {}),
        (".flac", {}),
        (".ogg", {}),
    ],
)
def test_pieces_of_every_container_and_codec_are_the_whole_sound(
    tmp_path: Path, suffix: str, options: dict[str, str]
):
    rate = 48_000 if suffix == ".ogg" else 44_100
    talk = recorded(tmp_path / f"t{suffix}", speech(TALK, 20, rate=rate), rate=rate, options=options)
    assert_in_pauses(assert_whole(talk, 4, 20), [(a + 0.05, b - 0.05) for a, b in TALK])


def test_without_any_pause_the_boundary_is_where_it_is_softest(tmp_path: Path):
    talk = speech([(0, 20)], 20)
    talk[153_600:154_400] *= 0.3  # 50 ms at 9.6 s
    starts = assert_whole(recorded(tmp_path / "t.wav", talk), 2, 20)
    assert float(starts[1]) == pytest.approx(9.625, abs=0.03)


def test_a_long_pause_is_better_than_a_near_one(tmp_path: Path):
    spans = [(0, 7.7), (8.7, 9.9), (10.1, 20)]
    starts, _ = cut(recorded(tmp_path / "t.wav", speech(spans, 20)), 2, 20)
    assert starts[1] == pytest.approx(8.2, abs=0.02)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_the_first_piece_begins_with_the_picture_also_when_the_sound_is_late(tmp_path: Path, suffix: str):
    talk = recorded(
        tmp_path / f"t{suffix}",
        speech([(0, 2)], 2, rate=48_000),
        rate=48_000,
        frames=100,
        late=Fraction(3, 2),
    )
    starts, (sound,) = cut(talk, 1, 4)
    assert starts == [0]
    assert np.flatnonzero(np.abs(sound) > 500)[0] / 16_000 == pytest.approx(1.5, abs=0.02)
    assert len(sound) / 16_000 == pytest.approx(3.5, abs=0.03)


def test_a_sound_that_ends_early_still_gives_every_piece(tmp_path: Path):
    talk = recorded(tmp_path / "t.mp4", speech([(0, 2)], 2, rate=48_000), rate=48_000, frames=500)
    starts, sounds = cut(talk, 4, 20)
    assert [float(start) for start in starts] == pytest.approx([0, 5, 10, 15], abs=1.25)
    assert not sounds[-1].any()
    assert len(sounds[-1]) == 16_000


def test_a_voice_in_one_channel_is_in_the_piece(tmp_path: Path):
    channels = np.zeros((6, 160_000), np.float32)
    channels[2] = speech([(1, 9)], 10)
    _, (sound,) = cut(recorded(tmp_path / "t.wav", channels, layout="5.1"), 1, 10)
    assert np.abs(sound).max() > 1000


def test_a_file_without_sound_is_refused_in_words(tmp_path: Path):
    with pytest.raises(Unplayable, match="has no sound"):
        piece(film(tmp_path / "mute.mp4", 5), tmp_path / "p.flac", 0, 1, Fraction(1))

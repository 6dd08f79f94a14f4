from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.media.timeline import (
    exact,
    first_frame_showing,
    frames_covering,
    frames_in,
    samples_in,
    seconds_in,
    ticks_in,
)

frame_counts = st.integers(0, 10**7)


@given(frame_counts)
def test_frames_become_seconds_and_come_back_unchanged(frames: int):
    assert frames_in(seconds_in(frames)) == frames


@given(frame_counts)
def test_frames_become_samples_and_come_back_unchanged(frames: int):
    assert frames_covering(samples_in(frames)) == frames


@given(st.integers(1, 10**9))
def test_frames_that_cover_a_sound_are_never_one_too_few_or_too_many(samples: int):
    frames = frames_covering(samples)
    assert samples_in(frames - 1) < samples <= samples_in(frames)


@given(st.fractions(0, 10_000))
def test_rounding_to_frames_is_off_by_half_a_frame_at_most(seconds: Fraction):
    assert abs(seconds_in(frames_in(seconds)) - seconds) <= Fraction(1, 48)


@given(frame_counts, st.lists(st.integers(1, 500), max_size=20))
def test_lengths_add_up_without_drift(start: int, pieces: list[int]):
    assert sum((seconds_in(p) for p in pieces), seconds_in(start)) == seconds_in(start + sum(pieces))


@given(frame_counts)
def test_frames_are_whole_ticks_of_the_clocks_that_mp4_files_use(frames: int):
    assert ticks_in(frames, Fraction(1, 12288)) == frames * 512
    assert ticks_in(frames, Fraction(1, 90_000)) == frames * 3750


def test_a_clock_that_cannot_count_frames_is_refused():
    with pytest.raises(ValueError, match="whole number of ticks"):
        ticks_in(1, Fraction(1, 1000))


@given(frame_counts, st.integers(1, 23))
def test_each_frame_of_the_timeline_shows_the_source_frame_nearest_in_time(source: int, fps: int):
    appears = Fraction(source, fps)
    first = first_frame_showing(appears)
    assert abs(seconds_in(first) - appears) <= Fraction(1, 48)


def test_milliseconds_of_a_container_do_not_move_a_frame():
    assert [first_frame_showing(Fraction(ms, 1000)) for ms in (0, 42, 83, 125)] == [0, 1, 2, 3]


def test_floats_are_refused_because_they_are_not_exact():
    with pytest.raises(TypeError, match="not exact"):
        exact(0.1)  # type: ignore[arg-type]
    assert exact("2.5") == Fraction(5, 2)

"""A transcriber's words have the pauses of the speech around them; a lecture is cut and read by those pauses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.providers.heard import Span
from rushes.providers.timing import SHORTEST_WORD, on_their_sound, outside
from tests.unit.media.recordings import recorded, speech

PAUSE = [(2.0, 3.0)]


def timed(words: list[Span]) -> list[tuple[str, float, float]]:
    return [(word.text, word.start, word.end) for word in words]


def moved(*words: tuple[str, float, float]) -> list[tuple[str, float, float]]:
    return timed(outside(PAUSE, [Span(*word) for word in words]))


def test_a_word_that_reaches_into_a_pause_ends_where_the_pause_begins():
    assert moved(("wisdom", 1.6, 2.7)) == [("wisdom", 1.6, 2.0)]


def test_a_word_that_is_said_to_begin_in_a_pause_begins_where_the_pause_ends():
    assert moved(("foolish", 2.2, 3.4)) == [("foolish", 3.0, 3.4)]


def test_a_word_on_both_sides_of_a_pause_is_where_more_of_it_sounds():
    assert moved(("ask", 1.5, 3.1)) == [("ask", 1.5, 2.0)]
    assert moved(("ask", 1.9, 3.3)) == [("ask", 3.0, 3.3)]


def test_a_word_that_ends_a_clause_is_rather_before_the_pause_and_the_next_rather_after_it():
    assert moved(("times,", 1.85, 3.2)) == [("times,", 1.85, 2.0)]
    assert moved(("times,", 1.2, 1.75), ("it", 1.75, 3.15))[1] == ("it", 3.0, 3.15)


def test_a_sign_does_not_put_a_word_where_hardly_anything_sounds():
    assert moved(("Yes.", 1.95, 3.4)) == [("Yes.", 3.0, 3.4)]
    assert moved(("fail.", 1.2, 1.9), ("better.", 1.9, 3.15))[1] == ("better.", 3.0, 3.15)


def test_a_word_whose_last_syllable_fades_away_in_the_pause_keeps_a_tenth_of_a_second():
    assert moved(("Sonny.", 1.95, 2.3)) == [("Sonny.", 1.95, pytest.approx(1.95 + SHORTEST_WORD))]
    assert moved(("at", 2.7, 3.02)) == [("at", pytest.approx(3.02 - SHORTEST_WORD), 3.02)]


def test_a_word_that_is_whispered_in_what_counts_as_a_pause_stays_where_it_was_heard():
    assert moved(("hush", 2.3, 2.8)) == [("hush", 2.3, 2.8)]


def test_of_a_word_just_inside_a_pause_a_moment_at_the_pauses_edge_is_left():
    assert moved(("them.", 2.06, 2.7)) == [("them.", 2.06, pytest.approx(2.06 + SHORTEST_WORD))]
    assert moved(("It", 2.4, 2.9)) == [("It", pytest.approx(2.9 - SHORTEST_WORD), 2.9)]


def test_a_word_without_length_stays_where_it_is():
    assert moved(("a", 2.0, 2.0), ("a", 2.05, 2.05)) == [("a", 2.0, 2.0), ("a", 2.05, 2.05)]


def test_a_word_over_several_pauses_is_its_longest_part():
    words = outside([(1.0, 1.5), (2.0, 2.5)], [Span("conservatism", 0.9, 2.8, 0.7)])
    assert words == [Span("conservatism", 1.5, 2.0, 0.7)]


@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=24, unique=True).map(sorted),
    st.lists(st.integers(0, 60), min_size=2, max_size=24, unique=True).map(sorted),
    st.lists(st.sampled_from(["no", "no,", "No."]), min_size=12, max_size=12),
)
def test_words_stay_in_order_and_within_the_times_they_were_told_at(
    words: list[int], pauses: list[int], texts: list[str]
):
    told = [Span(text, a / 10, b / 10) for text, a, b in zip(texts, words[::2], words[1::2], strict=False)]
    quiet = [(a / 10, b / 10) for a, b in zip(pauses[::2], pauses[1::2], strict=False)]
    found = outside(quiet, told)
    assert [word.text for word in found] == [word.text for word in told]
    for before, after in zip(told, found, strict=True):
        assert before.start <= after.start < after.end <= before.end
        assert after.end - after.start >= SHORTEST_WORD - 1e-9


def test_the_pauses_are_those_of_the_recording_at_its_own_loudness(tmp_path: Path):
    sound = recorded(tmp_path / "speech.flac", speech([(0.0, 2.0), (3.0, 5.0)], 5, level=-38))
    words = on_their_sound([Span("wisdom,", 1.5, 2.6), Span("it", 2.6, 3.5)], sound)
    assert timed(words) == [
        ("wisdom,", 1.5, pytest.approx(2.0, abs=0.05)),
        ("it", pytest.approx(3.0, abs=0.05), 3.5),
    ]

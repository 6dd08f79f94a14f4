"""What was heard is believed as far as its times can be, and told in order."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.providers.heard import PADDING, Span, Unbelievable, kept, span, within
from rushes.providers.languages import NAMES, code_of

SECONDS = 60.0


@given(
    st.lists(st.tuples(st.floats(0, SECONDS + PADDING), st.floats(-1, 10)), max_size=40),
    st.floats(-2, 2),
)
def test_words_in_any_little_disorder_come_out_in_order_and_inside_the_sound(
    found: list[tuple[float, float]], jolt: float
) -> None:
    starts = sorted(start for start, _ in found)
    words = [
        Span("word", start + (jolt if number % 2 else 0), min(start + length, SECONDS + PADDING))
        for number, (start, (_, length)) in enumerate(zip(starts, found, strict=True))
        if start + jolt <= SECONDS + PADDING
    ]
    told = within(words, SECONDS)
    assert all(0 <= word.start <= word.end <= SECONDS for word in told)
    assert all(before.end <= after.start for before, after in pairwise(told))
    assert len(told) >= sum(word.start < SECONDS - 4 for word in words)  # a jolt is 2 s at most, either way


def test_an_empty_word_is_none() -> None:
    assert within([span("  ", 1, 2), span(" yes ", 2, 3)], SECONDS) == [Span("yes", 2.0, 3.0)]


@pytest.mark.parametrize(
    "words",
    [
        [Span("late", 100, 101)],
        [Span("long", 10, 200)],
        [Span("before", -20, 1)],
        [Span("reversed", 30, 20)],
        [Span("late", 30, 31), Span("early", 20, 21)],
    ],
)
def test_times_that_are_far_off_are_not_believed(words: list[Span]) -> None:
    with pytest.raises(Unbelievable):
        within(words, SECONDS)


def test_the_document_says_who_heard_what_in_milliseconds(tmp_path: Path) -> None:
    word = Span("so", 0.12345, 0.5, 1.2)
    path = kept(tmp_path / "words.json", "whisper", "en", [], [word])
    assert json.loads(path.read_text()) == {
        "language": "en",
        "heard": True,
        "model": "whisper",
        "segments": [],
        "words": [{"text": "so", "start": 0.123, "end": 0.5, "confidence": 1.0}],
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("en", "en"),
        ("English", "en"),
        ("haitian creole", "ht"),
        (" DE ", "de"),
        ("klingon", None),
        (None, None),
        (7, None),
    ],
)
def test_a_language_is_known_by_code_and_by_name(said: object, code: str | None) -> None:
    assert code_of(said) == code


def test_whisper_knows_a_hundred_languages() -> None:
    assert len(NAMES) == len(set(NAMES.values())) == 100

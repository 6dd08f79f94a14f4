"""Windows of a transcript, and what a model is asked about each."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from functions.highlights.topics.windows import prompt_of, schema, windows

Transcript = dict[str, Any]


def transcript_of(texts: list[str], seconds: float = 6.0, heard: bool = True) -> Transcript:
    segments = [
        {"number": number, "start": number * seconds, "end": (number + 1) * seconds, "text": text}
        for number, text in enumerate(texts)
    ]
    return {"language": "en", "heard": heard, "duration": len(texts) * seconds, "segments": segments}


def test_a_lecture_of_half_an_hour_is_one_window() -> None:
    (window,) = windows(transcript_of(["Said."] * 300))
    assert len(window.sentences) == 300


def test_nothing_is_asked_about_a_lecture_that_nobody_heard() -> None:
    assert windows(transcript_of([], heard=True)) == []
    assert windows(transcript_of(["Said."], heard=False)) == []
    assert windows(transcript_of(["", "  "])) == []


def test_windows_of_an_hour_overlap_by_about_3_minutes_and_are_about_as_long_as_each_other() -> None:
    asked = windows(transcript_of(["Said."] * 600))
    lengths = [window.seconds for window in asked]
    assert max(lengths) <= 1800
    assert min(lengths) >= 0.8 * max(lengths)
    for one, other in pairwise(asked):
        assert 170 <= one.sentences[-1].end - other.sentences[0].start <= 180


def test_a_prompt_has_every_sentence_on_a_line_with_its_number_and_the_time_of_each_minute() -> None:
    (window,) = windows(transcript_of(["We begin.", "It\ngoes [7] on."] * 10))
    lines = prompt_of(window).splitlines()
    assert lines[lines.index("(0:00)") + 1 :][:2] == ["[0] We begin.", "[1] It goes [7] on."]
    assert lines[lines.index("(1:00)") + 1] == "[10] We begin."


def test_what_is_said_is_put_into_the_prompt_as_it_is() -> None:
    (window,) = windows(transcript_of(["It costs $wish or ${part}, and 5 $."]))
    assert "[0] It costs $wish or ${part}, and 5 $." in prompt_of(window, "money")


def test_a_wish_of_the_viewer_is_part_of_the_question_only_if_there_is_one() -> None:
    (window,) = windows(transcript_of(["Said."]))
    assert "The viewer" not in prompt_of(window)
    assert "more important than others: only the proofs" in prompt_of(window, "only\nthe proofs")


def test_the_schema_is_one_for_strict_structured_output() -> None:
    def objects(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            own = [value] if value.get("type") == "object" else []
            return own + [found for inner in value.values() for found in objects(inner)]
        return [found for inner in value for found in objects(inner)] if isinstance(value, list) else []

    told = objects(schema())
    assert len(told) == 2
    for each in told:
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])


def test_the_schema_has_no_room_for_times() -> None:
    topic = {
        "title": "A", "description": "B", "first_sentence": 0, "last_sentence": 1, "importance": 0.5,
        "keywords": [], "concepts": [],
    }  # fmt: skip
    validator = Draft202012Validator(schema())
    assert validator.is_valid({"topics": [topic]})
    assert not validator.is_valid({"topics": [topic | {"start": 1.0}]})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([4, 400, 4000, 30_000]), min_size=1, max_size=120),
    st.sampled_from([0.5, 6.0, 30.0]),
    st.sampled_from(["a", "ü", "講", '"']),
)
def test_every_sentence_is_in_a_window_and_every_window_fits_a_row(
    sizes: list[int], seconds: float, letter: str
) -> None:
    asked = windows(transcript_of([letter * size for size in sizes], seconds))
    assert {s.number for window in asked for s in window.sentences} == set(range(len(sizes)))
    for window in asked:
        numbers = [sentence.number for sentence in window.sentences]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        row = json.dumps([prompt_of(window), window.sentences, schema()], ensure_ascii=False).encode()
        assert len(row) < 200_000 or len(numbers) == 1
    starts = [window.sentences[0].number for window in asked]
    assert starts == sorted(set(starts))

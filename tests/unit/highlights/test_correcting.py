"""What was heard wrongly is corrected by a person; when it was said stays."""

from itertools import pairwise
from typing import Any

import pytest

from functions.highlights.speech.correcting import corrected
from rushes.errors import BadRequest


def word(text: str, start: float) -> dict[str, Any]:
    return {"text": text, "start": start, "end": start + 0.5, "confidence": 0.5}


def heard() -> dict[str, Any]:
    sentences = [["The", "tied", "rises."], ["It", "falls."]]
    return {
        "language": "en",
        "heard": True,
        "duration": 20.0,
        "segments": [
            {
                "number": number,
                "start": number * 10.0,
                "end": number * 10.0 + len(words) - 0.5,
                "text": " ".join(words),
                "confidence": 0.5,
                "words": [word(text, number * 10.0 + place) for place, text in enumerate(words)],
            }
            for number, words in enumerate(sentences)
        ],
    }


def test_one_word_for_another_has_its_time():
    made = corrected(heard(), {"segments": {"0": {"text": "The tide rises."}}})
    assert made["segments"][0]["text"] == "The tide rises."
    assert [w["text"] for w in made["segments"][0]["words"]] == ["The", "tide", "rises."]
    assert [w["start"] for w in made["segments"][0]["words"]] == [0.0, 1.0, 2.0]
    assert made["segments"][1] == heard()["segments"][1]


def test_more_words_share_the_sentence_s_time():
    made = corrected(heard(), {"segments": {"1": {"text": "And then it falls again."}}})
    words = made["segments"][1]["words"]
    assert [w["text"] for w in words] == ["And", "then", "it", "falls", "again."]
    assert (words[0]["start"], words[-1]["end"]) == (10.0, 11.5)
    assert all(one["end"] <= other["start"] for one, other in pairwise(words))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": "de"}, "language"),
        ({"segments": []}, "segments"),
        ({"segments": {"2": {"text": "x"}}}, "segments.2"),
        ({"segments": {"-1": {"text": "x"}}}, "segments.-1"),
        ({"segments": {"0": {"start": 1}}}, "segments.0"),
        ({"segments": {"0": {"text": ""}}}, "segments.0.text"),
        ({"segments": {"0": {"text": 5}}}, "segments.0.text"),
        ({"segments": {"0": None}}, "segments.0"),
    ],
)
def test_what_cannot_be_is_refused_by_field(changes: dict[str, Any], field: str):
    with pytest.raises(BadRequest) as refused:
        corrected(heard(), changes)
    assert [problem["field"] for problem in refused.value.details["fields"]] == [field]

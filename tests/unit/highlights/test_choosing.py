"""The choice of clips: whatever the lecture, its promises hold; and for a plain one, it is the one a person expects."""

from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.highlights.choice.choosing import chosen
from tests.unit.highlights import recordings
from tests.unit.highlights.recordings import (
    RATES,
    analyzed,
    exact,
    frame_of,
    heard_lectures,
    silence,
    spoken,
    topic,
    topics,
    transcript,
    unheard,
)  # fmt: skip

ASKED = {"clips": 5, "shortest": 20, "longest": 120}

# ---------------------------------------------------------------------- whatever comes in


@settings(max_examples=120, deadline=None)
@given(heard_lectures, recordings.options, st.sampled_from(RATES), st.data())
def test_every_choice_keeps_its_promises(
    lecture: tuple[dict[str, Any], dict[str, Any]], options: dict[str, Any], rate: str, data: st.DataObject
) -> None:
    heard, quiet = lecture
    found = data.draw(analyzed(heard))
    document = chosen(found, heard, quiet, options, rate)
    clips = document["clips"]
    keeps_to_the_grid(clips, rate, heard["duration"])
    assert 1 <= len(clips) <= options["clips"]
    assert [clip["id"] for clip in clips] == [f"clip_{i:02d}" for i in range(1, len(clips) + 1)]
    assert all(a["end"] <= b["start"] for a, b in pairwise(clips))
    for clip in clips:
        assert all(isinstance(reason, str) and reason for reason in clip["reasons"])
        lasts_as_asked(clip, options, rate)
        goes_through_no_word(clip, heard, rate)
    used = {clip["topic"] for clip in clips}
    assert {each["topic"] for each in document["passed_over"]} == {t["id"] for t in found["topics"]} - used
    assert document == chosen(found, heard, quiet, options, rate)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1_000, 400_000),
    st.lists(st.tuples(st.integers(0, 400_000), st.integers(500, 9_000)), max_size=20),
    recordings.options,
    st.sampled_from(RATES),
)
def test_a_lecture_nobody_wrote_down_is_cut_as_well(
    duration: int, pauses: list[tuple[int, int]], options: dict[str, Any], rate: str
) -> None:
    seconds = duration / 1000
    quiet = silence([(start / 1000, (start + length) / 1000) for start, length in pauses], seconds)
    document = chosen(topics(), unheard(seconds), quiet, options, rate)
    keeps_to_the_grid(document["clips"], rate, seconds)
    assert 1 <= len(document["clips"]) <= options["clips"]
    for clip in document["clips"]:
        lasts_as_asked(clip, options, rate)


def keeps_to_the_grid(clips: list[dict[str, Any]], rate: str, duration: float) -> None:
    for clip in clips:
        first, last = frame_of(clip["start"], rate), frame_of(clip["end"], rate)
        assert 0 <= first < last <= exact(duration) * Fraction(rate)
        assert clip["start"] == float(round(first / Fraction(rate), 3))
        assert clip["end"] == float(round(last / Fraction(rate), 3))
        assert clip["duration"] == float(round((last - first) / Fraction(rate), 3))


def lasts_as_asked(clip: dict[str, Any], options: dict[str, Any], rate: str) -> None:
    frames = frame_of(clip["end"], rate) - frame_of(clip["start"], rate)
    shortest = ceil(options["shortest"] * Fraction(rate))
    if not shortest <= frames <= max(shortest, options["longest"] * Fraction(rate)):
        assert any("length: all of the lecture" in reason for reason in clip["reasons"])


def goes_through_no_word(clip: dict[str, Any], heard: dict[str, Any], rate: str) -> None:
    last = int(exact(heard["duration"]) * Fraction(rate)) / Fraction(rate)
    for boundary in (clip["start"], clip["end"]):
        at = frame_of(boundary, rate) / Fraction(rate)
        assert at == last or not any(start < at < end for start, end in spoken(heard))


# ---------------------------------------------------------------------- a plain lecture


def lecture(*, length: int = 6, sentences: int = 100) -> dict[str, Any]:
    """Sentences of `length` seconds, a pause of a second after each."""
    step = length + 1
    said = [(step * i, step * i + length, "this sentence is about trees") for i in range(sentences)]
    return transcript(said, step * sentences)


def pauses(heard: dict[str, Any]) -> dict[str, Any]:
    ends = [each["end"] for each in heard["segments"]]
    return silence([(end, end + 1) for end in ends], heard["duration"])


def taken(document: dict[str, Any]) -> list[str | None]:
    return [clip["topic"] for clip in document["clips"]]


HEARD = lecture()
QUIET = pauses(HEARD)


def ten(**importance: float) -> dict[str, Any]:
    """Ten topics of ten sentences, 69 s each, all as important but for the named ones."""
    return topics(
        *(
            topic(n, 10 * n, 10 * n + 9, HEARD, importance=importance.get(f"topic_{n:02d}", 0.5))
            for n in range(10)
        )
    )


def test_the_most_important_topics_are_taken_whole_and_told_in_order_of_time() -> None:
    found = ten(topic_01=0.9, topic_08=0.99, topic_05=0.8)
    document = chosen(found, HEARD, QUIET, ASKED | {"clips": 3}, "25")
    assert taken(document) == ["topic_01", "topic_05", "topic_08"]
    assert document["rate"] == "25"
    last = document["clips"][2]
    assert last["id"] == "clip_03"
    assert last["original"] == {"start": 560.0, "end": 629.0}
    assert last["reasons"] == [
        "importance 0.99, the highest of 10",
        "length: all of the topic, 69 s",
        "start moved 0.1 s back to the end of a pause",
        "end moved 0.1 s on to the beginning of a pause",
    ]
    assert (last["start"], last["end"]) == (559.88, 629.12)
    assert {each["topic"]: each["reason"] for each in document["passed_over"]}["topic_03"] == (
        "importance 0.50, less than any of the 3 that were chosen"
    )


def test_of_equals_those_are_taken_that_are_spread_over_the_lecture() -> None:
    found = ten()
    assert taken(chosen(found, HEARD, QUIET, ASKED | {"clips": 2}, "25")) == ["topic_00", "topic_05"]
    document = chosen(ten(topic_04=0.9, topic_05=0.85), HEARD, QUIET, ASKED | {"clips": 2}, "25")
    assert taken(document) == ["topic_04", "topic_05"]
    document = chosen(ten(topic_04=0.9, topic_05=0.6), HEARD, QUIET, ASKED | {"clips": 2}, "25")
    assert "topic_05" not in taken(document)
    reasons = {each["topic"]: each["reason"] for each in document["passed_over"]}
    assert reasons["topic_05"].startswith("importance 0.60, but it is close to “Topic 4”")


def test_a_topic_with_the_same_keywords_as_a_chosen_one_is_passed_over_for_another() -> None:
    found = ten(topic_00=0.9, topic_09=0.7, topic_05=0.6)
    for number in (0, 9):
        found["topics"][number]["keywords"] = ["Heap", "tree"]
    document = chosen(found, HEARD, QUIET, ASKED | {"clips": 2}, "25")
    assert taken(document) == ["topic_00", "topic_05"]
    reasons = {each["topic"]: each["reason"] for each in document["passed_over"]}
    assert reasons["topic_09"] == "importance 0.70, but it says much the same as “Topic 0”"


def test_too_long_a_topic_is_cut_to_whole_sentences_where_it_says_most() -> None:
    said = [(7 * i, 7 * i + 6, "so we go on with this") for i in range(40)]
    said[20:26] = [(7 * i, 7 * i + 6, "a heap is a tree") for i in range(20, 26)]
    heard = transcript(said, 280)
    found = topics(topic(1, 0, 39, heard, keywords=["heap", "tree"]))
    document = chosen(found, heard, pauses(heard), {"clips": 1, "shortest": 20, "longest": 42}, "25")
    (clip,) = document["clips"]
    assert clip["original"] == {"start": 140.0, "end": 181.0}
    assert clip["reasons"][1] == "length: 41 s of 279 s: the part that says most of it (sentences 20 to 25)"
    plain = chosen(topics(topic(1, 0, 39, heard)), heard, pauses(heard), ASKED | {"clips": 1}, "25")
    assert plain["clips"][0]["original"] == {"start": 0.0, "end": 118.0}
    assert "its beginning" in plain["clips"][0]["reasons"][1]


def test_too_short_a_topic_is_extended_by_whole_sentences_over_the_shorter_pauses() -> None:
    said = [
        (0, 8, "far away"),
        (12, 20, "before it"),
        (20.5, 26, "the topic"),
        (27, 33, "after it"),
        (40, 48, "no"),
    ]
    heard = transcript(said, 60)
    quiet = silence([(8, 12), (26, 27), (33, 40), (48, 60)], 60)
    document = chosen(topics(topic(1, 2, 2, heard)), heard, quiet, ASKED | {"clips": 1}, "25")
    (clip,) = document["clips"]
    assert clip["original"] == {"start": 12.0, "end": 33.0}
    assert clip["reasons"][1] == (
        "length: 21 s, with neighbours that make it long enough (sentences: 1 before and 1 after)"
    )
    assert (clip["start"], clip["end"]) == (11.88, 33.12)


def test_a_topic_is_never_extended_into_another_clip() -> None:
    heard = lecture(sentences=6)
    found = topics(topic(1, 0, 2, heard, importance=0.9), topic(2, 3, 3, heard, importance=0.8))
    document = chosen(found, heard, pauses(heard), ASKED, "25")
    first, second = document["clips"]
    assert first["end"] <= second["start"]
    assert second["original"] == {"start": 21.0, "end": 41.0}


def test_a_topic_between_two_clips_with_too_little_room_is_passed_over() -> None:
    heard = lecture(sentences=9)
    found = topics(
        topic(1, 0, 3, heard, importance=0.9), topic(2, 4, 4, heard, importance=0.1), topic(3, 5, 8, heard)
    )
    document = chosen(found, heard, pauses(heard), ASKED, "25")
    assert taken(document) == ["topic_01", "topic_03"]
    assert document["passed_over"] == [
        {"topic": "topic_02", "reason": "no 20 to 120 s of it can be cut out between two words"}
    ]


def test_a_topic_gives_a_second_clip_only_where_there_are_too_few() -> None:
    heard = lecture(sentences=40)
    found = topics(topic(1, 0, 29, heard, importance=0.9), topic(2, 30, 39, heard))
    asked = {"clips": 3, "shortest": 20, "longest": 70}
    document = chosen(found, heard, pauses(heard), asked, "25")
    assert taken(document) == ["topic_01", "topic_01", "topic_02"]
    assert [clip["title"] for clip in document["clips"]] == ["Topic 1", "Topic 1 · 2", "Topic 2"]
    assert document["clips"][1]["reasons"][1] == (
        "another clip of its topic, as there are fewer topics than the 3 clips asked for"
    )
    assert taken(chosen(found, heard, pauses(heard), asked | {"clips": 2}, "25")) == ["topic_01", "topic_02"]


def test_a_short_lecture_is_one_clip_of_what_there_is() -> None:
    heard = lecture(sentences=5)
    document = chosen(topics(topic(1, 0, 4, heard)), heard, pauses(heard), ASKED, "30000/1001")
    (clip,) = document["clips"]
    assert (clip["start"], clip["end"]) == (0.0, 34.134)


def test_a_lecture_shorter_than_a_clip_is_one_clip_and_says_so() -> None:
    heard = lecture(sentences=2)
    document = chosen(topics(topic(1, 0, 1, heard)), heard, pauses(heard), ASKED, "25")
    (clip,) = document["clips"]
    assert (clip["start"], clip["end"], clip["duration"]) == (0.0, 14.0, 14.0)
    assert "length: all of the lecture, 14 s; a clip would have at least 20 s" in clip["reasons"]


def test_a_lecture_nobody_wrote_down_is_cut_at_its_pauses() -> None:
    quiet = silence([(29, 31), (60, 61), (118, 122)], 200)
    found = topics(
        {"id": "topic_01", "title": "Part 1 · 0:00", "description": "", "start": 0, "end": 60.5, "importance": 0.6,
         "first_sentence": None, "last_sentence": None, "keywords": [], "concepts": []}
    )  # fmt: skip
    document = chosen(found, unheard(200), quiet, ASKED | {"clips": 1}, "25")
    (clip,) = document["clips"]
    assert (clip["topic"], clip["start"], clip["end"]) == ("topic_01", 0.0, 60.12)
    assert clip["reasons"][-1] == "end moved 0.1 s on to the beginning of a pause"


def test_a_lecture_without_any_topics_is_still_cut() -> None:
    document = chosen(topics(), HEARD, QUIET, ASKED, "25")
    assert taken(document) == [None] * 5
    assert document["clips"][0]["title"] == "From 0:00"
    assert document["passed_over"] == []


@pytest.mark.parametrize("rate", RATES)
def test_three_hours_are_chosen_from_quickly(rate: str) -> None:
    heard = lecture(length=5, sentences=1_800)
    found = topics(*(topic(n, 40 * n, 40 * n + 39, heard, keywords=["trees"]) for n in range(45)))
    document = chosen(found, heard, pauses(heard), ASKED | {"clips": 15}, rate)
    assert len(document["clips"]) == 15
    keeps_to_the_grid(document["clips"], rate, heard["duration"])


def test_a_topic_whose_sentences_went_to_another_clip_is_passed_over() -> None:
    heard = lecture(sentences=4)
    found = topics(
        topic(1, 0, 0, heard, importance=0.2), topic(2, 1, 1, heard), topic(3, 3, 3, heard, importance=0.9)
    )
    document = chosen(found, heard, pauses(heard), ASKED | {"longest": 28}, "25")
    assert len(document["clips"]) == 1
    assert {"topic": "topic_02", "reason": "other clips have its sentences"} in document["passed_over"]

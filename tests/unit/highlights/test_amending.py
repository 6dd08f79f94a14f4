"""A person's changes to the choice of clips: taken to the frame as they are said, or refused with all problems."""

from copy import deepcopy
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.highlights.choice.amending import amended, context
from functions.highlights.choice.choosing import chosen
from rushes.errors import BadRequest
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
)

HEARD = transcript([(10 * i, 10 * i + 9, f"sentence {i} says a little more") for i in range(30)], 300)
"""Sentences of 9 s, a pause of a second after each; words of 1.5 s, 0.05 s between them."""
QUIET = silence([(10 * i + 9, 10 * i + 10) for i in range(30)], 300)
FOUND = topics(
    *(topic(n, 5 * n, 5 * n + 4, HEARD, importance=0.9 if n in (0, 2, 4) else 0.3) for n in range(6))
)
GIVEN = context({"transcript": HEARD, "silence": QUIET})
CHOICE = chosen(FOUND, HEARD, QUIET, {"clips": 3}, "25")


def changed(**clips: Any) -> dict[str, Any]:
    return amended(CHOICE, {"clips": clips}, GIVEN)


def refused(changes: Any, choice: dict[str, Any] = CHOICE) -> dict[str, str]:
    """The problems that the changes are refused with, by field, in their order."""
    with pytest.raises(BadRequest) as error:
        amended(choice, changes, GIVEN)
    told = error.value.details["fields"]
    assert error.value.message == f"{told[0]['field']}: {told[0]['problem']}"
    return {each["field"]: each["problem"] for each in told}


def ids(document: dict[str, Any]) -> list[str]:
    return [clip["id"] for clip in document["clips"]]


def test_the_choice_that_is_changed_here() -> None:
    assert [(clip["id"], clip["topic"], clip["start"], clip["end"]) for clip in CHOICE["clips"]] == [
        ("clip_01", "topic_00", 0.0, 49.12),
        ("clip_02", "topic_02", 99.88, 149.12),
        ("clip_03", "topic_04", 199.88, 249.12),
    ]


# ---------------------------------------------------------------------- by id


@pytest.mark.parametrize("clips", [{}, {"clip_02": {}}, {"clip_02": {"snap": True}}])
def test_nothing_changes_where_nothing_is_said(clips: dict[str, Any]) -> None:
    assert amended(CHOICE, {}, GIVEN) == changed(**clips) == CHOICE


def test_a_document_that_is_sent_back_as_it_is_is_no_change() -> None:
    assert amended(CHOICE, deepcopy(CHOICE), GIVEN) == CHOICE
    assert amended(CHOICE, {"clips": {clip["id"]: clip for clip in CHOICE["clips"]}}, GIVEN) == CHOICE


def test_a_boundary_is_moved_to_the_frame_and_says_so() -> None:
    document = changed(clip_02={"start": 90.01})
    first, clip, last = document["clips"]
    assert (first, last) == (CHOICE["clips"][0], CHOICE["clips"][2])
    old = CHOICE["clips"][1]
    assert clip == old | {
        "start": 90.0, "duration": 59.12, "original": {"start": 90.01, "end": 149.0},
        "reasons": ["importance 0.90, the highest of 6",
                    "spread: its middle is 1:40 from the nearest clip chosen before it",
                    "end moved 0.1 s on to the beginning of a pause", "start set to 90.01 s by hand"],
    }  # fmt: skip


def test_a_word_is_not_cut_through_unless_the_person_insists() -> None:
    clip = changed(clip_02={"start": 90.5})["clips"][1]
    assert clip["start"] == 90.0
    assert clip["reasons"][-1] == (
        "start set to 90.5 s by hand, and moved 0.52 s back so that no word is cut through"
    )
    clip = changed(clip_02={"start": 90.5, "snap": False})["clips"][1]
    assert (clip["start"], clip["reasons"][-1]) == (90.52, "start set to 90.5 s by hand")
    again = amended(changed(clip_02={"start": 90.5}), {"clips": {"clip_02": {"start": 70}}}, GIVEN)
    assert [reason for reason in again["clips"][1]["reasons"] if reason.startswith("start ")] == [
        "start set to 70 s by hand"
    ]


def test_the_same_frame_is_no_change() -> None:
    assert changed(clip_02={"start": 99.89, "end": 149.11}) == CHOICE
    assert changed(clip_02={"first_sentence": 10, "last_sentence": 14}) == CHOICE


def test_a_clip_can_be_told_by_its_sentences() -> None:
    clip = changed(clip_02={"first_sentence": 8, "last_sentence": 11})["clips"][1]
    assert (clip["start"], clip["end"], clip["duration"]) == (79.88, 119.12, 39.24)
    assert clip["original"] == {"start": 80.0, "end": 119.0}
    assert clip["reasons"][-2:] == ["start set to sentence 8 by hand", "end set to sentence 11 by hand"]
    exactly = changed(clip_02={"first_sentence": 8, "snap": False})["clips"][1]
    assert exactly["start"] == 80.0


def test_neighbouring_sentences_can_be_neighbouring_clips() -> None:
    document = changed(clip_01={"last_sentence": 7}, clip_02={"first_sentence": 8})
    assert [(clip["start"], clip["end"]) for clip in document["clips"][:2]] == [(0.0, 79.12), (79.88, 149.12)]


def test_words_about_a_clip_change_nothing_else() -> None:
    clip = changed(clip_02={"title": "Heaps, at last", "topic": None})["clips"][1]
    assert clip == CHOICE["clips"][1] | {"title": "Heaps, at last", "topic": None}


def test_a_clip_is_dropped_and_its_topic_passed_over() -> None:
    document = changed(clip_02=None)
    assert document["clips"] == [CHOICE["clips"][0], CHOICE["clips"][2]]
    assert document["passed_over"] == [
        *CHOICE["passed_over"], {"topic": "topic_02", "reason": "dropped by hand"}
    ]  # fmt: skip


# ---------------------------------------------------------------------- a new sequence


def test_a_list_is_the_new_order_and_drops_what_it_leaves_out() -> None:
    document = amended(CHOICE, {"clips": [{"id": "clip_03"}, {"id": "clip_01"}]}, GIVEN)
    assert document["clips"] == [CHOICE["clips"][2], CHOICE["clips"][0]]


def test_a_clip_without_an_id_is_new_and_has_the_next_number() -> None:
    new = [
        {"start": 60, "end": 80},
        {"first_sentence": 16, "last_sentence": 17, "title": "More", "topic": "topic_05"},
    ]
    document = amended(CHOICE, {"clips": [*new, {"id": "clip_02"}]}, GIVEN)
    first, second, old = document["clips"]
    assert old == CHOICE["clips"][1]
    assert first == {
        "id": "clip_04", "title": "sentence 6 says a little more sentence 7", "topic": None, "importance": 1.0,
        "start": 60.0, "end": 80.0, "duration": 20.0, "original": {"start": 60.0, "end": 80.0},
        "reasons": ["added by hand", "start set to 60 s by hand", "end set to 80 s by hand"],
    }  # fmt: skip
    assert (second["id"], second["title"], second["topic"]) == ("clip_05", "More", "topic_05")
    assert (second["start"], second["end"]) == (159.88, 179.12)
    assert "topic_05" not in {each["topic"] for each in document["passed_over"]}
    assert {"topic": "topic_00", "reason": "dropped by hand"} in document["passed_over"]


def test_a_person_may_go_beyond_the_automatic_lengths() -> None:
    assert changed(clip_03={"start": 240, "end": 241, "snap": False})["clips"][2]["duration"] == 1.0
    document = amended(CHOICE, {"clips": [{"start": 0, "end": 300}]}, GIVEN)
    assert document["clips"][0]["duration"] == 300.0


def test_a_lecture_nobody_wrote_down_can_be_changed_too() -> None:
    given = context({"transcript": unheard(100), "silence": silence([(40, 41)], 100)})
    choice = chosen(topics(), unheard(100), silence([(40, 41)], 100), {"clips": 1}, "25")
    document = amended(choice, {"clips": [{"start": 33.33, "end": 44}]}, given)
    assert (document["clips"][0]["title"], document["clips"][0]["start"]) == ("From 0:33", 33.32)
    with pytest.raises(BadRequest, match="nobody wrote down what is said here: give seconds"):
        amended(choice, {"clips": {"clip_01": {"first_sentence": 0}}}, given)


# ---------------------------------------------------------------------- what is refused

SECONDS = "it is a number of seconds, 0 to 300"
CLIPS = "there is no such clip: they are clip_01, clip_02, clip_03"


@pytest.mark.parametrize("value", [-1, 300.01, "12", None, True, float("nan"), float("inf"), 10**400, [1]])
def test_a_time_is_a_number_of_seconds_within_the_lecture(value: Any) -> None:
    assert refused({"clips": {"clip_02": {"start": value}}}) == {"clips.clip_02.start": SECONDS}


@pytest.mark.parametrize("value", [-1, 30, "1", None, True, 1.0])
def test_a_sentence_is_one_of_the_transcript(value: Any) -> None:
    told = refused({"clips": {"clip_02": {"last_sentence": value}}})
    assert told == {"clips.clip_02.last_sentence": "there is no such sentence: they are 0 to 29"}


@pytest.mark.parametrize(
    ("clip", "field", "problem"),
    [
        ({"start": 149.5}, "start", "the clip ends before it begins"),
        ({"end": 99}, "end", "the clip ends before it begins"),
        ({"start": 148.9, "snap": False}, "start", "the clip would last 0.2 s; 1 to 600 s are allowed"),
        ({"start": 40}, "start", "it overlaps clip_01, which is 0 to 49.12 s"),
        ({"end": 210}, "end", "it overlaps clip_03, which is 199.88 to 249.12 s"),
        ({"start": 120, "first_sentence": 12}, "first_sentence", "give start or first_sentence, not both"),
        ({"topic": "topic_99"}, "topic", "the lecture has no such topic"),
        ({"topic": {}}, "topic", "the lecture has no such topic"),
        ({"snap": "no"}, "snap", "it is true or false"),
        ({"id": "clip_09"}, "id", "a clip keeps its id"),
        ({"duration": 3}, "duration", "it follows from start and end"),
        ({"colour": 3}, "colour", "there is no such field"),
    ],
)
def test_what_is_wrong_with_a_clip_is_said_where_it_is(
    clip: dict[str, Any], field: str, problem: str
) -> None:
    told = refused({"clips": {"clip_02": clip}})
    assert (list(told), told[f"clips.clip_02.{field}"].replace("clip_02", "it")) in (
        ([f"clips.clip_02.{field}"], problem),
    ) or told == {f"clips.clip_03.{field}": problem}


@pytest.mark.parametrize("title", ["", 7, None, "x" * 121, "two\nlines", "…"])
def test_a_title_is_a_line_with_words_in_it(title: Any) -> None:
    assert list(refused({"clips": {"clip_02": {"title": title}}})) == ["clips.clip_02.title"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rate": "24"}, {"rate": "it is the lecture's, and cannot be changed"}),
        ({"passed_over": []}, {"passed_over": "it tells what was not chosen, and cannot be changed"}),
        ({"order": 1}, {"order": "there is no such field"}),
        ({"clips": 3}, {"clips": "it is a list, the new sequence, or an object of changes by id"}),
        ({"clips": []}, {"clips": "a lecture has 1 to 30 clips"}),
        ({"clips": [{}] * 31}, {"clips": "a lecture has at most 30 clips"}),
        ({"clips": {"clip_09": {}}}, {"clips.clip_09": CLIPS}),
        ({"clips": {"clip_01": 3}}, {"clips.clip_01": "it must be a JSON object, or null to drop the clip"}),
        ({"clips": [{"id": "clip_01"}, None]}, {"clips.1": "it must be a JSON object"}),
        ({"clips": [{"id": "clip_01"}, {"id": "clip_01"}]}, {"clips.1.id": "this clip is there already"}),
        ({"clips": [{"id": "clip_01"}, {"id": 1}]}, {"clips.1.id": CLIPS}),
        ({"clips": [{"start": 3}]}, {"clips.0.end": "a new clip needs end or last_sentence"}),
        (
            {"clips": [{"start": 3, "end": 30, "reasons": []}]},
            {"clips.0.reasons": "they tell how the clip was chosen, and cannot be changed"},
        ),
        (
            {"clips": [{"start": 50, "end": 80}, {"start": 60, "end": 90}]},
            {"clips.1.start": "it overlaps clip_04, which is 50 to 80 s"},
        ),
    ],
)
def test_what_is_wrong_with_the_changes_is_said_where_it_is(changes: Any, told: dict[str, str]) -> None:
    assert refused(changes) == told


def test_all_problems_are_told_at_once_in_their_order() -> None:
    clips = [{"start": -1, "end": 3}, *({"id": f"clip_0{i}"} for i in (1, 2, 3)), {"id": "clip_04"}, 7]
    clips += [{"start": 1}] * 6
    told = refused({"clips": clips, "rate": 3})
    assert list(told) == [
        "clips.0.start",
        "clips.4.id",
        "clips.5",
        *(f"clips.{i}.end" for i in range(6, 12)),
        "rate",
    ]


# ---------------------------------------------------------------------- whatever comes in

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 70)
    | st.floats()
    | st.text(max_size=9)
    | st.just("half \ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
times = st.integers(0, 300_000).map(lambda drawn: drawn / 1000)
fields = st.fixed_dictionaries(
    {},
    optional={
        "start": times | anything, "end": times | anything, "first_sentence": st.integers(0, 40) | anything,
        "last_sentence": st.integers(0, 40) | anything, "snap": st.booleans() | anything, "title": anything,
        "topic": anything, "importance": anything,
    },
)  # fmt: skip
clips = st.dictionaries(
    st.sampled_from(["clip_01", "clip_02", "clip_07"]), fields | anything, max_size=3
) | st.lists(
    st.builds(lambda id, more: id | more, st.sampled_from([{}, {"id": "clip_01"}, {"id": "clip_02"}]), fields)
    | anything,
    max_size=5,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), anything, max_size=2) | st.builds(dict, clips=clips | anything))
def test_whatever_is_sent_is_taken_or_refused_with_its_places(changes: dict[str, Any]) -> None:
    before = deepcopy(CHOICE)
    taken, told = result(changes)
    assert before == CHOICE
    if taken is None:
        assert told
        assert all(each["field"].encode() is not None and each["problem"] for each in told)
    else:
        assert taken.keys() == CHOICE.keys()
        assert amended(taken, taken, GIVEN) == taken


def result(changes: dict[str, Any]) -> tuple[dict[str, Any] | None, list[dict[str, str]]]:
    try:
        return amended(CHOICE, changes, GIVEN), []
    except BadRequest as error:
        return None, error.details["fields"]


@settings(max_examples=60, deadline=None)
@given(heard_lectures, st.sampled_from(RATES), st.data())
def test_what_is_taken_keeps_the_promises_of_a_choice(
    lecture: tuple[dict[str, Any], dict[str, Any]], rate: str, data: st.DataObject
) -> None:
    heard, quiet = lecture
    choice = chosen(data.draw(analyzed(heard)), heard, quiet, {"shortest": 5, "longest": 30}, rate)
    numbers = st.integers(0, round(heard["duration"] * 1000)).map(lambda drawn: drawn / 1000)
    spans = st.tuples(numbers, numbers).map(lambda pair: {"start": min(pair), "end": max(pair)})
    wanted = [
        data.draw(
            st.just({"id": clip["id"]}) | spans.map(lambda span, id=clip["id"]: {"id": id, **span}) | spans
        )
        for clip in choice["clips"]
    ]
    try:
        document = amended(choice, {"clips": wanted}, context({"transcript": heard, "silence": quiet}))
    except BadRequest:
        return
    last = int(exact(heard["duration"]) * Fraction(rate))
    for clip in document["clips"]:
        first, end = frame_of(clip["start"], rate), frame_of(clip["end"], rate)
        assert 0 <= first < end <= last
        assert clip["duration"] == float(round((end - first) / Fraction(rate), 3))
        for frame in (first, end):
            at = frame / Fraction(rate)
            assert frame == last or not any(start < at < stop for start, stop in spoken(heard))
    for one, other in combinations(document["clips"], 2):
        assert one["end"] <= other["start"] or other["end"] <= one["start"]
    assert len(set(ids(document))) == len(wanted)

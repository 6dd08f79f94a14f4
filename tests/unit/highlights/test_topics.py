"""Topics from what models said of a transcript's windows: nothing is believed but what can be checked."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.highlights.topics.merging import Topics, merged
from functions.highlights.topics.windows import windows
from rushes.providers.topical.limits import LONGEST, SHORTEST, topics_at_most


def transcript_of(lengths: list[float], pauses: list[float] | None = None) -> dict[str, Any]:
    """Sentences of so many seconds, each after a pause."""
    now, segments = 0.0, []
    for number, length in enumerate(lengths):
        now = round(now + (pauses[number] if pauses else 0.0), 3)
        end = round(now + length, 3)
        segments.append({"number": number, "start": now, "end": end, "text": f"Sentence {number} is said."})
        now = end
    return {"language": "en", "heard": True, "duration": now + 1, "segments": segments}


def told(first: Any, last: Any, title: str = "", importance: Any = 0.5, **more: Any) -> dict[str, Any]:
    return {
        "title": title or f"From {first}",
        "description": "What it is about.",
        "first_sentence": first,
        "last_sentence": last,
        "importance": importance,
        "keywords": ["one", "two"],
        "concepts": ["an idea"],
        **more,
    }


def merged_of(transcript: dict[str, Any], *topics: dict[str, Any]) -> Topics:
    return merged(transcript, [{"topics": list(topics)}])


def spans(topics: Topics) -> list[tuple[int | None, int | None]]:
    return [(topic.first_sentence, topic.last_sentence) for topic in topics.topics]


TEN_MINUTES = transcript_of([10.0] * 60)


def test_a_topic_has_the_times_of_the_sentences_it_cites() -> None:
    topic = merged_of(TEN_MINUTES, told(6, 11)).topics[0]
    assert (topic.id, topic.start, topic.end) == ("topic_01", 60.0, 120.0)


def test_topics_are_numbered_in_order_of_time_whatever_the_order_of_the_answer() -> None:
    found = merged_of(TEN_MINUTES, told(30, 35), told(0, 5), told(12, 20))
    assert [(topic.id, topic.first_sentence) for topic in found.topics] == [
        ("topic_01", 0),
        ("topic_02", 12),
        ("topic_03", 30),
    ]


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        (told(58, 60), "sentence 60, which is not among those of part 1"),
        (told(-1, 5), "sentence -1, which is not among"),
        (told(9, 5), "ends with sentence 5, before it begins with 9"),
        (told("5", 9), "first_sentence: Input should be a valid integer"),
        (told(5.0, 9), "first_sentence: Input should be a valid integer"),
        (told(True, 9), "first_sentence: Input should be a valid integer"),
        (told(5, 9, importance="high"), "importance: Input should be a valid number"),
        (told(5, 9, importance=float("nan")), "importance is no number"),
        (told(5, 9, start=12.5), "start: Extra inputs are not permitted"),
        ({"title": "Half"}, "description: Field required"),
        ("words", "the topic: Input should be a valid dictionary"),
    ],
)
def test_what_is_not_as_asked_is_refused_with_its_reason(topic: Any, reason: str) -> None:
    found = merged_of(TEN_MINUTES, topic, told(20, 29))
    assert spans(found) == [(20, 29)]
    (refused,) = found.refused
    assert reason in refused.reason
    assert refused.title == (topic["title"] if isinstance(topic, dict) else "")


@pytest.mark.parametrize("answer", [None, [], {"topics": "none"}, {"chapters": []}])
def test_an_answer_that_is_none_leaves_no_topic_and_says_so(answer: Any) -> None:
    found = merged(TEN_MINUTES, [answer])
    assert found.topics == ()
    assert "no list of topics" in found.refused[0].reason


def test_importance_is_kept_within_0_and_1() -> None:
    found = merged_of(TEN_MINUTES, told(0, 9, importance=7), told(20, 29, importance=-1))
    assert [topic.importance for topic in found.topics] == [1.0, 0.0]


def test_texts_are_cleaned() -> None:
    topic = merged_of(
        TEN_MINUTES,
        told(0, 9, title="  A\ntitle ", keywords=["TCP", "tcp ", "", " packets."], concepts=["x" * 90]),
    ).topics[0]
    assert topic.title == "A title"
    assert topic.keywords == ("TCP", "packets")
    assert len(topic.concepts[0]) <= 60


def test_a_topic_without_a_title_is_called_by_its_time() -> None:
    assert merged_of(TEN_MINUTES, told(12, 20, title=" ")).topics[0].title == "At 2:00"


def test_of_two_that_overlap_the_more_important_has_the_sentences() -> None:
    found = merged_of(TEN_MINUTES, told(0, 12, importance=0.4), told(10, 25, importance=0.8))
    assert spans(found) == [(0, 9), (10, 25)]


def test_what_lies_within_a_more_important_topic_is_refused() -> None:
    found = merged_of(
        TEN_MINUTES, told(0, 20, "The whole", importance=0.9), told(5, 8, "A detail", importance=0.3)
    )
    assert spans(found) == [(0, 20)]
    assert found.refused[0].title == "A detail"
    assert "“The whole”" in found.refused[0].reason


def test_the_same_span_told_twice_is_one_topic_with_the_keywords_of_both() -> None:
    found = merged_of(
        TEN_MINUTES,
        told(0, 10, "Queues", importance=0.4, keywords=["queue"]),
        told(0, 11, "Packets wait", importance=0.7, keywords=["packet"]),
    )
    (topic,) = found.topics
    assert (topic.title, topic.first_sentence, topic.last_sentence) == ("Packets wait", 0, 11)
    assert topic.keywords == ("packet", "queue")


def test_a_topic_of_more_than_300_s_is_cut_where_the_speaker_pauses() -> None:
    pauses = [0.0] * 60
    pauses[26] = 2.5
    found = merged_of(transcript_of([10.0] * 60, pauses), told(0, 49, "Long"))
    assert spans(found) == [(0, 25), (26, 49)]
    assert [topic.title for topic in found.topics] == ["Long · 1", "Long · 2"]


def test_a_topic_of_less_than_30_s_takes_in_the_nearer_neighbours() -> None:
    pauses = [0.0] * 60
    pauses[20] = 8.0
    found = merged_of(transcript_of([10.0] * 60, pauses), told(20, 20))
    assert spans(found) == [(20, 22)]


def test_a_short_topic_beside_another_becomes_part_of_it() -> None:
    found = merged_of(TEN_MINUTES, told(0, 9, importance=0.6), told(10, 11, importance=0.2), told(12, 30))
    assert len(found.topics) == 2
    assert spans(found)[0][0] == 0
    assert spans(found)[-1][1] == 30


def test_a_short_topic_that_cannot_grow_is_refused() -> None:
    lonely = transcript_of([10.0] * 3, [0.0, 400.0, 400.0])
    found = merged_of(lonely, told(1, 1, "Lonely"))
    assert found.topics == ()
    assert "shorter than 30 s" in found.refused[0].reason


def test_a_lecture_of_less_than_30_s_is_one_topic() -> None:
    assert spans(merged_of(transcript_of([4.0] * 5), told(1, 2))) == [(0, 4)]


def test_an_hour_has_at_most_15_topics_and_the_least_important_neighbours_become_one() -> None:
    hour = transcript_of([10.0] * 360)
    asked = windows(hour)
    answers = [
        {
            "topics": [
                told(number, number + 5, f"Topic {number}", importance=0.9 if number % 40 else 0.1)
                for number in range(window.sentences[0].number, window.sentences[-1].number - 5, 10)
            ]
        }
        for window in asked
    ]
    found = merged(hour, answers)
    assert len(found.topics) == 15
    assert len(asked) == 3


def test_a_topic_that_two_windows_saw_is_told_once() -> None:
    hour = transcript_of([10.0] * 300)
    first, second = windows(hour)
    shared = {s.number for s in first.sentences} & {s.number for s in second.sentences}
    low, high = min(shared), max(shared)
    found = merged(
        hour,
        [
            {"topics": [told(low + 2, high, "Sharing a link fairly", importance=0.6)]},
            {"topics": [told(low + 4, high + 6, "Sharing the link fairly", importance=0.8)]},
        ],
    )
    assert spans(found) == [(low + 2, high + 6)]
    assert found.topics[0].title == "Sharing the link fairly"


def test_no_window_may_cite_a_sentence_of_another() -> None:
    hour = transcript_of([10.0] * 300)
    found = merged(hour, [{"topics": [told(290, 299)]}, {"topics": [told(0, 9)]}])
    assert found.topics == ()
    assert len(found.refused) == 2


@st.composite
def lectures(draw: st.DrawFn) -> tuple[dict[str, Any], list[Any]]:
    lengths = draw(st.lists(st.integers(1, 30).map(float), min_size=1, max_size=250))
    pauses = draw(
        st.lists(st.sampled_from([0.0, 0.3, 2.0, 45.0]), min_size=len(lengths), max_size=len(lengths))
    )
    transcript = transcript_of(lengths, pauses)
    places = st.integers(-2, len(lengths) + 1)
    topics = st.builds(
        told,
        places,
        places,
        st.sampled_from(["", "Alpha beta", "Gamma"]),
        st.floats(-0.5, 1.5) | st.just(float("nan")),
    )
    return transcript, [{"topics": draw(st.lists(topics, max_size=12))} for _ in windows(transcript)]


@settings(max_examples=80, deadline=None)
@given(lectures())
def test_whatever_is_answered_the_topics_keep_their_promises(drawn: tuple[dict[str, Any], list[Any]]) -> None:
    transcript, answers = drawn
    found = merged(transcript, answers)
    said = {sentence["number"]: sentence for sentence in transcript["segments"]}
    whole = said[len(said) - 1]["end"] - said[0]["start"]
    for topic in found.topics:
        assert topic.first_sentence is not None
        assert topic.last_sentence is not None
        assert topic.start == said[topic.first_sentence]["start"]
        assert topic.end == said[topic.last_sentence]["end"]
        assert min(SHORTEST, whole) <= topic.end - topic.start <= LONGEST or topic.first_sentence == 0
        assert topic.end - topic.start <= LONGEST
        assert topic.end - topic.start >= SHORTEST or len(said) - 1 == topic.last_sentence
        assert 0 <= topic.importance <= 1
    for one, other in pairwise(found.topics):
        assert one.end <= other.start
        assert (one.last_sentence or 0) < (other.first_sentence or 0)
    assert len(found.topics) <= topics_at_most(transcript["duration"])
    assert [topic.id for topic in found.topics] == [f"topic_{n:02d}" for n in range(1, len(found.topics) + 1)]
    assert merged(transcript, answers) == found

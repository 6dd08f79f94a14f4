"""Topics of a lecture that nobody listened to: from slides, pauses and energy."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.highlights.topics.pauses import topics_without_words
from rushes.providers.topical.limits import LONGEST, SHORTEST, topics_at_most


def silence_of(
    duration: float, silences: list[tuple[float, float]] | None = None, dbfs: list[float] | None = None
) -> dict[str, Any]:
    return {
        "threshold_dbfs": -35.0,
        "floor_dbfs": -60.0,
        "minimum": 0.5,
        "duration": duration,
        "silences": [{"start": start, "end": end} for start, end in silences or []],
        "energy": {"step": 1.0, "dbfs": dbfs or [-25.0] * int(duration)},
    }


def found(duration: float, slides: list[float], **more: Any) -> list[dict[str, Any]]:
    return topics_without_words({"slides": slides}, silence_of(duration, **more))["topics"]


def test_a_lecture_is_divided_where_its_slides_change() -> None:
    topics = found(360, [80.0, 170.0, 290.0])
    assert [topic["start"] for topic in topics] == [0.0, 80.0, 170.0, 290.0]
    assert [topic["end"] for topic in topics] == [80.0, 170.0, 290.0, 360.0]


def test_a_slide_that_changes_within_a_pause_leaves_the_pause_out() -> None:
    topics = found(240, [121.0], silences=[(119.5, 124.0)])
    assert (119.5, 124.0) in [(one["end"], other["start"]) for one, other in pairwise(topics)]


def test_a_lecture_without_slides_is_divided_at_its_long_pauses() -> None:
    topics = found(300, [], silences=[(70.0, 70.6), (95.0, 99.0), (180.0, 184.0)])
    assert {95.0, 180.0} <= {topic["end"] for topic in topics}


def test_topics_cite_no_sentence_and_are_called_by_their_place_and_time() -> None:
    topics = found(360, [80.0, 170.0, 290.0])
    assert [topic["title"] for topic in topics[:2]] == ["Part 1 · 0:00", "Part 2 · 1:20"]
    assert all(topic["first_sentence"] is None and topic["last_sentence"] is None for topic in topics)


def test_it_is_said_what_they_were_found_by() -> None:
    assert "without a transcript" in topics_without_words({"slides": []}, silence_of(100))["by"]


def test_the_part_with_the_livelier_voice_is_more_important() -> None:
    lively = [-20.0 - 10 * (second % 2) for second in range(100)]
    dull = [-45.0] * 100
    topics = found(300, [100.0, 200.0], dbfs=dull + lively + dull)
    importances = [topic["importance"] for topic in topics if topic["start"] in (0.0, 100.0, 200.0)]
    assert importances[1] == max(importances)


def test_of_a_long_lecture_the_parts_with_least_energy_are_left_out_and_it_is_said() -> None:
    document = topics_without_words({"slides": [60.0 * k for k in range(1, 60)]}, silence_of(3600))
    assert len(document["topics"]) == 15
    assert document["refused"]
    assert "15 others have more energy" in document["refused"][0]["reason"]


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 5000),
    st.lists(st.floats(0, 2500), max_size=60),
    st.lists(st.floats(0, 2500), max_size=60, unique=True),
    st.randoms(use_true_random=False),
)
def test_whatever_is_seen_and_heard_parts_keep_their_promises(
    tenths: int, slides: list[float], edges: list[float], chance: Any
) -> None:
    duration = tenths / 2
    ordered = sorted(edge for edge in edges if edge <= duration)
    silences = list(zip(ordered[::2], ordered[1::2], strict=False))
    levels = [chance.uniform(-80, -10) for _ in range(int(duration) + 1)]
    slides = sorted(slide for slide in slides if slide < duration)
    topics = found(duration, slides, silences=silences, dbfs=levels)
    assert 1 <= len(topics) <= topics_at_most(duration)
    for topic in topics:
        assert 0 <= topic["start"] < topic["end"] <= round(duration, 3)
        assert topic["end"] - topic["start"] <= LONGEST + 0.001 or any(
            b - a > LONGEST / 2 for a, b in silences
        )
        assert 0 <= topic["importance"] <= 1
    for one, other in pairwise(topics):
        assert one["end"] <= other["start"]
    if not silences and duration >= 4 * SHORTEST:
        assert all(topic["end"] - topic["start"] >= SHORTEST - 0.001 for topic in topics)

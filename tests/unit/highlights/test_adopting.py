"""Clips are taken over as they were chosen elsewhere."""

from typing import Any

import pytest

from functions.highlights.choice.adopting import covers, taken
from rushes.errors import BadRequest


def clip(number: int, start: float, end: float, topic: str | None = None) -> dict[str, Any]:
    return {
        "id": f"clip_{number:02d}",
        "title": f"From {start}",
        "topic": topic,
        "importance": 0.5,
        "start": start,
        "end": end,
        "duration": end - start,
        "original": {"start": start, "end": end},
        "reasons": [f"chosen at {start}"],
    }


def choice(*clips: dict[str, Any], passed_over: tuple[str, ...] = ()) -> dict[str, Any]:
    unused = [{"topic": topic, "reason": "too short"} for topic in passed_over]
    return {"rate": "25", "clips": list(clips), "passed_over": unused}


HERE = choice(clip(1, 0, 30), clip(2, 40, 70), passed_over=("topic_03",))


@pytest.mark.parametrize("name", ["clip_02", "thumb_02", "subtitles_02"])
def test_a_clip_comes_with_its_boundaries_its_title_and_its_reasons_and_the_others_stay(name: str):
    there = choice(clip(1, 5, 20), clip(2, 45, 60))
    assert taken(HERE, there, {name: name})["clips"] == [HERE["clips"][0], there["clips"][1]]


def test_a_clip_that_is_only_there_is_added_and_its_topic_is_no_longer_passed_over():
    there = choice(clip(4, 80, 100, "topic_03"))
    found = taken(HERE, there, {"clip_04": "clip_04"})
    assert [each["id"] for each in found["clips"]] == ["clip_01", "clip_02", "clip_04"]
    assert found["passed_over"] == []


def test_another_clip_takes_the_place_and_the_name_of_one():
    there = choice(clip(3, 72, 90))
    assert taken(HERE, there, {"clip_01": "clip_03"})["clips"][0] == {**there["clips"][0], "id": "clip_01"}


@pytest.mark.parametrize("names", [None, {"reel": "reel"}])
def test_all_of_it_or_the_reel_is_the_whole_choice(names: dict[str, str] | None):
    there = choice(clip(1, 5, 20))
    assert taken(HERE, there, names) == there


def test_what_is_there_already_changes_nothing():
    assert taken(HERE, HERE, {"clip_01": "clip_01", "thumb_02": "thumb_02"}) == HERE


def test_one_that_overlaps_a_clip_that_stays_is_refused_with_both():
    there = choice(clip(1, 20, 50))
    with pytest.raises(BadRequest, match="it is 20 to 50 s there, and overlaps clip_02, which is 40 to 70 s"):
        taken(HERE, there, {"clip_01": "clip_01"})


def test_what_is_made_of_clips_follows_the_choice_and_nothing_else_does():
    names = ["clip_01", "thumb_01", "subtitles_01", "reel", "lecture", "transcript", "topics_00", "clips"]
    assert [name for name in names if covers(name)] == names[:4]


@pytest.mark.parametrize(
    ("name", "own"),
    [("clip_01", "lecture"), ("clip_01", "reel"), ("reel", "clip_01"), ("thumb_01", "clip_02")],
)
def test_what_is_of_another_kind_takes_no_clips_place(name: str, own: str):
    with pytest.raises(BadRequest, match=own):
        taken(HERE, choice(clip(1, 5, 20), clip(2, 45, 60)), {name: own})

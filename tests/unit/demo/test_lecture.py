"""The demo lecture, said by a voice that hums: what its truth promises is what it is."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from infra.demo import slides
from infra.demo.lecture import RECTANGLES
from infra.demo.pictures import PICTURES
from infra.demo.script import FRAME_SAMPLES, Talk, held, truth, written
from infra.demo.speaker import Webcam
from rushes.media.sound import Samples


def hum(sentence: str) -> Samples:
    """A twentieth of a second a letter, all of it loud."""
    return np.full((2, 2400 * len(sentence)), 0.3, np.float32)


@cache
def talk() -> Talk:
    return held(hum)


def test_every_sentence_is_heard_when_the_truth_says_and_it_is_quiet_between() -> None:
    told = truth(talk(), RECTANGLES)
    loud = np.abs(talk().sound[0]) > 0.2
    for sentence in told["sentences"]:
        start, end = (round(sentence[side] * 48_000) for side in ("start", "end"))
        assert loud[start : end - FRAME_SAMPLES].all()
        assert not loud[end : end + FRAME_SAMPLES].any()
        assert not loud[start - FRAME_SAMPLES : start].any()
    assert round(told["duration"] * 48_000) == talk().sound.shape[1]


def test_pauses_are_longer_between_topics_than_between_sentences() -> None:
    told = truth(talk(), RECTANGLES)
    ends = {topic["end"] for topic in told["topics"]}
    gaps = [
        (each["end"] in ends, after["start"] - each["end"]) for each, after in pairwise(told["sentences"])
    ]
    between = [gap for is_end, gap in gaps if is_end]
    within = [gap for is_end, gap in gaps if not is_end]
    assert len(between) == len(told["topics"]) - 1
    assert 0.4 < min(within) <= max(within) < min(between)


def test_the_layouts_cover_the_lecture_and_there_are_two_of_them() -> None:
    told = truth(talk(), RECTANGLES)
    segments = told["layout"]
    assert (segments[0]["start"], segments[-1]["end"]) == (0, told["duration"])
    assert all(each["end"] == after["start"] for each, after in pairwise(segments))
    assert {each["layout"] for each in segments} == {"picture_in_picture", "side_by_side"}
    assert len(told["slides"]) == sum(len(topic.slides) for topic in written()[1]) - 1


@pytest.mark.parametrize("layout", list(RECTANGLES))
def test_the_speaker_moves_and_is_where_the_truth_says(layout: str) -> None:
    x, y, width, height = RECTANGLES[layout]["camera"]
    assert x + width <= slides.WIDTH
    assert y + height <= slides.HEIGHT
    camera = Webcam(width, height)
    still, moved = camera.picture(0, 0.0)[0], camera.picture(40, 1.0)[0]
    assert still.shape == (height, width)
    assert np.abs(still.astype(int) - moved).mean() > 1


def test_each_slide_is_drawn_with_a_picture_of_its_own() -> None:
    title, topics = written()
    all_slides = [slide for topic in topics for slide in topic.slides]
    drawn = {slides.drawn(slide, 1, title).tobytes() for slide in all_slides}
    assert len(drawn) == len(all_slides) == len(PICTURES)

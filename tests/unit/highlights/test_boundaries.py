"""Where a lecture is cut: in the nearest pause within five seconds, never through a word, between two frames."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.highlights.choice.boundaries import Cut, Ground, told
from tests.unit.highlights.recordings import RATES, exact, heard_lectures, silence, spoken, unheard


def ground(
    words: list[tuple[float, float]],
    pauses: list[tuple[float, float]],
    *,
    lasts: float = 100,
    rate: str = "25",
) -> Ground:
    said = [{"text": "word", "start": start, "end": end} for start, end in words]
    heard = unheard(lasts) | {"segments": [{"number": 0, "words": said}]}
    return Ground(heard, silence(pauses, lasts), exact(lasts), Fraction(rate))


def cut(on: Ground, start: int, end: int, length: tuple[int, int] | None = None) -> tuple[Cut, Cut]:
    found = on.cut(start, end, (0, on.last), length or (1, on.last))
    assert found
    return found


# ---------------------------------------------------------------------- sentences


def test_a_start_goes_to_the_end_of_a_pause_and_an_end_to_its_beginning_both_a_little_inside() -> None:
    words = [(0, 30), (32, 60.2), (62, 99.8)]
    on = ground(words, [(30, 32), (60.2, 62)])
    start, end = cut(on, 775, 1500)
    assert (start.frame, end.frame) == (800 - 3, 1505 + 3)
    assert told(start, on) == "start moved 0.9 s on to the end of a pause"
    assert told(end, on) == "end moved 0.3 s on to the beginning of a pause"


def test_of_two_pauses_the_nearer_one_is_taken() -> None:
    words = [(0, 21), (22, 25), (26, 99.8)]
    on = ground(words, [(21, 22), (25, 26)])
    assert cut(on, 23 * 25, 2000)[0].frame == 550 - 3
    assert cut(on, 25 * 25, 2000)[0].frame == 650 - 3


def test_words_that_would_be_lost_make_a_pause_seem_twice_as_far() -> None:
    on = ground([(0, 17), (17.6, 20), (20.1, 23), (23.7, 99)], [(17, 17.6), (23, 23.7)])
    start, end = cut(on, 502, 2000)
    assert (start.frame, end.place) == (440 - 3, "gap")
    on = ground([(0, 16), (16.6, 20), (20.1, 20.5), (21.1, 99)], [(16, 16.6), (20.5, 21.1)])
    assert cut(on, 502, 2000)[0].frame == 527 - 3
    on = ground([(0, 57), (57.6, 60), (60.2, 63.5), (64.5, 99)], [(57, 57.6), (63.5, 64.5)])
    assert cut(on, 5, 1500)[1].frame == 1588 + 3


def test_a_pause_between_sentences_is_taken_rather_than_a_nearer_one_within_a_sentence() -> None:
    said = [[(0, 16)], [(17, 19), (19.6, 20.8), (21, 99)]]
    words = [[{"text": "word", "start": start, "end": end} for start, end in each] for each in said]
    heard = unheard(100) | {
        "segments": [{"number": number, "words": each} for number, each in enumerate(words)]
    }
    on = Ground(heard, silence([(16, 17), (19, 19.6)], 100), exact(100), Fraction(25))
    assert cut(on, 500, 2000)[0].frame == 425 - 3
    one = unheard(100) | {"segments": [{"number": 0, "words": words[0] + words[1]}]}
    on = Ground(one, silence([(16, 17), (19, 19.6)], 100), exact(100), Fraction(25))
    assert cut(on, 500, 2000)[0].frame == 490 - 3


def test_a_pause_that_is_farther_than_five_seconds_is_left_and_a_gap_between_words_taken() -> None:
    on = ground([(0, 20), (20.2, 28), (28.01, 99.7)], [(10, 10.1)])
    start, _ = cut(on, 502, 2000)
    assert start.frame == 502
    assert told(start, on) == "start stays: no pause that fits lies within 5 s"
    moved, _ = cut(on, 550, 2000)
    assert moved.frame == 505
    assert told(moved, on) == (
        "start moved 1.8 s back to the nearest gap between words: no pause that fits lies within 5 s"
    )


def test_a_silence_in_which_words_are_heard_is_none() -> None:
    on = ground([(10, 12.5), (12.9, 40)], [(11, 14)])
    assert cut(on, 275, 1000)[0].frame in range(313, 323)
    on = ground([(10, 40)], [(11, 14)])
    assert cut(on, 275, 1250)[0].frame == 250


def test_a_short_pause_is_not_left_for_the_sake_of_a_lead() -> None:
    on = ground([(0, 10), (10.1, 30)], [(9.5, 10.1)])
    assert cut(on, 260, 750)[0].frame == 250


def test_a_gap_without_a_frame_in_it_is_passed_for_the_next() -> None:
    on = ground([(10, 20.01), (20.02, 21.5), (21.5, 40.01), (40.02, 41.59), (41.6, 60)], [])
    start, end = cut(on, 501, 1000)
    assert (start.frame, end.frame) == (250, 1040)


@pytest.mark.parametrize(("at", "found"), [(0, 0), (2, 0), (2500, 2500), (2499, 2500)])
def test_the_lectures_own_ends_can_always_be_cut(at: int, found: int) -> None:
    on = ground([(0, 100)], [])
    assert on.off_words(at, "start" if at < 100 else "end") == found


def test_a_lecture_ends_with_its_last_whole_frame() -> None:
    on = ground([(0, 40.03)], [], lasts=40.03)
    assert (on.last, on.seconds(on.last), on.frame(40_030)) == (1000, 40.0, 1000)


def test_without_words_there_are_pauses_and_else_plain_frames() -> None:
    on = Ground(unheard(100), silence([(20, 21)], 100), Fraction(100), Fraction(25))
    start, end = cut(on, 510, 1003)
    assert (start.frame, end.frame) == (522, 1003)
    assert told(end, on) == "end stays: no pause that fits lies within 5 s"


def test_a_pause_that_would_make_the_clip_too_long_is_left() -> None:
    on = ground([(0, 10), (11, 38), (38.1, 41), (42, 99.3)], [(10, 11), (41, 42)])
    assert [each.frame for each in cut(on, 272, 950)] == [272, 1028]
    start, end = cut(on, 272, 950, (500, 700))
    assert (start.frame, end.frame, end.place) == (272, 950, "gap")


def test_where_no_cut_makes_such_a_clip_there_is_none() -> None:
    on = ground([(1, 99)], [])
    assert on.cut(25, 500, (0, on.last), (250, 1000)) is None


def test_beside_a_sentence_a_cut_goes_into_the_pause_at_most_to_its_middle() -> None:
    on = ground([(0, 10), (11, 20), (20.16, 30)], [])
    assert (on.beside(250, "end"), on.beside(275, "start")) == (253, 272)
    assert (on.beside(500, "end"), on.beside(504, "start")) == (502, 502)


# ---------------------------------------------------------------------- whatever comes in


@settings(max_examples=150, deadline=None)
@given(heard_lectures, st.sampled_from(RATES), st.data())
def test_a_boundary_lies_in_a_pause_within_reach_or_else_at_the_nearest_frame_between_words(
    lecture: tuple[dict[str, Any], dict[str, Any]], text: str, data: st.DataObject
) -> None:
    heard, quiet = lecture
    rate, words = Fraction(text), within_words(heard, Fraction(text))
    on = Ground(heard, quiet, exact(heard["duration"]), rate)
    start = data.draw(st.integers(0, on.last))
    end = data.draw(st.integers(start, on.last))
    found = on.cut(start, end, (0, on.last), (0, on.last))
    if found is None or end - start < 11 * rate:
        return  # each side is looked at for itself: they are too far apart to stand in each other's way
    near = int(5 * rate - Fraction(1, 2))
    silences = [(exact(each["start"]), exact(each["end"])) for each in quiet["silences"]]
    for side in found:
        free = [
            frame
            for frame in range(max(0, side.wanted - near), min(on.last, side.wanted + near) + 1)
            if frame == on.last or frame not in words
        ]
        pauses = [frame for frame in free if any(a <= frame / rate <= b for a, b in silences)]
        if pauses:
            assert side.frame in pauses
            assert side.place in ("pause", "edge")
        elif free:
            assert far(side, side.frame, words) == min(far(side, frame, words) for frame in free)


def far(cut: Cut, frame: int, words: set[int]) -> int:
    """In frames; those of a word that the clip would lose count twice."""
    lost = range(cut.wanted, frame) if cut.side == "start" else range(frame, cut.wanted)
    return abs(frame - cut.wanted) + len(words.intersection(lost))


@settings(deadline=None)
@given(heard_lectures, st.sampled_from(RATES), st.data())
def test_a_frame_off_words_is_the_nearest_there_is(
    lecture: tuple[dict[str, Any], dict[str, Any]], text: str, data: st.DataObject
) -> None:
    heard, quiet = lecture
    rate = Fraction(text)
    on = Ground(heard, quiet, exact(heard["duration"]), rate)
    frame, side = data.draw(st.integers(0, on.last)), data.draw(st.sampled_from(("start", "end")))
    found = on.off_words(frame, side)

    words = within_words(heard, rate) - {on.last}
    apart = abs(found - frame)
    nearer = range(max(0, frame - apart + 1), min(on.last, frame + apart - 1) + 1)
    assert found not in words
    assert words >= set(nearer)
    assert on.beside(frame, side) not in words


def within_words(heard: dict[str, Any], rate: Fraction) -> set[int]:
    """Frames that begin while a word is spoken."""
    return {
        frame for start, end in spoken(heard) for frame in range(floor(start * rate) + 1, ceil(end * rate))
    }

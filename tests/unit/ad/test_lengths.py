"""How long beats last: on the five-second grid, and exactly as long together as the film."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ad.lengths import LENGTHS, count_for, lengths_are_legal, lengths_for

durations = st.integers(10, 60)


@given(durations, st.integers(0, 30), st.data())
def test_lengths_fill_the_duration_and_only_one_beat_leaves_the_grid(
    duration: int, drafted: int, data: st.DataObject
) -> None:
    count = count_for(duration, drafted)
    wished = data.draw(st.lists(st.integers(-10, 100), min_size=count, max_size=count))
    lengths = lengths_for(duration, wished)
    assert len(lengths) == count >= 2
    assert sum(lengths) == duration
    assert len([length for length in lengths if length not in LENGTHS]) == (1 if duration % 5 else 0)
    assert lengths[0] in LENGTHS
    assert max(lengths) <= 15
    assert lengths_for(duration, lengths) == lengths


@pytest.mark.parametrize(
    ("duration", "wished", "lengths"),
    [
        (30, [5, 10, 10, 5], [5, 10, 10, 5]),
        (30, [15, 15], [15, 15]),
        (30, [7, 7, 7, 7], [5, 10, 10, 5]),
        (30, [10, 10, 10, 10], [10, 5, 5, 10]),
        (10, [10, 10], [5, 5]),
        (12, [5, 5], [5, 7]),
        (33, [5, 10, 5, 10], [5, 13, 5, 10]),
        (59, [10, 10, 10, 10, 10, 10], [10, 9, 10, 10, 10, 10]),
    ],
)
def test_lengths_are_the_legal_ones_nearest_to_the_wishes(
    duration: int, wished: list[int], lengths: list[int]
) -> None:
    assert lengths_for(duration, wished) == lengths


@pytest.mark.parametrize(
    ("duration", "lengths"),
    [(10, [10]), (15, [5, 5]), (14, [9, 5]), (30, [8, 7, 15]), (33, [5, 10, 18]), (20, [5, 0, 15]), (20, [])],
)
def test_other_lengths_are_not_legal(duration: int, lengths: list[int]) -> None:
    assert not lengths_are_legal(duration, lengths)

"""Panes and captions: what of the recording is seen where, undistorted, and what is written over it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rushes.media.clipping.canvas import fitted
from rushes.media.clipping.clip import clip
from rushes.media.clipping.lettering import drawn
from rushes.media.clipping.spec import Page, Pane, Rect, Word
from tests.unit.media.barred import constant, decoded, record, spec

RED, GREEN, BLUE = (200, 30, 30), (30, 180, 30), (30, 30, 200)


def page(*lines: str, start: int = 0, end: int = 10) -> Page:
    words = [[Word(text, start, end) for text in line.split()] for line in lines]
    return Page(start, end, tuple(tuple(row) for row in words))


def written(shown: Page) -> dict:
    lines = [[{"text": w.text, "start": w.start, "end": w.end} for w in line] for line in shown.lines]
    return {"start": shown.start, "end": shown.end, "lines": lines}


def coloured(folder: Path) -> Path:
    """160 × 90: red on the left three quarters, green on the right one."""
    picture = np.empty((90, 160, 3), np.uint8)
    picture[:, :120], picture[:, 120:] = RED, GREEN
    return record(folder / "lecture.mp4", constant(30, 25), size=(160, 90), pictures=[picture] * 30)


def near(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return np.abs(pixel.astype(int) - colour).max() < 14


def test_panes_are_where_they_belong_and_the_rest_is_background(tmp_path: Path):
    panes = [
        {"from": [0, 0, 120, 90], "to": [0, 0, 90, 80], "fit": "contain"},
        {"from": [120, 0, 40, 90], "to": [0, 80, 90, 80], "fit": "cover"},
    ]
    shots = [{"frames": 4, "panes": panes}, {"frames": 3, "panes": panes[:1]}]
    parameters = spec(7, size=(90, 160), shots=shots, background="#1e1ec8")
    clip(coloured(tmp_path), tmp_path / "clip.mp4", parameters)
    both, first_only = (decoded(tmp_path / "clip.mp4")[n] for n in (3, 4))
    for picture in (both, first_only):
        assert near(picture[40, 45], RED)  # 90 × 68 in the middle of 90 × 80
        assert near(picture[2, 45], BLUE)
    assert near(both[82, 2], GREEN)
    assert near(both[157, 87], GREEN)
    assert near(first_only[120, 45], BLUE)


def test_captions_are_shown_in_their_frames_only_and_the_spoken_word_stands_out(tmp_path: Path):
    words = [{"text": "white", "start": 5, "end": 8}, {"text": "yellow", "start": 8, "end": 12}]
    caption = {"start": 5, "end": 12, "lines": [words]}
    whole = {"from": [0, 0, 160, 90], "to": [0, 0, 640, 360], "fit": "cover"}
    shots = [{"frames": 20, "panes": [whole]}]
    lecture = coloured(tmp_path)
    parameters = spec(20, size=(640, 360), shots=shots, captions=[caption])
    clip(lecture, tmp_path / "clip.mp4", parameters)
    clip(lecture, tmp_path / "plain.mp4", parameters | {"emphasis": False})
    shown, plain = decoded(tmp_path / "clip.mp4"), decoded(tmp_path / "plain.mp4")
    dark = [n for n, picture in enumerate(shown) if (picture.max(axis=2) < 80).sum() > 500]
    assert dark == list(range(5, 12))
    assert [yellow_at(shown[n]) < 320 for n in (6, 10)] == [True, False]
    assert all(np.isnan(yellow_at(picture)) for picture in plain)


def yellow_at(picture: np.ndarray) -> float:
    """The middle of what is yellow, in pixels from the left; NaN without any."""
    red, green, blue = (picture[..., n].astype(int) for n in range(3))
    columns = np.nonzero((red > 200) & (green > 160) & (blue < 130))[1]
    return float(columns.mean()) if columns.size else float("nan")


@pytest.mark.parametrize(
    ("size", "bottom"), [((1280, 720), 92), ((720, 1280), 82), ((960, 960), 92), ((320, 240), 92)], ids=str
)
@pytest.mark.parametrize(
    "lines",
    [
        ("Short",),
        ("A line of forty-two letters, as it may be.", "And another of the same length as that was"),
    ],
    ids=["short", "long"],
)
def test_captions_stay_in_the_safe_area(size: tuple[int, int], bottom: int, lines: tuple[str, ...]):
    width, height = size
    box = drawn(page(*lines), None, width, height).getbbox()
    assert box
    left, top, right, low = box
    assert left >= width * 8 // 100
    assert right <= width - width * 8 // 100 + 1
    assert low <= height * bottom // 100 + 1
    assert top >= height * 3 // 5


def test_captions_can_be_read_over_white_and_over_black():
    image = drawn(page("Readable"), None, 640, 360)
    for behind in (0, 255):
        pixels = np.asarray(image).astype(float)
        alpha = pixels[..., 3:] / 255
        seen = (pixels[..., :3] * alpha + behind * (1 - alpha))[alpha[..., 0] > 0]
        assert seen.max() > 230
        assert np.median(seen) < 90


sides = st.integers(1, 1000).map(lambda n: 2 * n)
rectangles = st.builds(Rect, st.integers(0, 500), st.integers(0, 500), sides, sides)


@given(
    rectangles,
    rectangles,
    st.sampled_from(["cover", "contain"]),
    st.sampled_from([Fraction(1), Fraction(16, 15)]),
)
def test_nothing_is_distorted_or_taken_from_outside(source: Rect, target: Rect, fit, pixel: Fraction):
    crop, box = fitted(Pane(source, target, fit), pixel)
    for inner, outer in ((crop, source), (box, target)):
        assert outer.left <= inner.left
        assert inner.left + inner.width <= outer.left + outer.width
        assert outer.top <= inner.top
        assert inner.top + inner.height <= outer.top + outer.height
    assume(min(*crop[2:], *box[2:]) > 2)  # a sliver of a picture has no shape left
    assert (box == target) if fit == "cover" else (crop == source)
    across, down = Fraction(box.width, crop.width) / pixel, Fraction(box.height, crop.height)
    rounding = 2 * max(Fraction(1, side) for rect in (crop, box) for side in (rect.width, rect.height))
    assert abs(across / down - 1) <= 2 * rounding

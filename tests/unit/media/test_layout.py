"""Where the screen and the camera are in a lecture's picture; more is measured by tests/bench/layout.py."""

import itertools
from pathlib import Path

import pytest

from rushes.errors import Unplayable
from rushes.media.layout import layout
from tests.fakes.lectures import KINDS, lecture
from tests.fakes.lectures.scoring import score
from tests.unit.media.material import film, pillarboxed, sine, sound_file, turned_by_a_quarter

SMALL = {"seconds": 14, "size": (480, 270), "fps": 8}


@pytest.mark.parametrize("kind", KINDS)
def test_class_and_rectangles_are_found_in_a_lecture_of_each_kind(tmp_path: Path, kind: str):
    path, truth = lecture(tmp_path, 3, kind, **SMALL)
    found = score(truth, layout(path))
    assert found.named >= 0.95
    assert found.right >= 0.95


def test_a_round_camera_is_found_by_its_outline_at_any_height(tmp_path: Path):
    path, truth = lecture(tmp_path, 4, "round_inset", **SMALL)
    assert score(truth, layout(path)).right >= 0.95


def test_a_camera_stays_the_camera_while_a_video_plays_on_its_slide(tmp_path: Path):
    path, truth = lecture(tmp_path, 5, "inset_and_video", **SMALL)
    assert score(truth, layout(path)).right >= 0.95


@pytest.mark.parametrize("seed", range(4))
def test_a_screen_beside_a_camera_is_no_inset_because_a_title_and_a_list_stand_around_them(
    tmp_path: Path, seed: int
):
    path, truth = lecture(tmp_path, seed, "apart", **SMALL)
    assert score(truth, layout(path)).right >= 0.95


def test_black_bars_that_are_always_there_are_no_part_of_the_picture(tmp_path: Path):
    path, truth = lecture(tmp_path, 4, "picture_in_picture", seconds=14, size=(360, 270), fps=8)
    (segment,) = layout(pillarboxed(path, 60))["segments"]
    x, y, width, height = truth["segments"][0]["camera"]
    assert segment["layout"] == "picture_in_picture"
    assert segment["screen"] == pytest.approx([60, 0, 360, 270], abs=3)
    assert segment["camera"] == pytest.approx([60 + x, y, width, height], abs=8)


def test_segments_cover_the_lecture_without_gaps(tmp_path: Path):
    path, truth = lecture(tmp_path, 1, "changing", **SMALL)
    segments = layout(path)["segments"]
    assert segments[0]["start"] == 0
    assert segments[-1]["end"] == pytest.approx(SMALL["seconds"], abs=0.002)
    assert all(a["end"] == b["start"] for a, b in itertools.pairwise(segments))
    assert len(segments) == len(truth["segments"])


def test_slides_are_told_with_their_times_and_a_dissolve_once(tmp_path: Path):
    path, truth = lecture(tmp_path, 2, "picture_in_picture", **SMALL)
    assert layout(path)["slides"] == pytest.approx(truth["slides"], abs=0.5)


def test_a_turned_picture_is_described_as_it_is_shown(tmp_path: Path):
    path, _ = lecture(tmp_path, 0, "picture_in_picture", **SMALL)
    upright = layout(path)
    turned = layout(turned_by_a_quarter(path))
    assert (turned["width"], turned["height"]) == (upright["height"], upright["width"])
    x, y, width, height = upright["segments"][0]["camera"]
    clockwise = [upright["height"] - y - height, x, height, width]
    assert turned["segments"][0]["camera"] == pytest.approx(clockwise, abs=8)


def test_a_picture_that_never_changes_is_a_screen(tmp_path: Path):
    from rushes.media.encoding import PictureWriter
    from tests.unit.media.material import picture

    with PictureWriter(tmp_path / "still.mp4", 160, 90) as writer:
        for _ in range(72):
            writer.write(picture(3, 160, 90))
    (segment,) = layout(tmp_path / "still.mp4")["segments"]
    assert (segment["layout"], segment["screen"], segment["camera"]) == ("screen_only", [0, 0, 160, 90], None)


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_the_shortest_films_have_a_layout_too(tmp_path: Path, frames: int):
    (segment,) = layout(film(tmp_path / "short.mp4", frames))["segments"]
    assert segment["layout"] == "screen_only"


def test_a_sound_without_a_picture_is_unplayable(tmp_path: Path):
    with pytest.raises(Unplayable):
        layout(sound_file(tmp_path / "song.wav", sine(1)))

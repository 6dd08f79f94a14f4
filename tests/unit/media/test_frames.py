import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from rushes.errors import Unplayable
from rushes.media.encoding import PictureWriter
from rushes.media.frames import frame_at, last_frame, poster, timeline_frames
from rushes.media.planes import fitted
from tests.unit.media.material import (
    SIZE,
    brightnesses,
    film,
    foreign_film,
    grey,
    sine,
    sound_file,
    turned_by_a_quarter,
)


@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize("frames", [1, 11, 12, 13, 49])
def test_the_last_frame_is_the_one_shown_last_to_the_pixel(tmp_path: Path, frames: int, b_frames: int):
    path = foreign_film(tmp_path / "film.mp4", frames, b_frames=b_frames)
    with av.open(path) as container:
        *_, shown_last = container.decode(video=0)
    image = Image.open(io.BytesIO(last_frame(path)))
    assert np.array_equal(np.asarray(image), shown_last.to_ndarray(format="rgb24"))


def test_what_is_noted_on_a_film_stays_with_its_last_frame(tmp_path: Path):
    path = film(tmp_path / "film.mp4", 5, comment="a blue bottle – sketch")
    image = Image.open(io.BytesIO(last_frame(path)))
    assert image.info["comment"] == "a blue bottle – sketch"


def test_a_sound_has_no_last_frame(tmp_path: Path):
    with pytest.raises(Unplayable, match="has no picture"):
        last_frame(sound_file(tmp_path / "tone.mp3", sine(1)))


@pytest.mark.parametrize("number", [0, 1, 23, 24, 39, 47])
def test_a_frame_is_found_by_its_number(tmp_path: Path, number: int):
    path = foreign_film(tmp_path / "film.mp4", 48, b_frames=2)
    assert abs(np.asarray(frame_at(path, number)).mean() - grey(number)) < 2


def test_after_the_end_the_last_frame_is_found(tmp_path: Path):
    path = film(tmp_path / "film.mp4", 10)
    assert abs(np.asarray(frame_at(path, 99)).mean() - grey(9)) < 2


def test_thirty_frames_a_second_become_twenty_four_by_leaving_out_every_fifth(tmp_path: Path):
    path = foreign_film(tmp_path / "film.mp4", 30, fps=30)
    shown = numbers(path, 24)
    assert len(shown) == 24
    assert len(set(shown)) == 24
    assert all(abs(number - at * 30 / 24) <= 0.5 for at, number in enumerate(shown))


def test_twelve_frames_a_second_are_each_shown_twice(tmp_path: Path):
    path = foreign_film(tmp_path / "film.mp4", 6, fps=12)
    assert numbers(path, 12) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_film_that_is_too_short_holds_its_last_frame(tmp_path: Path):
    assert numbers(film(tmp_path / "film.mp4", 3), 6) == [0, 1, 2, 2, 2, 2]


def test_milliseconds_of_a_webm_do_not_move_frames(tmp_path: Path):
    path = foreign_film(tmp_path / "film.webm", 24, codec="libvpx-vp9")
    assert numbers(path, 24) == list(range(24))


def test_another_shape_is_filled_and_its_overhang_cut_evenly():
    wide = np.zeros((40, 120, 3), np.uint8)
    wide[:, :40], wide[:, 40:80], wide[:, 80:] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    frame = fitted(av.VideoFrame.from_ndarray(wide, "rgb24"), 40, 40)
    middle = frame.to_ndarray(format="rgb24")
    assert (frame.width, frame.height) == (40, 40)
    assert (middle[10:30, 5:35].mean(axis=(0, 1)) - (0, 255, 0)).max() < 25


def test_a_phone_film_is_turned_the_same_way_everywhere(tmp_path: Path):
    path = tmp_path / "phone.mp4"
    left_is_white = np.zeros((40, 80, 3), np.uint8)
    left_is_white[:, :40] = 255
    with PictureWriter(path, 80, 40) as writer:
        writer.write(left_is_white)
    turned_by_a_quarter(path)
    fitted_frame = next(timeline_frames(path, 40, 80, 1)).to_ndarray(format="rgb24")
    for shown in (np.asarray(frame_at(path, 0)), fitted_frame):
        assert shown.shape == (80, 40, 3)
        assert shown[:36].mean() > 240
        assert shown[44:].mean() < 15


def test_the_poster_is_a_bright_and_detailed_frame_not_the_black_first_one(tmp_path: Path):
    path = tmp_path / "film.mp4"
    checks = np.indices((72, 128)).sum(axis=0) // 8 % 2
    with PictureWriter(path, 128, 72) as writer:
        for number in range(48):
            strength = 255 if 20 <= number < 32 else 0
            writer.write(
                np.stack([checks * strength, checks * strength // 2, checks * 20], axis=2).astype(np.uint8)
            )
    image = Image.open(io.BytesIO(poster(path)))
    assert image.format == "JPEG"
    assert image.size == (128, 72)
    assert np.asarray(image).mean() > 40
    assert np.asarray(Image.open(io.BytesIO(poster(path, 0)))).mean() < 20


def test_a_film_of_one_frame_has_a_poster(tmp_path: Path):
    assert Image.open(io.BytesIO(poster(film(tmp_path / "film.mp4", 1)))).size == SIZE


def numbers(path: Path, frames: int) -> list[int]:
    out = path.with_suffix(".24.mp4")
    with PictureWriter(out, *SIZE) as writer:
        for frame in timeline_frames(path, *SIZE, frames):
            writer.write(frame)
    return brightnesses(out)

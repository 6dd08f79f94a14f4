from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from rushes.media.captions import Caption, captioned, lettering, paged
from rushes.media.encoding import PictureWriter
from rushes.media.frames import timeline_frames
from tests.unit.media.material import film

SIZES = [(1280, 720), (720, 1280), (960, 960)]
LONG = "It keeps your coffee hot from the first train in the morning until the last meeting of the day"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "text", ["Go.", "Made for the mountains", LONG, LONG * 4, "Donaudampfschifffahrt" * 6]
)
def test_lettering_stays_inside_the_safe_area_on_two_lines_at_most(size: tuple[int, int], text: str):
    image = lettering(text, *size)
    left, top, right, bottom = image.getbbox()
    assert min(left, size[0] - right) >= size[0] * 5 // 100
    assert abs(left - (size[0] - right)) <= 6
    assert size[1] - bottom >= size[1] * 5 // 100
    assert top > size[1] // 2
    assert lines_of(image) <= 2


def test_upright_frames_leave_the_controls_of_a_phone_player_free():
    assert lettering(LONG, 720, 1280).getbbox()[3] < 1280 * 83 // 100


def test_lettering_is_white_with_a_dark_outline_and_nothing_else_is_touched():
    image = lettering("Go", 1280, 720)
    pixels = np.asarray(image)
    opaque = pixels[pixels[..., 3] > 200][:, :3]
    assert np.count_nonzero(opaque.min(axis=1) > 240) > 50
    assert np.count_nonzero(opaque.max(axis=1) < 40) > 50
    assert pixels[:360, :, 3].max() == 0


def test_a_caption_changes_pixels_only_in_its_time(tmp_path: Path):
    source = film(tmp_path / "film.mp4", 20, size=(320, 180))
    plain = [frame.to_ndarray() for frame in timeline_frames(source, 320, 180, 20)]
    lettered = captioned(timeline_frames(source, 320, 180, 20), [Caption("Hello", 5, 12)])
    changed = [not np.array_equal(a, b.to_ndarray()) for a, b in zip(plain, lettered, strict=True)]
    assert changed == [5 <= number < 12 for number in range(20)]


@pytest.mark.parametrize("size", SIZES)
def test_a_long_caption_is_shown_page_by_page_in_full_size(size: tuple[int, int]):
    caption = Caption(LONG * 2, 24, 264)
    pages = paged(caption, *size)
    assert " ".join(page.text for page in pages) == caption.text
    assert len(pages) > 1
    assert pages[0].start_frames == 24
    assert pages[-1].end_frames == 264
    assert all(one.end_frames == two.start_frames for one, two in pairwise(pages))
    assert all(page.end_frames - page.start_frames >= 18 for page in pages)
    shortest = lettering("Go", *size).getbbox()
    assert all(letter_height(page.text, size) >= shortest[3] - shortest[1] - 2 for page in pages)


def test_a_short_caption_stays_whole_and_an_empty_one_is_not_shown():
    short = Caption("Made for the mountains", 3, 50)
    assert paged(short, 720, 1280) == [short]
    assert paged(Caption("  ", 3, 50), 720, 1280) == []


def test_there_is_always_time_to_read_a_page():
    assert len(paged(Caption(LONG * 3, 0, 40), 720, 1280)) == 2


def test_a_caption_can_be_read_after_encoding(tmp_path: Path):
    source, out = film(tmp_path / "film.mp4", 6, size=(640, 360)), tmp_path / "out.mp4"
    with PictureWriter(out, 640, 360) as writer:
        for frame in captioned(timeline_frames(source, 640, 360, 6), [Caption("HHHHHH", 0, 6)]):
            writer.write(frame)
    with av.open(out) as container:
        *_, last = container.decode(video=0)
    rows = last.to_ndarray(format="rgb24")[250:350]
    assert rows.max() > 235
    assert rows.min() < 30


def lines_of(image: Image.Image) -> int:
    """Runs of rows that hold strokes of letters wide enough to be a line."""
    white = np.asarray(image)[..., :3].min(axis=2) * (np.asarray(image)[..., 3] > 128) > 200
    rows = white.any(axis=1)
    thickness = int(np.flatnonzero(rows)[-1] - np.flatnonzero(rows)[0] + 1)
    height = min(image.size) * 14 // 200
    return -(-thickness // round(height * 1.6))


def letter_height(text: str, size: tuple[int, int]) -> int:
    """Pixels of one line of the text's lettering."""
    box = lettering(text, *size).getbbox()
    return (box[3] - box[1]) // (2 if len(text) > 22 else 1)

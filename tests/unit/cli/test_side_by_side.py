"""Two checkpoints side by side: every artifact is to be found, and films run together to the end of the longer one."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import typer
from PIL import Image

from infra.cli.side_by_side import Pair, write_picture, write_video
from rushes.errors import Unplayable
from rushes.media.probe import probe
from rushes.media.sound import decode
from rushes.media.timeline import SAMPLE_RATE
from tests.unit.media.material import film, foreign_film, sine, sound_file, turned_by_a_quarter

RED, BLUE = (200, 30, 30), (30, 30, 200)


def image(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (640, 360)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def drawn(pairs: list[Pair], out: Path, left: str = "main", right: str = "main-1") -> np.ndarray:
    """Pixels of the picture, height × width × 3."""
    write_picture(pairs, out, left, right)
    with Image.open(out) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def area(pixels: np.ndarray, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what has this colour."""
    rows, columns = np.nonzero(np.abs(pixels - colour).max(axis=2) < 12)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def test_left_is_left_and_right_is_right_at_equal_heights(tmp_path: Path) -> None:
    pairs: list[Pair] = [("beat_00", image(tmp_path / "l.png", RED), image(tmp_path / "r.png", BLUE))]
    pixels = drawn(pairs, tmp_path / "both.png")
    left, right = area(pixels, RED), area(pixels, BLUE)
    assert left[2] < pixels.shape[1] // 2 < right[0]
    assert (left[1], left[3]) == (right[1], right[3])
    assert (left[2] - left[0]) / (left[3] - left[1]) == pytest.approx(16 / 9, abs=0.01)


def test_a_missing_artifact_is_named_and_said_to_be_missing(tmp_path: Path) -> None:
    here = image(tmp_path / "l.png", RED)
    pixels = drawn([("beat_00", here, None)], tmp_path / "both.png")
    _, top, _, bottom = area(pixels, RED)
    middle = pixels.shape[1] // 2
    assert (pixels[top:bottom, middle:].max(axis=2) > 100).sum() > 100  # words, where the picture would be
    assert (pixels[:top, middle:].max(axis=2) > 100).sum() > 100


def test_upright_pictures_and_different_shapes_are_shown_whole(tmp_path: Path) -> None:
    upright = image(tmp_path / "l.png", RED, (360, 640))
    pixels = drawn([("beat_00", upright, image(tmp_path / "r.png", BLUE))], tmp_path / "both.jpg")
    left, right = area(pixels, RED), area(pixels, BLUE)
    assert (left[2] - left[0]) / (left[3] - left[1]) == pytest.approx(9 / 16, abs=0.01)
    assert (right[2] - right[0]) / (right[3] - right[1]) == pytest.approx(16 / 9, abs=0.03)


def test_a_film_is_three_of_its_frames(tmp_path: Path) -> None:
    pixels = drawn([("chunk_00", film(tmp_path / "a.mp4", 48), None)], tmp_path / "both.png")
    middle = pixels[pixels.shape[0] * 2 // 3, : pixels.shape[1] // 2 - 20]
    greys = [int(value) for value in dict.fromkeys(middle[middle.std(axis=1) < 2][:, 0])]
    for number in (8, 24, 40):
        assert any(abs(grey - (20 + 4 * number)) <= 3 for grey in greys)


def test_what_cannot_be_shown_does_not_spoil_the_rest(tmp_path: Path) -> None:
    damaged = tmp_path / "x.mp4"
    damaged.write_bytes(b"no film at all")
    sound = sound_file(tmp_path / "m.mp3", sine(1))
    pairs: list[Pair] = [("chunk_00", damaged, sound), ("beat_00", None, image(tmp_path / "r.png", BLUE))]
    assert area(drawn(pairs, tmp_path / "both.png"), BLUE)


def test_long_titles_are_cut_at_their_column(tmp_path: Path) -> None:
    pairs: list[Pair] = [("a name without an end " * 9, image(tmp_path / "l.png", RED), None)]
    pixels = drawn(pairs, tmp_path / "both.png", left="x" * 3000, right="")
    middle = pixels.shape[1] // 2
    assert pixels[:50, middle - 5 : middle + 5].max() < 60


@pytest.mark.parametrize("count", [0, 1, 30, 500])
def test_however_many_rows_there_are_the_picture_stays_of_a_bounded_size(tmp_path: Path, count: int) -> None:
    small = image(tmp_path / "l.png", RED, (36, 64))
    pixels = drawn([(f"beat_{i}", small, small) for i in range(count)], tmp_path / "both.png")
    assert pixels.shape[0] <= 8192
    assert pixels.shape[1] <= 2000
    if count == 500:
        assert (pixels[-28:, :280].max(axis=2) > 100).sum() > 50  # and so many more


@pytest.mark.parametrize("name", ["both.txt", "both", "both.mp4"])
def test_a_picture_has_the_suffix_of_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"\.png, \.jpg or \.webp"):
        write_picture([], tmp_path / name, "a", "b")


# ---------------------------------------------------------------------- films


def greys(path: Path) -> list[tuple[float, float]]:
    """The mean brightness of each frame's left and right half, a little off the middle."""
    with av.open(path) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    return [(frame[:, :20].mean(), frame[:, -20:].mean()) for frame in frames]


def test_two_films_run_side_by_side_and_the_shorter_one_holds_its_last_frame(tmp_path: Path) -> None:
    out = tmp_path / "new" / "both.mp4"
    write_video(film(tmp_path / "l.mp4", 6), film(tmp_path / "r.mp4", 12, first=20), out)
    facts = probe(out)
    assert (facts.video_codec, facts.fps, facts.frames, facts.audio_codec) == ("h264", 24, 12, None)
    assert (facts.width, facts.height) == (64 + 8 + 64, 36)
    left, right = zip(*greys(out), strict=True)
    assert all(abs(a - b) < 3 for a, b in zip(left[5:], left[5:6] * 7, strict=True))
    assert all(later > earlier + 2 for earlier, later in pairwise(right))
    assert all(b - a > 40 for a, b in zip(left, right, strict=True))


def test_the_left_films_sound_is_heard_as_long_as_the_picture_lasts(tmp_path: Path) -> None:
    heard = foreign_film(tmp_path / "l.mp4", 24, tone=True)
    write_video(heard, film(tmp_path / "r.mp4", 48), tmp_path / "both.mp4")
    samples = decode(tmp_path / "both.mp4")
    assert samples.shape[1] == 2 * SAMPLE_RATE
    assert np.abs(samples[:, : SAMPLE_RATE // 2]).max() > 0.1
    assert np.abs(samples[:, SAMPLE_RATE * 5 // 4 :]).max() < 0.01
    write_video(film(tmp_path / "r.mp4", 48), heard, tmp_path / "both.mp4")
    assert probe(tmp_path / "both.mp4").audio_codec is None


def test_films_of_other_sizes_rates_and_directions_get_equal_heights(tmp_path: Path) -> None:
    upright = turned_by_a_quarter(film(tmp_path / "l.mp4", 24))
    wide = foreign_film(tmp_path / "r.mp4", 25, fps=25, size=(128, 72))
    write_video(upright, wide, tmp_path / "both.mp4")
    facts = probe(tmp_path / "both.mp4")
    assert (facts.width, facts.height, facts.frames) == (36 + 8 + 114, 64, 24)


def test_large_films_are_made_smaller(tmp_path: Path) -> None:
    large = film(tmp_path / "l.mp4", 2, size=(1080, 1920))
    write_video(large, large, tmp_path / "both.mp4")
    facts = probe(tmp_path / "both.mp4")
    assert (facts.width, facts.height) == (2 * 406 + 8, 720)


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    moving = film(tmp_path / "l.mp4", 2)
    with pytest.raises(Unplayable, match="is no film"):
        write_video(moving, image(tmp_path / "r.png", BLUE), tmp_path / "both.mp4")
    with pytest.raises(typer.BadParameter, match=r"\.mp4"):
        write_video(moving, moving, tmp_path / "both.mov")

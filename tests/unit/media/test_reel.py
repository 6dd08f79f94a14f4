"""A reel: clips in a row that crossfade, exactly as long as their frames less those that overlap."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from rushes.errors import BadRequest
from rushes.media.clipping.clip import clip
from rushes.media.clipping.reel import reel
from rushes.media.clipping.thumbnail import thumbnail
from rushes.media.loudness import true_peak
from rushes.media.sound import decode
from tests.unit.media.barred import SIZE, bars, constant, decoded, number_on, record, spec
from tests.unit.media.material import index_before_data, sine
from tests.unit.media.material import packets as stored

SMALL = (32, 24)


def clips(folder: Path, rate: str, *spans: tuple[int, int], size: tuple[int, int] = SMALL) -> list[Path]:
    """Of one lecture: `spans` are first frames and numbers of frames."""
    fps = Fraction(rate)
    lecture = record(folder / "lecture.mp4", constant(100, fps), rate=fps, sound=sine(100 / fps))
    found = []
    for number, (start, frames) in enumerate(spans):
        found.append(folder / f"clip_{number}.mp4")
        panes = [{"from": [0, 0, *SIZE], "to": [0, 0, *size], "fit": "cover"}]
        shots = [{"frames": frames, "panes": panes}]
        clip(lecture, found[-1], spec(frames, start=start, rate=rate, size=size) | {"shots": shots})
    return found


def joined(found: list[Path], rate: str, fade: int, size: tuple[int, int] = SMALL) -> Path:
    out = found[0].parent / "reel.mp4"
    options = {"rate": Fraction(rate), "crossfade_frames": fade, "width": size[0], "height": size[1]}
    reel(found, out, **options, title="All of it")
    return out


@pytest.mark.parametrize("rate", ["25", "30000/1001", "10"])
def test_a_reel_is_exactly_as_long_as_its_clips_less_the_crossfades(tmp_path: Path, rate: str):
    fade = round(Fraction(rate) / 2)
    out = joined(clips(tmp_path, rate, (0, 33), (40, 37), (10, 41)), rate, fade)
    frames = 33 + 37 + 41 - 2 * fade
    with av.open(out) as container:
        video = container.streams.video[0]
        assert video.frames == frames
        assert video.duration * video.time_base == frames / Fraction(rate)
        assert container.metadata["title"] == "All of it"
    assert decode(out).shape[1] == round(frames * 48_000 / Fraction(rate))
    assert index_before_data(out)


def test_between_the_crossfades_the_clips_pictures_are_copied(tmp_path: Path):
    found = clips(tmp_path, "20", (0, 40), (50, 41), (10, 42))
    out = joined(found, "20", 10)
    one, two, three = (stored(path) for path in found)
    assert stored(out)[:30] == one[:30]
    assert stored(out)[40:61] == two[10:31]
    assert stored(out)[71:] == three[10:]


def test_in_a_crossfade_one_picture_becomes_the_other(tmp_path: Path):
    found = clips(tmp_path, "20", (0, 40), (50, 40))
    pictures = decoded(joined(found, "20", 10))
    assert [number_on(p) for p in (*pictures[:30], *pictures[40:])] == [*range(30), *range(60, 90)]
    for k in range(10):
        part = (k + 1) / 11
        expected = bars(30 + k, *SMALL) * (1 - part) + bars(50 + k, *SMALL) * part
        assert np.abs(pictures[30 + k] - expected).mean() < 12


def test_clips_of_another_kind_are_encoded_again(tmp_path: Path):
    ours = clips(tmp_path, "20", (0, 40))
    theirs = record(tmp_path / "theirs.mp4", constant(40, 20), rate=20, sound=sine(2))
    out = joined([theirs, *ours], "20", 10)
    assert [number_on(p) for p in decoded(out)[:30]] == list(range(30))
    assert stored(out)[40:] == stored(ours[0])[10:]


def test_clips_whose_picture_was_copied_from_the_lecture_can_be_in_a_reel(tmp_path: Path):
    found = clips(tmp_path, "20", (17, 40), (3, 30), size=SIZE)
    pictures = decoded(joined(found, "20", 10, SIZE))
    assert [number_on(p) for p in (*pictures[:30], *pictures[40:])] == [*range(17, 47), *range(13, 33)]


def test_without_a_crossfade_clips_follow_one_another(tmp_path: Path):
    found = clips(tmp_path, "20", (0, 25), (50, 25))
    assert [number_on(p) for p in decoded(joined(found, "20", 0))] == [*range(25), *range(50, 75)]


def test_the_sound_crossfades_with_the_picture_and_keeps_its_loudness(tmp_path: Path):
    found = clips(tmp_path, "20", (0, 40), (50, 40))
    one, two, whole = decode(found[0]), decode(found[1]), decode(joined(found, "20", 10))
    np.testing.assert_allclose(whole[:, 4800:60_000], one[:, 4800:60_000], atol=0.02)
    np.testing.assert_allclose(whole[:, 110_000:160_000], two[:, 38_000:88_000], atol=0.02)
    assert true_peak(whole) <= -1


@pytest.mark.parametrize("frames", [[], [40, 15]], ids=["no clip", "one too short"])
def test_what_cannot_be_a_reel_is_refused(tmp_path: Path, frames: list[int]):
    found = clips(tmp_path, "20", *((0, count) for count in frames))
    with pytest.raises(BadRequest):
        reel(found, tmp_path / "r.mp4", rate=Fraction(20), crossfade_frames=10, width=32, height=24, title="")


def test_a_thumbnail_is_a_clear_picture_near_a_third(tmp_path: Path):
    """Among black and grey frames there is one with something on it."""
    size = (1280, 64)
    black = np.zeros((size[1], size[0], 3), np.uint8)
    pictures = [black if n < 30 or n % 3 else bars(170, *size) for n in range(90)]
    film = record(tmp_path / "film.mp4", constant(90, 25), size=size, pictures=pictures)
    thumbnail(film, tmp_path / "thumb.jpg")
    with Image.open(tmp_path / "thumb.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (640, 32))
        assert number_on(np.asarray(image.convert("RGB"))) == 170

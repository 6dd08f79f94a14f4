from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from rushes.errors import Unplayable
from rushes.media.probe import probe
from tests.unit.media.material import film, foreign_film, sine, sound_file, turned_by_a_quarter


def test_a_film_is_described_exactly(tmp_path: Path):
    facts = probe(film(tmp_path / "film.mp4", 25))
    assert facts.kind == "video"
    assert (facts.container, facts.video_codec, facts.audio_codec) == ("mp4", "h264", None)
    assert (facts.width, facts.height, facts.fps, facts.frames) == (64, 36, 24, 25)
    assert facts.duration == Fraction(25, 24)
    assert facts.bytes == (tmp_path / "film.mp4").stat().st_size


def test_what_an_artifact_keeps_of_it_is_exact(tmp_path: Path):
    told = probe(film(tmp_path / "film.mp4", 25)).told()
    assert told == {
        "container": "mp4",
        "duration": "25/24",
        "width": 64,
        "height": 36,
        "fps": "24",
        "frames": 25,
        "video_codec": "h264",
    }


def test_a_film_with_sound_tells_of_both(tmp_path: Path):
    facts = probe(foreign_film(tmp_path / "film.mp4", 30, fps=30, tone=True))
    assert (facts.fps, facts.duration) == (30, 1)
    assert (facts.audio_codec, facts.sample_rate, facts.channels) == ("aac", 48_000, 2)


def test_a_file_is_what_its_bytes_are_not_what_its_name_says(tmp_path: Path):
    facts = probe(foreign_film(tmp_path / "film.webm", 24, codec="libvpx-vp9").rename(tmp_path / "song.mp3"))
    assert (facts.kind, facts.container, facts.video_codec, facts.frames) == ("video", "webm", "vp9", 24)


@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
def test_sound_has_a_duration_and_no_size(tmp_path: Path, suffix: str):
    facts = probe(sound_file(tmp_path / f"tone{suffix}", sine(2)))
    assert (facts.kind, facts.duration, facts.sample_rate, facts.channels) == ("audio", 2, 48_000, 2)
    assert facts.container == suffix[1:]
    assert facts.width is None


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_images_are_known_by_their_format(tmp_path: Path, suffix: str):
    path = tmp_path / f"image{suffix}"
    Image.new("RGB", (30, 20), "red").save(path)
    facts = probe(path)
    assert (facts.kind, facts.width, facts.height, facts.duration) == ("image", 30, 20, None)
    assert facts.frames is None


@pytest.mark.parametrize("suffix", [".gif", ".png", ".webp"])
def test_an_animation_tells_how_many_pictures_it_has(tmp_path: Path, suffix: str):
    path = tmp_path / f"moving{suffix}"
    first, *others = (Image.new("RGB", (30, 20), colour) for colour in ("red", "lime", "blue"))
    first.save(path, save_all=True, append_images=others)
    assert (probe(path).kind, probe(path).frames) == ("image", 3)


def test_a_phone_film_is_as_tall_as_it_is_shown(tmp_path: Path):
    path = turned_by_a_quarter(film(tmp_path / "phone.mp4", 3))
    facts = probe(path)
    assert (facts.width, facts.height) == (36, 64)


def test_a_phone_photo_is_as_tall_as_it_is_shown(tmp_path: Path):
    path = tmp_path / "phone.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    Image.new("RGB", (40, 30)).save(path, exif=exif)
    facts = probe(path)
    assert (facts.width, facts.height) == (30, 40)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\x00\x01garbage" * 500, "no image, video or sound"),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:1/secret.ts\n", "no image, video or sound"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "no image, video or sound"),
        (b"just some text\n" * 100, "no image, video or sound"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "no image, video or sound"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no image, video or sound"),
    ],
)
def test_what_is_no_media_file_is_refused_in_words(tmp_path: Path, content: bytes, message: str):
    path = tmp_path / "upload.mp4"
    path.write_bytes(content)
    with pytest.raises(Unplayable, match=message):
        probe(path)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "song.mp3", "photo.jpg"])
def test_a_file_that_was_cut_short_is_refused(tmp_path: Path, name: str):
    path = tmp_path / name
    if name.startswith("film"):
        foreign_film(path, 96, tone=True)
    elif name.startswith("song"):
        sound_file(path, sine(4))
    else:
        Image.effect_noise((300, 300), 90).convert("RGB").save(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    with pytest.raises(Unplayable, match="cut short"):
        probe(path)


def test_pictures_that_would_not_fit_in_memory_are_refused(tmp_path: Path):
    path = tmp_path / "wide.png"
    Image.new("1", (8193, 2)).save(path)
    with pytest.raises(Unplayable, match="8193 × 2 pixels"):
        probe(path)

"""A given file, made to fit where another was."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from rushes.errors import Unplayable
from rushes.media.fitting import fit_audio, fit_image, fit_video
from rushes.media.probe import probe
from rushes.media.sound import Samples, decode
from rushes.providers.catalog import entries
from rushes.providers.cutting_room import CuttingRoom
from rushes.providers.port import Job, Source
from tests.unit.media.material import (
    SIZE,
    brightnesses,
    film,
    foreign_film,
    index_before_data,
    packets,
    sine,
    sound_file,
    turned_by_a_quarter,
)

SECOND = 48_000

# ---------------------------------------------------------------- pictures


def fitted(source: Path, width: int, height: int) -> Image.Image:
    out = source.with_suffix(".fitted.png")
    fit_image(source, out, width, height)
    image = Image.open(io.BytesIO(out.read_bytes()))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (width, height))
    return image


def thirds(width: int, height: int) -> Image.Image:
    """Red, green and blue, from left to right."""
    image = Image.new("RGB", (width, height), "lime")
    image.paste("red", (0, 0, width // 3, height))
    image.paste("blue", (width * 2 // 3, 0, width, height))
    return image


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path


def test_a_picture_covers_the_size_and_is_cropped_around_its_centre(tmp_path: Path):
    image = fitted(saved(thirds(120, 40), tmp_path / "wide.png"), 40, 40)
    assert image.getpixel((3, 20)) == image.getpixel((36, 20)) == (0, 255, 0)


def test_a_picture_that_fits_is_copied_with_what_it_says(tmp_path: Path):
    note = PngInfo()
    note.add_text("comment", "a bottle")
    source = saved(thirds(64, 36), tmp_path / "still.png", pnginfo=note)
    fit_image(source, tmp_path / "out.png", 64, 36)
    assert (tmp_path / "out.png").read_bytes() == source.read_bytes()


def test_a_picture_of_another_format_keeps_every_pixel_of_a_size_that_fits(tmp_path: Path):
    source = saved(Image.effect_noise((64, 36), 90).convert("RGB"), tmp_path / "still.webp", lossless=True)
    assert np.array_equal(np.asarray(fitted(source, 64, 36)), np.asarray(Image.open(source)))


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_phones_photograph_is_turned_as_it_is_shown(tmp_path: Path, suffix: str):
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter, clockwise
    source = saved(thirds(72, 36), tmp_path / f"phone{suffix}", exif=exif)
    image = np.asarray(fitted(source, 36, 72)).astype(int)
    for row, colour in ((6, (255, 0, 0)), (36, (0, 255, 0)), (66, (0, 0, 255))):
        assert np.abs(image[row, 18] - colour).max() < 12


def test_what_is_transparent_becomes_white(tmp_path: Path):
    source = saved(Image.new("RGBA", (64, 36), (255, 0, 0, 0)), tmp_path / "logo.png")
    assert fitted(source, 64, 36).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_a_sample_keep_their_brightness(tmp_path: Path):
    source = saved(Image.fromarray(np.full((36, 64), 0x8000, np.uint16)), tmp_path / "scan.png")
    assert fitted(source, 64, 36).getpixel((5, 5)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "RGBA"])
def test_every_kind_of_picture_becomes_rgb(tmp_path: Path, mode: str):
    source = saved(thirds(64, 36).convert(mode), tmp_path / ("any.tiff" if mode == "CMYK" else "any.png"))
    fitted(source, 32, 18)


def test_a_picture_is_shown_in_the_colours_of_its_profile(tmp_path: Path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"****").replace(b"bXYZ", b"rXYZ").replace(b"****", b"bXYZ")
    source = saved(Image.new("RGB", (64, 36), "red"), tmp_path / "swapped.png", icc_profile=swapped)
    shown = fitted(source, 64, 36).getpixel((5, 5))
    assert np.abs(np.subtract(shown, (0, 0, 255))).max() < 4


@pytest.mark.parametrize("profile", [b"not a profile", b"\x00" * 200])
def test_a_broken_profile_does_not_spoil_a_picture(tmp_path: Path, profile: bytes):
    source = saved(Image.new("RGB", (64, 36), "red"), tmp_path / "odd.png", icc_profile=profile)
    assert fitted(source, 64, 36).getpixel((5, 5)) == (255, 0, 0)


# ---------------------------------------------------------------- films


def cut(source: Path, frames: int, size: tuple[int, int] = SIZE) -> Path:
    out = source.with_name("fitted.mp4")
    fit_video(source, out, *size, frames)
    facts = probe(out)
    assert (facts.container, facts.video_codec, facts.fps) == ("mp4", "h264", 24)
    assert (facts.width, facts.height) == size
    assert (facts.frames, facts.duration) == (frames, Fraction(frames, 24))
    return out


def test_a_film_that_fits_is_copied_as_a_whole(tmp_path: Path):
    source = film(tmp_path / "film.mp4", 48, comment="a bottle")
    assert cut(source, 48).read_bytes() == source.read_bytes()


def test_a_film_that_is_only_too_long_is_cut_at_its_end_by_copying(tmp_path: Path):
    source = film(tmp_path / "film.mp4", 60)
    out = cut(source, 48)
    assert packets(out) == packets(source)[:48]
    assert index_before_data(out)


@pytest.mark.parametrize(
    ("fps", "size", "codec"),
    [(30, SIZE, "libx264"), (25, (96, 80), "libx264"), (24, (36, 64), "libx264"), (24, SIZE, "libvpx-vp9")],
)
def test_any_other_film_is_brought_to_size_and_rate(
    tmp_path: Path, fps: int, size: tuple[int, int], codec: str
):
    suffix = "webm" if codec == "libvpx-vp9" else "mp4"
    source = foreign_film(tmp_path / f"film.{suffix}", 2 * fps, fps=fps, size=size, codec=codec)
    shown = brightnesses(cut(source, 40))
    assert all(abs(number - at * fps / 24) < 2 for at, number in enumerate(shown))


def test_a_phones_film_is_turned_as_it_is_shown(tmp_path: Path):
    cut(turned_by_a_quarter(film(tmp_path / "phone.mp4", 30)), 24, (SIZE[1], SIZE[0]))


@pytest.mark.parametrize(("fps", "frames"), [(24, 48), (24, 30), (30, 30)])
def test_a_film_keeps_the_sound_of_its_frames(tmp_path: Path, fps: int, frames: int):
    out = cut(foreign_film(tmp_path / "film.mp4", 2 * fps, fps=fps, tone=True), frames)
    sound = decode(out)
    assert abs(sound.shape[1] - frames * 2000) <= 1024  # a frame of AAC
    assert np.abs(sound[:, 4000 : frames * 2000 - 4000]).max() == pytest.approx(0.3, abs=0.03)


def test_a_silent_film_stays_silent(tmp_path: Path):
    assert probe(cut(foreign_film(tmp_path / "film.mp4", 60, fps=30), 24)).audio_codec is None


def test_a_sound_is_no_film(tmp_path: Path):
    with pytest.raises(Unplayable, match="has no picture"):
        fit_video(sound_file(tmp_path / "tone.mp3", sine(1)), tmp_path / "out.mp4", *SIZE, 24)


# ---------------------------------------------------------------- sounds


def shortened(source: Path, seconds: str, suffix: str = ".mp3") -> Samples:
    out = source.with_name(f"fitted{suffix}")
    fit_audio(source, out, seconds)
    return decode(out)


@pytest.mark.parametrize("seconds", ["0.5", "1", "1.234", "2"])
@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
def test_a_sound_is_exactly_as_long_as_it_may_be(tmp_path: Path, seconds: str, suffix: str):
    samples = shortened(sound_file(tmp_path / "tone.mp3", sine(2)), seconds, suffix)
    assert samples.shape == (2, Fraction(seconds) * SECOND)


def test_a_sound_that_is_cut_fades_out(tmp_path: Path):
    samples = shortened(sound_file(tmp_path / "tone.wav", sine(3)), "2", ".wav")
    loudest = [np.abs(samples[:, at : at + 2400]).max() for at in range(0, 2 * SECOND, 2400)]
    assert loudest[30] == pytest.approx(0.3, abs=0.01)
    assert loudest[-5:] == sorted(loudest[-5:], reverse=True)
    assert loudest[-1] < 0.08


def test_a_sound_that_is_short_enough_does_not_fade(tmp_path: Path):
    samples = shortened(sound_file(tmp_path / "tone.wav", sine(2)), "2.0005", ".wav")
    assert np.abs(samples[:, SECOND * 2 - 2400 : SECOND * 2]).max() == pytest.approx(0.3, abs=0.01)
    assert not samples[:, 2 * SECOND :].any()


def test_a_sound_that_fits_is_copied(tmp_path: Path):
    source = sound_file(tmp_path / "tone.mp3", sine(2))
    shortened(source, "2")
    assert (tmp_path / "fitted.mp3").read_bytes() == source.read_bytes()


def test_a_films_sound_may_be_taken(tmp_path: Path):
    assert shortened(foreign_film(tmp_path / "film.mp4", 48, tone=True), "1").shape == (2, SECOND)


# ---------------------------------------------------------------- the cutting room


class Given:
    """An ingredient that is a file here."""

    role, moment = "source", "whole"

    def __init__(self, file: Path) -> None:
        self.path: Callable[[], Path] = lambda: file


@pytest.mark.parametrize(
    ("model", "parameters", "suffix"),
    [
        ("fit_image", {"width": 32, "height": 18}, ".png"),
        ("fit_video", {"width": 32, "height": 18, "frames": 12}, ".mp4"),
        ("fit_audio", {"seconds": 0.5}, ".mp3"),
    ],
)
def test_the_cutting_room_fits_what_a_recipe_gives_it(
    tmp_path: Path, model: str, parameters: dict[str, object], suffix: str
):
    source = {
        "fit_image": lambda: saved(thirds(64, 36), tmp_path / "given.png"),
        "fit_video": lambda: film(tmp_path / "given.mp4", 24),
        "fit_audio": lambda: sound_file(tmp_path / "given.mp3", sine(1)),
    }[model]()
    entry = next(entry for entry in entries().models if entry.id == model)
    given: Source = Given(source)
    made = CuttingRoom().submit(Job(entry.recipe(parameters=parameters), [given], tmp_path, entry))
    facts = probe(made.path)
    assert (facts.kind, made.path.suffix) == (entry.media, suffix)
    assert (facts.width, facts.height) in ((32, 18), (None, None))

"""A given picture, film or sound, made to fit where another was."""

import io
import shutil
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageOps

from rushes.media.joining import Segment, stitch
from rushes.media.packets import copyable
from rushes.media.probe import IMAGES, probe
from rushes.media.sound import Samples, decode, encode, exactly
from rushes.media.timeline import FRAME, SAMPLE_RATE, Seconds, exact

_FADE = SAMPLE_RATE // 4
"""Samples (250 ms) over which a sound that is cut fades out."""


def fit_image(source: Path, out: Path, width: int, height: int) -> None:
    """An RGB PNG: upright, scaled to cover the size, cropped around the centre. What is transparent becomes white.

    A file that is just that already is copied, with what it says about itself.
    """
    with Image.open(source, formats=IMAGES) as image:
        if not _fits(image, width, height):
            picture = _in_srgb(_opaque(ImageOps.exif_transpose(image)), image.info.get("icc_profile"))
            ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS).save(
                out, "PNG", compress_level=3
            )
            return
    shutil.copyfile(source, out)


def fit_video(source: Path, out: Path, width: int, height: int, frames: int) -> None:
    """An mp4 of the first `frames` frames (24 fps), with the sound that belongs to them, if there is any.

    The picture is copied where it fits, otherwise scaled to cover the size, cropped evenly and encoded. A file that is
    just that already is copied as a whole. Raises Unplayable.
    """
    if _is_the_film(source, width, height, frames):
        shutil.copyfile(source, out)
    else:
        stitch([Segment(source, frames)], out, width=width, height=height, keep_audio=True)


def fit_audio(source: Path, out: Path, seconds: Seconds) -> None:
    """An mp3 or a wav, by the suffix, of exactly `seconds`; faded out where it is cut. Raises Unplayable."""
    samples = decode(source)
    length = round(exact(seconds) * SAMPLE_RATE)
    if samples.shape[1] == length and probe(source).container == out.suffix[1:]:
        shutil.copyfile(source, out)  # each encoding loses a little
    else:
        encode(_cut(samples, length), out)


def _fits(image: Image.Image, width: int, height: int) -> bool:
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    plain = (image.format, image.mode, image.size) == ("PNG", "RGB", (width, height))
    return plain and not turned and not image.has_transparency_data and "icc_profile" not in image.info


def _opaque(image: Image.Image) -> Image.Image:
    """In a mode that colour profiles know."""
    if image.mode.startswith("I"):  # 16 bits a sample, which Pillow would not scale but clip
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        picture = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones photograph in wider colours than films have."""
    if profile:
        try:
            found = ImageCms.getOpenProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, found, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            assert converted
            return converted
        except ImageCms.PyCMSError:
            pass  # the profile is broken or of another mode; the picture is as good as one without
    return image.convert("RGB")


def _is_the_film(source: Path, width: int, height: int, frames: int) -> bool:
    facts = probe(source)
    if (facts.container, facts.frames) != ("mp4", frames) or facts.audio_codec not in (None, "aac"):
        return False
    overhang = (facts.audio_duration or 0) - (facts.duration or 0)
    return overhang <= FRAME and copyable(source, frames, width, height) is not None


def _cut(samples: Samples, length: int) -> Samples:
    """`length` samples; the little that may be missing is silence."""
    kept = exactly(samples, length).copy()
    if samples.shape[1] > length:
        fade = min(_FADE, length)
        kept[:, -fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return kept

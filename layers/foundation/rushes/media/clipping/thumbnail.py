"""A clip's thumbnail."""

from pathlib import Path

from PIL import Image

from rushes.media.frames import frame_at, strikingness
from rushes.media.opening import opened, picture_of
from rushes.media.timeline import frames_in

_WIDEST = 640
"""Pixels, of either side."""

_LOOKS = 8
_SPAN = 6
"""We look at that many frames, within a sixth of the clip on both sides of its first third."""


def thumbnail(film: Path, out: Path) -> None:
    """A JPEG of a sharp, well-lit frame near a third of the clip, at most 640 pixels wide. Raises Unplayable."""
    with opened(film) as container:
        stream = picture_of(container)
        assert stream.time_base is not None
        frames = frames_in((stream.duration or 0) * stream.time_base)
    third, around = frames // 3, frames // _SPAN
    numbers = sorted({third + around * 2 * look // _LOOKS - around for look in range(_LOOKS + 1)})
    best = max((frame_at(film, number) for number in numbers), key=strikingness)
    best.thumbnail((_WIDEST, _WIDEST), Image.Resampling.LANCZOS)
    best.save(out, "JPEG", quality=85, optimize=True)

"""A clip cut out of a recording: its picture copied or composed anew, its sound mastered."""

import tempfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from rushes.media.clipping.canvas import Canvas, Composition
from rushes.media.clipping.copying import end_edit, span_of
from rushes.media.clipping.heard import heard
from rushes.media.clipping.lettering import Lettering
from rushes.media.clipping.pictures import pictures
from rushes.media.clipping.spec import ClipSpec, read
from rushes.media.encoding import PictureWriter
from rushes.media.mastering import write_mastered
from rushes.media.muxing import every_packet
from rushes.media.opening import opened, picture_of
from rushes.media.sound import faded

_CROSSFADE = Fraction(1, 2)
"""Seconds. A reel begins to copy a clip's picture where its crossfades usually end and begin."""


def clip(lecture: Path, out: Path, spec: Mapping[str, Any]) -> None:
    """An mp4 (H.264 yuv420p BT.709, AAC 48 kHz stereo, faststart) of exactly `spec["frames"]` frames and their sound.

    `spec` is what the recipe of a clip has as parameters. Frame k shows what is on screen (start + k) / rate
    after the recording's start. Where nothing in the picture changes, its packets are copied. Raises BadRequest
    for a spec that cannot be, Unplayable for a recording that cannot be read.
    """
    wanted = read(spec)
    metadata = {"title": wanted.title, "comment": wanted.topic, "description": wanted.topic}
    with tempfile.TemporaryDirectory(prefix="clip-") as folder:
        span = span_of(lecture, wanted)
        like = lecture if span else _encoded(lecture, wanted, Path(folder, "picture.mp4"))
        picture = span.packets if span else partial(every_packet, like)
        sound = faded(heard(lecture, wanted.start / wanted.rate, wanted.samples))
        write_mastered(out, like, picture, sound, wanted.loudness, metadata)
    if span:
        end_edit(out, span)


def _encoded(lecture: Path, spec: ClipSpec, out: Path) -> Path:
    fade = round(_CROSSFADE * spec.rate)
    keyframes = (fade, spec.frames - fade)
    with PictureWriter(out, spec.width, spec.height, rate=spec.rate, keyframes=keyframes) as writer:
        for picture in _composed(lecture, spec):
            writer.write(picture)
    return out


def _composed(lecture: Path, spec: ClipSpec) -> Iterator[VideoFrame]:
    shown, pixel = _upright(lecture)
    canvas = Canvas(spec.width, spec.height, spec.background)
    lettering = Lettering(spec.captions, spec.emphasis, spec.width, spec.height)
    compositions = (
        composition for shot in spec.shots for composition in repeat(Composition(shot.panes), shot.frames)
    )
    before: tuple[object, ...] = ()
    picture: VideoFrame | None = None
    frames = pictures(lecture, spec.start, spec.frames, spec.rate)
    for number, (frame, composition) in enumerate(zip(frames, compositions, strict=True)):
        overlay = lettering.at(number)
        if picture is None or any(
            a is not b for a, b in zip((frame, composition, overlay), before, strict=True)
        ):
            composition.draw(frame, canvas, shown, pixel)
            if overlay:
                overlay.blend(canvas.planes)
            picture = canvas.frame()
        before = (frame, composition, overlay)
        yield picture


def _upright(lecture: Path) -> tuple[tuple[int, int], Fraction]:
    """The recording's size as it is shown, and the width of one of its pixels to its height."""
    with opened(lecture) as container:
        stream = picture_of(container)
        size = (stream.codec_context.width, stream.codec_context.height)
        pixel = Fraction(stream.sample_aspect_ratio or 1)
        turned = next(container.decode(stream)).rotation % 180 != 0
        return ((size[1], size[0]), 1 / pixel) if turned else (size, pixel)

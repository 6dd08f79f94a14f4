"""Frames of a video: the last one, the one at a moment, the one for the poster, and all of them at 24 fps."""

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rushes.errors import Unplayable
from rushes.media.opening import frames_of, opened, picture_of
from rushes.media.planes import fitted
from rushes.media.timeline import first_frame_showing, seconds_in

_CANDIDATES = 12


def last_frame(video: Path) -> bytes:
    """The very last frame in the order of presentation, as PNG.

    The container's `comment` becomes a text chunk of that name: what is said of a video holds for its frame.
    Raises Unplayable when the video has no picture or none that can be decoded.
    """
    with opened(video) as container:
        stream = picture_of(container)
        note = PngInfo()
        if comment := container.metadata.get("comment"):
            note.add_itxt("comment", comment)
        png = io.BytesIO()
        upright(_last(container, stream)[1]).save(png, "PNG", pnginfo=note, compress_level=3)
    return png.getvalue()


def frame_at(video: Path, number: int) -> Image.Image:
    """RGB, upright: frame `number` (from 0) of the video at 24 fps; after the end, its last frame."""
    with opened(video) as container:
        return upright(_frame_at(container, picture_of(container), number))


def timeline_frames(video: Path, width: int, height: int, frames: int) -> Iterator[VideoFrame]:
    """Exactly `frames` frames at 24 fps, fitted to the size, whatever the video's own rate and size.

    Each is the source frame nearest in time; a video that is too short holds its last frame.
    """
    number, shown = 0, None
    with opened(video) as container:
        for seconds, frame in frames_of(container, picture_of(container)):
            while shown and number < min(frames, first_frame_showing(seconds)):
                yield shown
                number += 1
            if number == frames:
                return
            shown = fitted(frame, width, height)
    if shown is None:
        raise Unplayable(f"“{video.name}” has no frame that can be decoded.")
    for _ in range(frames - number):
        yield shown


def poster(video: Path, frame: int | None = None) -> bytes:
    """JPEG of frame `frame` of the 24 fps timeline; without a number, of a sharp, well-lit, colourful one."""
    chosen = _most_striking(video) if frame is None else frame_at(video, frame)
    jpeg = io.BytesIO()
    chosen.save(jpeg, "JPEG", quality=88, optimize=True, progressive=True)
    return jpeg.getvalue()


def upright(frame: VideoFrame) -> Image.Image:
    """RGB, turned as the file says that it is to be shown."""
    image = frame.to_image()
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _last(container: InputContainer, stream: VideoStream) -> tuple[Fraction, VideoFrame]:
    """The last frame and when it appears; decodes from the last key frame that leads to any frame at all."""
    for ticks in (stream.duration or 0, 0):
        container.seek((stream.start_time or 0) + ticks, stream=stream)
        if last := max(frames_of(container, stream), key=lambda shown: shown[0], default=None):
            return last
    raise Unplayable(f"“{Path(container.name).name}” has no frame that can be decoded.")


def _frame_at(container: InputContainer, stream: VideoStream, number: int) -> VideoFrame:
    assert stream.time_base is not None
    container.seek((stream.start_time or 0) + int(seconds_in(number) / stream.time_base), stream=stream)
    shown = None
    for seconds, frame in frames_of(container, stream):
        if shown and first_frame_showing(seconds) > number:
            return shown
        shown = frame
    return shown or _last(container, stream)[1]


def _most_striking(video: Path) -> Image.Image:
    with opened(video) as container:
        stream = picture_of(container)
        frames = first_frame_showing(_last(container, stream)[0]) + 1
        step = max(1, frames // (_CANDIDATES + 1))
        numbers = range(min(step, frames - 1), frames, step)
        return max((upright(_frame_at(container, stream, n)) for n in numbers), key=strikingness)


def strikingness(image: Image.Image) -> float:
    """Detail, colour and an exposure near the middle, as one figure for comparison."""
    small = np.asarray(image.resize((160, 160)), np.float32) / 255
    grey = small @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    edges = np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean()
    colour = (small.max(axis=2) - small.min(axis=2)).mean()
    exposure = 1 - abs(grey.mean() - 0.5) * 1.6
    return float((edges * 4 + colour * 0.6 + grey.std()) * exposure)

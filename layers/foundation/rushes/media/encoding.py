"""The one video encoder: all our pictures have the same H.264 parameters, so that pieces join by copying."""

from collections.abc import Container, Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from rushes.media.planes import frame_from_rgb
from rushes.media.timeline import FPS

BT709 = 1  # the number of BT.709's primaries and transfer function, ITU-T H.273

# No B-frames: any frame may be the last of a cut. `stitchable` keeps the picture's content out of the
# headers, so that two files of one size and rate have equal headers whatever they show.
_X264 = {"preset": "veryfast", "bf": "0", "forced-idr": "1", "x264-params": "stitchable=1"}

MOVIE_TIMESCALE = 240_000
"""Ticks a second: edit lists are exact to the sample, and to the frame also at 30000/1001 frames a second."""

MP4 = {
    "movflags": "faststart",
    "movie_timescale": str(MOVIE_TIMESCALE),
}  # faststart: the index before the data


class PictureWriter:
    """Writes frames as an H.264 mp4 (yuv420p, BT.709, faststart). A context manager.

    `width` and `height` are even, in pixels, `rate` in frames a second. `quality` is x264's CRF: 18 is nearly
    transparent, 28 is coarse. The frames numbered in `keyframes` can be decoded without any before them.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        *,
        metadata: Mapping[str, str] | None = None,
        quality: int = 20,
        rate: Fraction = Fraction(FPS),
        keyframes: Container[int] = (),
    ) -> None:
        self.frames = 0
        self._frame, self._keyframes = 1 / rate, keyframes
        self._container = open_mp4(path, metadata)
        options = {**_X264, "crf": str(quality), "g": str(round(2 * rate))}
        self._stream = self._container.add_stream("libx264", rate=rate, options=options)
        describe(self._stream, width, height)

    def write(self, picture: VideoFrame | np.ndarray) -> None:
        """The next frame: a yuv420p frame or uint8 RGB (height × width × 3), of the writer's size."""
        frame = picture if isinstance(picture, VideoFrame) else frame_from_rgb(picture)
        frame.pts, frame.time_base = self.frames, self._frame
        # A decoded frame's own type would force the encoder's.
        frame.pict_type = PictureType.I if self.frames in self._keyframes else PictureType.NONE
        self._container.mux(self._stream.encode(frame))
        self.frames += 1

    def __enter__(self) -> "PictureWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()


def open_mp4(path: Path, metadata: Mapping[str, str] | None = None) -> OutputContainer:
    container = av.open(path, "w", format="mp4", options=MP4)
    container.metadata.update(metadata or {})
    return container


def describe(stream: VideoStream, width: int, height: int) -> None:
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.sample_aspect_ratio = Fraction(1)
    context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
    context.color_primaries = context.color_trc = BT709

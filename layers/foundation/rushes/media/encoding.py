"""The one video encoder: all our pictures have the same H.264 parameters, so that pieces join by copying."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from rushes.media.planes import frame_from_rgb
from rushes.media.timeline import FPS, FRAME

BT709 = 1  # the number of BT.709's primaries and transfer function, ITU-T H.273

# No B-frames: any frame may be the last of a cut. `stitchable` keeps the picture's content out of the
# headers, so that two files of one size have equal headers whatever they show.
_X264 = {"preset": "veryfast", "bf": "0", "g": str(2 * FPS), "x264-params": "stitchable=1"}

# A fine movie time scale keeps edit lists exact to the sample; faststart puts the index before the data.
MP4 = {"movflags": "faststart", "movie_timescale": "48000"}


class PictureWriter:
    """Writes frames as an H.264 mp4 (yuv420p, BT.709, 24 fps, faststart). A context manager.

    `width` and `height` are even, in pixels. `quality` is x264's CRF: 18 is nearly transparent, 28 is coarse.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        *,
        metadata: Mapping[str, str] | None = None,
        quality: int = 20,
    ) -> None:
        self.frames = 0
        self._container = open_mp4(path, metadata)
        self._stream = self._container.add_stream("libx264", rate=FPS, options={**_X264, "crf": str(quality)})
        describe(self._stream, width, height)

    def write(self, picture: VideoFrame | np.ndarray) -> None:
        """The next frame: a yuv420p frame or uint8 RGB (height × width × 3), of the writer's size."""
        frame = picture if isinstance(picture, VideoFrame) else frame_from_rgb(picture)
        frame.pts, frame.time_base = self.frames, FRAME
        frame.pict_type = 0  # a decoded frame's own type would force the encoder's
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

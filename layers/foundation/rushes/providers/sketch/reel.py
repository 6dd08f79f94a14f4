"""Encoding: RGB frames into H.264, always with the same parameters: films of one size join without re-encoding."""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image

from rushes.providers.sketch.camera import FPS
from rushes.providers.sketch.provenance import KEY

GOP = FPS * 2
_X264 = {
    "preset": "veryfast", "crf": "18", "bf": "0", "g": str(GOP), "keyint_min": str(GOP),
    "sc_threshold": "0", "flags": "+cgop",
    "x264-params": "rc-lookahead=8:mbtree=0:weightp=0:open-gop=0:ipratio=2.0",
}  # fmt: skip
_BT709, _LIMITED = 1, 1
"""H.273 code points for primaries, transfer and matrix; FFmpeg's AVCOL_RANGE_MPEG."""


class Reel:
    """A silent mp4 at 24 frames a second: no B-frames, closed groups of pictures, index first. A context manager."""

    def __init__(self, out: Path, width: int, height: int, comment: str) -> None:
        self._container = av.open(str(out), "w", format="mp4", options={"movflags": "faststart"})
        self._container.metadata[KEY] = comment
        self._stream = self._container.add_stream("libx264", rate=FPS, options=_X264)
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = width, height, "yuv420p"
        context.time_base, context.thread_count = Fraction(1, FPS), 2
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        self._rgb = VideoFrame(width, height, "rgb0")
        self._padded = self._rgb.planes[0].line_size != width * 4
        self._count = 0

    def add(self, picture: Image.Image) -> None:
        """The next frame: RGB, of the reel's size."""
        if self._padded:
            self._rgb = VideoFrame.from_image(picture)
        else:
            self._rgb.planes[0].update(picture.tobytes("raw", "RGBX"))
        frame = self._rgb.reformat(
            format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation=Interpolation.AREA
        )
        luma = np.frombuffer(cast(Any, frame.planes[0]), np.uint8)
        np.add(luma, 1, out=luma)  # swscale's way back to RGB rounds down: chains of films would grow darker
        frame.pts, frame.time_base = self._count, Fraction(1, FPS)
        self._count += 1
        self._container.mux(self._stream.encode(frame))

    def __enter__(self) -> "Reel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()

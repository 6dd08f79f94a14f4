"""Composing a clip's picture: parts of the recording, scaled by FFmpeg's filters, on a background."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from PIL import ImageColor

from rushes.errors import BadRequest
from rushes.media.clipping.spec import Pane, Rect
from rushes.media.planes import Planes, assumed_colorspace, frame_from_rgb

_TURNS = {90: ["transpose=cclock"], 180: ["hflip", "vflip"], 270: ["transpose=clock"]}
"""Filters for a turn by so many degrees against the clock."""

_MATRIX = {Colorspace.ITU709: "bt709", Colorspace.ITU601: "bt601", None: "auto"}


class Canvas:
    """A picture in yuv420p on which can be drawn; `planes` are views of it."""

    def __init__(self, width: int, height: int, background: str) -> None:
        colour = np.array(ImageColor.getrgb(background)[:3], np.uint8)
        plain = np.broadcast_to(colour, (height, width, 3))
        self._background = frame_from_rgb(np.ascontiguousarray(plain)).to_ndarray()
        self._pixels = self._background.copy()
        self.planes = _views(self._pixels, width, height)

    def clear(self) -> None:
        self._pixels[:] = self._background

    def paste(self, picture: VideoFrame, left: int, top: int) -> None:
        """A yuv420p picture at an even place."""
        parts = _views(picture.to_ndarray(), picture.width, picture.height)
        for plane, part, step in zip(self.planes, parts, (1, 2, 2), strict=True):
            rows, columns = part.shape
            plane[top // step : top // step + rows, left // step : left // step + columns] = part

    def frame(self) -> VideoFrame:
        return VideoFrame.from_ndarray(self._pixels, "yuv420p")


class Composition:
    """The panes of a shot, cut out of the recording's frames and laid on a canvas."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        self._panes = panes
        self._looks: object = None
        self._cuts: list[tuple[Graph, Rect]] = []

    def draw(self, frame: VideoFrame, canvas: Canvas, shown: tuple[int, int], pixel: Fraction) -> None:
        """`shown` is the size, upright, that the panes refer to; `pixel` the width of a pixel to its height."""
        looks = (frame.width, frame.height, frame.format.name, frame.rotation, frame.colorspace)
        if looks != self._looks:  # a recorder may change its picture midway
            self._looks = looks
            self._cuts = [_cut(frame, pane, shown, pixel) for pane in self._panes]
        canvas.clear()
        for graph, target in self._cuts:
            graph.push(frame)
            picture = graph.pull()
            assert isinstance(picture, VideoFrame)
            canvas.paste(picture, target.left, target.top)


def fitted(pane: Pane, pixel: Fraction) -> tuple[Rect, Rect]:
    """What of the recording goes where, undistorted to the even pixel: a crop for `cover`, a box for `contain`."""
    source, target = pane.source, pane.target
    shape = pixel * source.width / source.height * target.height / target.width  # wider than its place: > 1
    if pane.fit == "cover":
        return _within(source, 1 / shape, shape), target
    return source, _within(target, shape, 1 / shape)


def _within(box: Rect, width: Fraction, height: Fraction) -> Rect:
    """The middle of the box, its sides shortened to these parts where they are under 1."""
    across, down = _even(box.width, width), _even(box.height, height)
    return Rect(
        box.left + (box.width - across) // 4 * 2, box.top + (box.height - down) // 4 * 2, across, down
    )


def _even(side: int, part: Fraction) -> int:
    return max(2, min(round(side * part / 2), side // 2) * 2)


def _cut(frame: VideoFrame, pane: Pane, shown: tuple[int, int], pixel: Fraction) -> tuple[Graph, Rect]:
    source = _inside(pane.source, shown)
    crop, target = fitted(Pane(source, pane.target, pane.fit), pixel)
    upright = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
    steps = list(_TURNS.get(round(frame.rotation) % 360, []))
    if upright != shown:
        steps.append(f"scale={shown[0]}:{shown[1]}")
    steps.append(f"crop={crop.width}:{crop.height}:{crop.left}:{crop.top}:exact=1")
    matrix = _MATRIX[assumed_colorspace(frame)]
    colours = f"in_color_matrix={matrix}:out_color_matrix=bt709:out_range=tv"
    steps.append(f"scale={target.width}:{target.height}:flags=bicubic:{colours}")
    return _graph(frame, [*steps, "format=yuv420p"]), target


def _graph(frame: VideoFrame, steps: Sequence[str]) -> Graph:
    graph = Graph()
    nodes = [
        graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)
        )
    ]
    for step in steps:
        name, _, options = step.partition("=")
        nodes.append(graph.add(name, options))
    nodes.append(graph.add("buffersink"))
    graph.link_nodes(*nodes).configure()
    return graph


def _inside(rect: Rect, shown: tuple[int, int]) -> Rect:
    """The part of the rectangle that the picture has."""
    left, top = max(0, rect.left), max(0, rect.top)
    right, bottom = min(rect.left + rect.width, shown[0]), min(rect.top + rect.height, shown[1])
    if right - left < 2 or bottom - top < 2:
        raise BadRequest(f"The recording's picture, {shown[0]} × {shown[1]}, has no part {list(rect)}.")
    return Rect(left, top, right - left, bottom - top)


def _views(pixels: np.ndarray, width: int, height: int) -> Planes:
    """Of the rows in which FFmpeg lays out yuv420p."""
    u, v = pixels[height:].reshape(2, height // 2, width // 2)
    return pixels[:height], u, v

"""A scene: things at depths, and how they look from where the camera stands at a moment.

Depth 0 is infinitely far, 1 is where the subject stands, more than 1 is in front of it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, overload

from PIL import Image

from rushes.providers.sketch.camera import Camera
from rushes.providers.sketch.sheet import Sheet, premultiplied

MARGIN = 0.30
"""Units drawn beyond the frame on each side, for the camera to move into."""
TOLERANCE = 0.30
"""Pixels a layer may be out of place before it is warped again: nobody sees a third of one."""


@dataclass(frozen=True)
class View:
    """The frame, the camera and the moment (seconds)."""

    width: int
    height: int
    camera: Camera
    time: float
    exact: bool = True
    """Every layer exactly in its place; else within `TOLERANCE` of it, which costs a third."""

    @property
    def unit(self) -> int:
        """Pixels a scene unit."""
        return min(self.width, self.height)

    def project(self, depth: float) -> tuple[float, float, float]:
        """(scale, x, y): pixels a unit at this depth, and the pixel where the scene's (0, 0) falls."""
        camera = self.camera
        scale = self.unit / (1 - max(-0.5, min(0.6, camera.z * depth)))
        return (
            scale,
            self.width / 2 - camera.x * depth * scale - camera.pan * self.unit,
            self.height / 2 - camera.y * depth * scale - camera.tilt * self.unit,
        )


class Thing(Protocol):
    """Whatever can be seen."""

    def draw(self, frame: Image.Image, view: View) -> None: ...


@dataclass(frozen=True)
class Cel:
    """An image and where its corner lies, in units. Premultiplied (RGBa), or RGB if it fills the frame."""

    image: Image.Image
    left: float
    top: float


class Warped(NamedTuple):
    """A cel as it was last seen: (scale, x, y) as `View.project` gives them, which cel, and where its corner is."""

    place: tuple[float, float, float]
    shown: int
    corner: tuple[int, int]
    image: Image.Image


@dataclass
class Layer:
    """A cel, or a cycle of them, at one depth."""

    cels: Sequence[Cel]
    density: float
    depth: float
    per_second: float = 0.0
    """How many cels a second."""
    sway: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 0.0)
    """A slow swing: half width, half height (units), period (seconds), phase (turns)."""
    soft: bool = False
    """It has no sharp edges: the nearest pixel is as good as a mean of four, and costs a tenth."""
    _warped: Warped | None = field(default=None, repr=False)
    _doubled: dict[int, Image.Image] = field(default_factory=dict, repr=False)

    def draw(self, frame: Image.Image, view: View) -> None:
        scale, x, y = view.project(self.depth)
        wide, high, period, phase = self.sway
        if wide or high:
            swing = 2 * math.pi * (view.time / period + phase)
            x += (wide * math.sin(swing)) * scale
            y += (high * math.sin(swing * 2 if wide else swing)) * scale
        index = int(view.time * self.per_second + 1e-6) % len(self.cels)
        if view.exact or not self._still_good((scale, x, y), index, view):
            self._warped = self._warp((scale, x, y), index, view)
        if self._warped is not None:
            image = self._warped.image
            frame.paste(image, self._warped.corner, image if image.mode == "RGBa" else None)

    def _still_good(self, place: tuple[float, float, float], index: int, view: View) -> bool:
        if self._warped is None or self._warped.shown != index:
            return False
        cel, (scale, x, y) = self.cels[index], self._warped.place
        half, high = view.width / view.unit / 2, view.height / view.unit / 2
        right, bottom = cel.left + cel.image.width / self.density, cel.top + cel.image.height / self.density
        grown = abs(place[0] - scale)
        return (
            abs(place[1] - x) + grown * min(half, max(abs(cel.left), abs(right))) < TOLERANCE
            and abs(place[2] - y) + grown * min(high, max(abs(cel.top), abs(bottom))) < TOLERANCE
        )

    def _warp(self, place: tuple[float, float, float], index: int, view: View) -> Warped | None:
        cel, (scale, x, y) = self.cels[index], place
        image, ratio = cel.image, self.density / scale
        left, top = x + cel.left * scale, y + cel.top * scale
        box = (
            max(0, math.ceil(left)),
            max(0, math.ceil(top)),
            min(view.width, math.floor(left + image.width / ratio)),
            min(view.height, math.floor(top + image.height / ratio)),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return None
        source = (
            max(0.0, (box[0] - left) * ratio),
            max(0.0, (box[1] - top) * ratio),
            min(float(image.width), (box[2] - left) * ratio),
            min(float(image.height), (box[3] - top) * ratio),
        )
        size = (box[2] - box[0], box[3] - box[1])
        return Warped(place, index, box[:2], self._sampled(index, size, source, view.exact))

    def _sampled(
        self, index: int, size: tuple[int, int], source: tuple[float, float, float, float], exact: bool
    ) -> Image.Image:
        image = self.cels[index].image
        if self.soft:
            return image.resize(size, Image.Resampling.NEAREST, box=source)
        if exact:
            return image.resize(size, Image.Resampling.BILINEAR, box=source)
        if (
            index not in self._doubled
        ):  # the nearest of twice as many pixels is never off by more than a quarter
            self._doubled[index] = image.resize(
                (image.width * 2, image.height * 2), Image.Resampling.BILINEAR
            )
        left, top, right, bottom = source
        twice = (left * 2, top * 2, right * 2, bottom * 2)
        return self._doubled[index].resize(size, Image.Resampling.NEAREST, box=twice)


@dataclass
class Scene:
    """Everything in the picture, from far to near."""

    width: int
    height: int
    things: list[Thing] = field(default_factory=list)

    def look(self, camera: Camera, time: float, exact: bool = True) -> Image.Image:
        """The picture from here, now: RGB, width × height. Inside a film it need not be `exact`."""
        frame = Image.new("RGB", (self.width, self.height))
        view = View(self.width, self.height, camera, time, exact)
        for thing in self.things:
            thing.draw(frame, view)
        return frame


def cel(sheet: Sheet) -> Cel | None:
    """A sheet cut down to what is drawn on it; None if nothing is."""
    cut = sheet.image.getchannel("A").point([0, 0] + [255] * 254).getbbox()
    if cut is None:
        return None
    cut = (
        max(0, cut[0] - 2),
        max(0, cut[1] - 2),
        min(sheet.image.width, cut[2] + 2),
        min(sheet.image.height, cut[3] + 2),
    )
    image = premultiplied(sheet.image.crop(cut))
    return Cel(image, sheet.left + cut[0] / sheet.density, sheet.top + cut[1] / sheet.density)


def layer(sheet: Sheet, depth: float, soft: bool = False) -> list[Thing]:
    """A sheet as a layer; nothing if nothing is drawn on it."""
    made = cel(sheet)
    return [Layer([made], sheet.density, depth, soft=soft)] if made else []


class Cycle(Sequence[Cel]):
    """Cels that are drawn when they are first shown."""

    def __init__(self, count: int, draw: Callable[[int], Cel]) -> None:
        self._draw, self._cels = draw, dict[int, Cel]()
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Cel: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Cel]: ...
    def __getitem__(self, index: int | slice) -> Cel | Sequence[Cel]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        if index not in self._cels:
            self._cels[index] = self._draw(index)
        return self._cels[index]

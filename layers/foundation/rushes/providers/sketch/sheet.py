"""A sheet to draw on: filled outlines with gradients, volume and light, on premultiplied alpha.

Sheets lie in scene coordinates: the frame's short side is 1 unit, (0, 0) its middle, y down; `density` is pixels a
unit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from rushes.providers.sketch.colour import WHITE, Colour, pixel
from rushes.providers.sketch.outline import Outline, Point, ellipse, ribbon

SUPERSAMPLE = 2
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Light:
    """Where the light comes from and what it does to things."""

    x: float
    """Unit vector towards the light; y is negative for light from above."""
    y: float
    key: Colour
    shade: Colour
    """What shadows tend to."""
    rim: float
    """0..1: how much of the light wraps round from behind."""


class Sheet:
    """An RGBA image whose colours are premultiplied."""

    def __init__(
        self, left: float, top: float, right: float, bottom: float, density: float, light: Light
    ) -> None:
        self.left, self.top, self.density, self.light = left, top, density, light
        size = (max(2, math.ceil((right - left) * density)), max(2, math.ceil((bottom - top) * density)))
        self.image = Image.new("RGBA", size, (0, 0, 0, 0))

    def pen(
        self, x: float = 0.0, y: float = 0.0, scale: float = 1.0, turn: float = 0.0, flip: bool = False
    ) -> "Pen":
        """A pen whose own (0, 0) lies at (x, y); `turn` in degrees, clockwise."""
        cosine, sine = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        mirror = -1.0 if flip else 1.0
        return Pen(self, np.array([[cosine * mirror, -sine, x], [sine * mirror, cosine, y]]))

    def rim(self, width: float, strength: float = 1.0) -> None:
        """Light the edges that face the light. `width` in units."""
        alpha = self.image.getchannel("A")
        reach = max(1.0, width * self.density)
        moved = ImageChops.offset(alpha, round(-self.light.x * reach), round(-self.light.y * reach))
        edge = ImageChops.subtract(alpha, moved.filter(ImageFilter.GaussianBlur(reach * 0.6)))
        edge = ImageChops.multiply(
            edge, Image.new("L", edge.size, min(255, round(255 * self.light.rim * strength)))
        )
        self.lay(self.light.key, (0, 0, *self.image.size), ImageChops.multiply(edge, alpha))

    def lay(self, colour: Colour, box: Box, mask: Image.Image) -> None:
        """One colour through a mask.

        It is pasted as an image: Pillow's paste of a plain colour does not premultiply where nothing is yet.
        """
        self.image.paste(Image.new("RGBA", mask.size, (*pixel(colour), 255)), box, mask)

    def blur(self, radius: float) -> None:
        """Put the sheet out of focus. `radius` in units."""
        pixels, image = (
            radius * self.density,
            premultiplied(self.image),
        )  # or Pillow would premultiply once more
        shrink = 4 if pixels > 12 else 2 if pixels > 5 else 1
        small = image.reduce(shrink) if shrink > 1 else image
        small = small.filter(ImageFilter.GaussianBlur(pixels / shrink))
        blurred = small.resize(image.size, Image.Resampling.BILINEAR) if shrink > 1 else small
        self.image = Image.frombuffer("RGBA", blurred.size, blurred.tobytes(), "raw", "RGBA", 0, 1)


def premultiplied(image: Image.Image) -> Image.Image:
    """A sheet's image under the name Pillow has for what it is."""
    return Image.frombuffer("RGBa", image.size, image.tobytes(), "raw", "RGBa", 0, 1)


class Pen:
    """Draws outlines in its own coordinates."""

    def __init__(self, sheet: Sheet, matrix: NDArray[np.float64]) -> None:
        self.sheet, self.matrix = sheet, matrix

    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False) -> "Pen":
        """A pen at a place in this pen's coordinates."""
        cosine, sine = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        mirror = -1.0 if flip else 1.0
        inner = np.array([[cosine * mirror, -sine, x], [sine * mirror, cosine, y], [0, 0, 1]])
        return Pen(self.sheet, self.matrix @ inner)

    @property
    def scale(self) -> float:
        """Pixels in one of the pen's units."""
        return math.sqrt(abs(float(np.linalg.det(self.matrix[:, :2])))) * self.sheet.density

    def fill(
        self,
        outline: Outline,
        colour: Colour,
        to: Colour | None = None,
        along: Point = (0.0, 1.0),
        volume: float = 0.0,
        opacity: float = 1.0,
        within: Outline | None = None,
        soft: float = 0.0,
    ) -> None:
        """Fill an outline.

        `to` makes a gradient across it in the direction `along`; `volume` (0..1) rounds it under the sheet's light;
        `within` clips it to another outline; `soft` (units) blurs its edge.
        """
        box, mask = self._mask(outline, soft)
        if mask is None or box is None:
            return
        if within is not None:
            mask = ImageChops.multiply(mask, self._inside(within, box))
        paint = self._gradient(box, outline, colour, to, along) if to else None
        if volume:
            paint = self._rounded(mask, colour if paint is None else paint, volume)
        if opacity < 1:
            mask = ImageChops.multiply(mask, Image.new("L", mask.size, round(255 * opacity)))
        if paint is None:
            self.sheet.lay(colour, box, mask)
        else:
            height, width = mask.size[1], mask.size[0]
            body = np.full((height, width, 4), 255, np.uint8)
            body[..., :3] = np.clip(paint, 0, 255)
            self.sheet.image.paste(Image.fromarray(body), box, mask)

    def scatter(self, outlines: Sequence[Outline], colour: Colour, opacity: float = 1.0) -> None:
        """Fill many small outlines with one colour at once."""
        if not outlines:
            return
        placed = [self._pixels(outline) for outline in outlines]
        size = self.sheet.image.size
        low, high = np.min([p.min(0) for p in placed], 0), np.max([p.max(0) for p in placed], 0)
        box = (
            max(0, int(low[0])),
            max(0, int(low[1])),
            min(size[0], int(high[0]) + 2),
            min(size[1], int(high[1]) + 2),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = Image.new("L", ((box[2] - box[0]) * SUPERSAMPLE, (box[3] - box[1]) * SUPERSAMPLE), 0)
        draw, level = ImageDraw.Draw(mask), round(255 * opacity)
        for points in placed:
            draw.polygon(((points - (box[0], box[1])) * SUPERSAMPLE).ravel().tolist(), fill=level)
        self.sheet.lay(colour, box, mask.reduce(SUPERSAMPLE))

    def line(
        self, points: Outline, width: float, colour: Colour, opacity: float = 1.0, volume: float = 0.0
    ) -> None:
        """A line of `width` with flat ends."""
        self.fill(ribbon(points, width), colour, opacity=opacity, volume=volume)

    def fade(
        self,
        outline: Outline,
        colour: Colour,
        start: float,
        end: float,
        along: Point = (0.0, 1.0),
        soft: float = 0.0,
        within: Outline | None = None,
    ) -> None:
        """Fill with one colour whose opacity goes from `start` to `end` in the direction `along`: sheens, shadows."""
        box, mask = self._mask(outline, soft)
        if mask is None or box is None:
            return
        if within is not None:
            mask = ImageChops.multiply(mask, self._inside(within, box))
        ramp = start + (end - start) * self._ramp(box, outline, along)
        share = np.asarray(mask, np.float32) * np.broadcast_to(ramp, (mask.size[1], mask.size[0]))
        self.sheet.lay(colour, box, Image.fromarray(np.clip(share, 0, 255).astype(np.uint8)))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """A soft light that adds to what is there, and shines on its own where nothing is."""
        centre = self.matrix @ np.array([x, y, 1.0])
        reach = max(2, round(radius * self.scale))
        cx = round((centre[0] - self.sheet.left) * self.sheet.density)
        cy = round((centre[1] - self.sheet.top) * self.sheet.density)
        size = self.sheet.image.size
        box = (max(0, cx - reach), max(0, cy - reach), min(size[0], cx + reach), min(size[1], cy + reach))
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        dx = (np.arange(box[0], box[2], dtype=np.float32) - cx) / reach
        dy = (np.arange(box[1], box[3], dtype=np.float32) - cy) / reach
        fall = np.clip(1 - np.sqrt(dx[None] ** 2 + dy[:, None] ** 2), 0, 1) ** 2 * strength
        light = np.zeros((*fall.shape, 4), np.uint8)
        light[..., :3] = np.clip(fall[..., None] * np.array(colour, np.float32), 0, 255)
        light[..., 3] = light[..., :3].max(-1)
        under = self.sheet.image.crop(box)
        self.sheet.image.paste(ImageChops.screen(under, Image.fromarray(light)), box)

    def sheen(
        self, outline: Outline, strength: float, along: Point = (0.0, 1.0), within: Outline | None = None
    ) -> None:
        """A reflection of the light that dies away."""
        self.fade(outline, WHITE, strength, 0.0, along, within=within)

    def shadow(self, x: float, y: float, wide: float, high: float, strength: float = 0.6) -> None:
        """A soft patch of shade on the ground."""
        self.fill(ellipse(x, y, wide, high), self.sheet.light.shade, opacity=strength, soft=high * 0.7)

    def _pixels(self, outline: Outline) -> NDArray[np.float64]:
        placed = outline @ self.matrix[:, :2].T + self.matrix[:, 2]
        return (placed - (self.sheet.left, self.sheet.top)) * self.sheet.density

    def _mask(self, outline: Outline, soft: float) -> tuple[Box | None, Image.Image | None]:
        points = self._pixels(outline)
        blur = soft * self.scale
        edge = math.ceil(blur * 2.5) + 1
        low, high = np.floor(points.min(0)).astype(int) - edge, np.ceil(points.max(0)).astype(int) + edge
        size = self.sheet.image.size
        box = (
            max(0, int(low[0])),
            max(0, int(low[1])),
            min(size[0], int(high[0])),
            min(size[1], int(high[1])),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return None, None
        mask = self._stencil(points, box)
        return box, mask.filter(ImageFilter.GaussianBlur(blur)) if blur > 0.3 else mask

    def _stencil(self, points: NDArray[np.float64], box: Box) -> Image.Image:
        size = ((box[2] - box[0]) * SUPERSAMPLE, (box[3] - box[1]) * SUPERSAMPLE)
        mask = Image.new("L", size, 0)
        moved = (points - (box[0], box[1])) * SUPERSAMPLE
        ImageDraw.Draw(mask).polygon(moved.ravel().tolist(), fill=255)
        return mask.reduce(SUPERSAMPLE)

    def _inside(self, within: Outline, box: Box) -> Image.Image:
        return self._stencil(self._pixels(within), box)

    def _ramp(self, box: Box, outline: Outline, along: Point) -> NDArray[np.float32]:
        """0..1 across the whole outline in the pen's direction, over `box`: of its size, or one column for all."""
        direction = self.matrix[:, :2] @ np.array(along)
        direction = direction / max(1e-9, float(np.hypot(*direction)))
        reach = self._pixels(outline) @ direction
        low, span = float(reach.min()), max(1e-6, float(np.ptp(reach)))
        level = abs(direction[0]) < 1e-6  # most gradients run straight down: one column says it all
        x = (
            np.zeros((1, 1), np.float32)
            if level
            else np.arange(box[0], box[2], dtype=np.float32)[None] * direction[0]
        )
        y = np.arange(box[1], box[3], dtype=np.float32)[:, None] * direction[1]
        return np.clip((x + y - low) / span, 0, 1).astype(np.float32)

    def _gradient(
        self, box: Box, outline: Outline, colour: Colour, to: Colour, along: Point
    ) -> NDArray[np.float32]:
        ramp = self._ramp(box, outline, along)[..., None]
        start = np.array(colour, np.float32)
        return (start + ramp * (np.array(to, np.float32) - start)).astype(np.float32)

    def _rounded(
        self, mask: Image.Image, paint: Colour | NDArray[np.float32], volume: float
    ) -> NDArray[np.float32]:
        """Shade as if the outline were a cushion: its blurred mask is a height, its slope faces the light or not."""
        light = self.sheet.light
        shrink = 4 if min(mask.size) > 64 else 1
        small = mask.reduce(shrink) if shrink > 1 else mask
        radius = max(1.0, min(small.size) * 0.16)
        height = np.asarray(small.filter(ImageFilter.GaussianBlur(radius)), np.float64) / 255
        if radius > 6:  # eight bits are steps on a slope this gentle
            height = _averaged(height, int(radius / 3))
        flat = min(height.shape) < 2
        down: NDArray[np.float64] = height * 0 if flat else np.gradient(height, axis=0)
        right: NDArray[np.float64] = height * 0 if flat else np.gradient(height, axis=1)
        facing = -(right * light.x + down * light.y) * radius * 2.2 * volume
        plane = Image.fromarray(facing.astype(np.float32))
        facing = (
            np.asarray(plane.resize(mask.size, Image.Resampling.BILINEAR))[..., None]
            if shrink > 1
            else facing[..., None]
        )
        body = np.asarray(paint, np.float32)
        lit = np.clip(facing, 0, 1) * 0.55
        dim = np.clip(-facing, 0, 1) * 0.75
        body = body + (np.array(light.key, np.float32) * 0.75 + 40 - body * 0.6) * lit
        return (body + (np.array(light.shade, np.float32) * 0.8 - body) * dim).astype(np.float32)


def _averaged(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean over a square of 2 × reach + 1, edges repeated."""
    span = 2 * reach + 1
    padded = np.pad(values, ((reach + 1, reach), (reach + 1, reach)), mode="edge")
    total: NDArray[np.float64] = padded.cumsum(0).cumsum(1)
    return (
        total[span:, span:] - total[:-span, span:] - total[span:, :-span] + total[:-span, :-span]
    ) / span**2

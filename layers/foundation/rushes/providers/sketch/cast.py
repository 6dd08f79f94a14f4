"""What stands on the ground: the product with its shadow, mirror image and shine, and the person who has it."""

import math
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageChops

from rushes.providers.sketch.colour import WHITE, mix
from rushes.providers.sketch.figure import figure
from rushes.providers.sketch.ground import mirrors
from rushes.providers.sketch.poses import pose
from rushes.providers.sketch.scene import Cel, Cycle, Layer, Thing, View, cel, layer
from rushes.providers.sketch.sheet import Pen, Sheet
from rushes.providers.sketch.sprites import Sprites, dot, drifting
from rushes.providers.sketch.stage import Stage
from rushes.providers.sketch.subjects import SUBJECTS, Subject
from rushes.providers.sketch.things_driven import RADIUS, WHEELS, wheel

CELS = 12
_PACE = {"run": 13.0, "walk": 10.0, "dance": 9.0, "cheer": 8.0}


@dataclass(frozen=True)
class Place:
    """Where something stands: its foot (units), its size, its turn in degrees."""

    x: float
    y: float
    scale: float
    turn: float = 0.0
    flip: bool = False
    depth: float = 1.0


def product(
    stage: Stage, subject: Subject, place: Place, sharp: float = 1.12, shines: bool = True
) -> list[Thing]:
    """The product on the ground."""
    sheet = _sheet(stage, subject, place, sharp)
    subject.draw(sheet.pen(place.x, place.y, place.scale, place.turn, place.flip), stage.tones)
    sheet.rim(0.004 + 0.004 * place.scale)
    made = cel(sheet)
    if made is None:
        return []
    body = Shining(
        [made],
        sheet.density,
        place.depth,
        pause=5.5 + 3 * float(stage.rng.random()),
        lit=float(stage.rng.random()) if shines else None,
    )
    things: list[Thing] = [*_shadow(stage, subject, place), *_mirror(stage, made, sheet.density, place), body]
    if subject is SUBJECTS["car"]:
        things += _wheels(stage, place)
    return things


def person(stage: Stage, action: str, place: Place, having: Subject | None, blur: float = 0.0) -> list[Thing]:
    """Somebody in motion, with the product where it belongs."""
    worn = frozenset({name for name in ("backpack", "headphones") if having is SUBJECTS[name]})
    reach = 0.62 * place.scale

    def draw(index: int) -> Cel:
        sheet = Sheet(
            place.x - reach,
            place.y - 1.3 * place.scale,
            place.x + reach,
            place.y + 0.12 * place.scale,
            stage.unit * 1.1,
            stage.light,
        )
        pen = sheet.pen(place.x, place.y, place.scale, flip=place.flip)
        joints = figure(pen, stage.tones, pose(action, index / CELS), worn)
        if having and having.having == "feet":
            for x, y, turn in (joints.far_foot, joints.near_foot):
                having.draw(pen.at(x, y, 1.0, turn).at(0.022, 0.040, having.held), stage.tones)
        elif having and having.having == "hand":
            x, y = joints.near_hand
            hanging = having is SUBJECTS["handbag"]
            having.draw(
                pen.at(x + 0.012, y + having.held * having.high * (0.98 if hanging else 0.30), having.held),
                stage.tones,
            )
        sheet.rim(0.006)
        if blur:
            sheet.blur(blur)
        made = cel(sheet)
        assert made is not None, "a figure is always drawn"
        return made

    shade = Sheet(place.x - reach, place.y - 0.1, place.x + reach, place.y + 0.1, stage.unit, stage.light)
    wide = 0.30 if action in ("run", "walk", "dance", "sit") else 0.16
    shade.pen().shadow(place.x, place.y, wide * place.scale, 0.022 * place.scale, 0.65)
    body = Layer(Cycle(CELS, draw), stage.unit * 1.1, place.depth, per_second=_PACE.get(action, 4.0))
    return [*layer(shade, place.depth, soft=True), body]


def rush(stage: Stage, y: float, speed: float) -> Thing:
    """Streaks on the ground that fly past whoever runs or drives."""
    colour = mix(stage.tones.sun, WHITE, 0.3)
    looks = [dot(wide * stage.unit, max(1.0, thin * stage.unit), colour, strength) for wide, thin, strength in
             ((0.05, 0.0016, 0.5), (0.09, 0.0022, 0.35), (0.14, 0.003, 0.22))]  # fmt: skip
    side = stage.reach[0] + 0.2
    return Sprites(
        1.0, drifting(stage.rng, 26, (-side, y, side, stage.reach[1] + 0.05), looks, (-speed, 0.0))
    )


@dataclass
class Shining(Layer):
    """A layer over which a band of light runs every few seconds."""

    pause: float = 6.0
    """Seconds from one band to the next."""
    lit: float | None = None
    """Where in its pause it starts, 0..1; None for never."""
    _band: Image.Image | None = field(default=None, repr=False)

    def draw(self, frame: Image.Image, view: View) -> None:
        super().draw(frame, view)
        if self.lit is None or self._warped is None:
            return
        share = ((view.time / self.pause + self.lit) % 1) * self.pause / 1.6
        if share >= 1:
            return
        corner, image = self._warped.corner, self._warped.image
        wide, high = image.size
        if self._band is None or self._band.height < high:
            self._band = _slanted(round(wide * 1.3), round(high * 1.3))
        start = round((self._band.width - wide) * (1 - share))
        light = self._band.crop((start, 0, start + wide, high))
        mask = ImageChops.multiply(light, image.getchannel(3))
        frame.paste(Image.new("RGB", image.size, (255, 255, 255)), corner, mask)


def _slanted(wide: int, high: int) -> Image.Image:
    """A slanting band of light in the middle of darkness wide enough for it to cross an image of wide × high pixels."""
    reach = wide + high // 2
    x = np.arange(2 * reach + wide, dtype=np.float32)[None]
    y = np.arange(high, dtype=np.float32)[:, None]
    away = np.abs(x + (y - high / 2) * 0.45 - (reach + wide / 2)) / (0.14 * wide + 6)
    return Image.fromarray((np.clip(1 - away, 0, 1) ** 1.5 * 105).astype(np.uint8))


def _sheet(stage: Stage, subject: Subject, place: Place, sharp: float) -> Sheet:
    half = math.hypot(subject.wide / 2, 0.15) * place.scale * 1.12 + 0.14 * place.scale
    side, bottom = stage.reach[0] + 0.28, stage.reach[1] + 0.28
    if subject is SUBJECTS["car"]:
        half += 0.62 * place.scale
    return Sheet(
        max(-side, place.x - half), max(-bottom, place.y - subject.high * place.scale * 1.16 - 0.05),
        min(side, place.x + half), min(bottom, place.y + 0.16 * place.scale), stage.unit * sharp, stage.light,
    )  # fmt: skip


def _shadow(stage: Stage, subject: Subject, place: Place) -> list[Thing]:
    if place.turn or place.y > stage.reach[1] + 0.1:
        return []
    wide = subject.wide * place.scale * 0.52
    sheet = Sheet(
        place.x - wide * 2.2,
        place.y - 0.12,
        place.x + wide * 2.2,
        place.y + 0.16,
        stage.unit * 0.75,
        stage.light,
    )
    pen = sheet.pen()
    lean = -stage.light.x * wide * 0.45
    pen.shadow(place.x + lean, place.y + 0.012, wide * 1.15, 0.035, 0.5)
    pen.shadow(place.x, place.y + 0.002, wide * 0.92, 0.014, 0.85)
    return layer(sheet, place.depth, soft=True)


def _mirror(stage: Stage, made: Cel, density: float, place: Place) -> list[Thing]:
    """The product upside down in a glossy ground, fading and a little dull."""
    strength = mirrors(stage)
    if not strength or place.turn or place.y > stage.reach[1]:
        return []
    rows = min(made.image.height, round((place.y - made.top) * density))
    if rows < 8:
        return []
    upside = made.image.crop((0, 0, made.image.width, rows)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    upside = upside.resize((upside.width, max(4, int(rows * 0.8))), Image.Resampling.BILINEAR)
    pixels = np.asarray(upside.convert("RGBa") if upside.mode != "RGBa" else upside, np.float32)
    fall = (
        np.clip(1 - np.arange(pixels.shape[0], dtype=np.float32) / (pixels.shape[0] * 0.62), 0, 1)[
            :, None, None
        ]
        ** 1.3
    )
    dull = np.ascontiguousarray((pixels * fall * strength).astype(np.uint8))
    image = Image.frombuffer("RGBa", (dull.shape[1], dull.shape[0]), dull.tobytes(), "raw", "RGBa", 0, 1)
    return [Layer([Cel(image, made.left, place.y)], density, place.depth)]


def _wheels(stage: Stage, place: Place) -> list[Thing]:
    """The car's wheels, turning."""
    steps, reach = 6, RADIUS * 1.05 * place.scale
    things: list[Thing] = []
    for hub in WHEELS:
        x, y = place.x + hub * place.scale * (-1 if place.flip else 1), place.y - RADIUS * place.scale

        def draw(index: int, x: float = x, y: float = y) -> Cel:
            sheet = Sheet(x - reach, y - reach, x + reach, y + reach, stage.unit * 1.25, stage.light)
            pen: Pen = sheet.pen(x, y, place.scale, flip=place.flip)
            wheel(pen, stage.tones, index * 72 / steps)
            made = cel(sheet)
            assert made is not None, "a wheel is always drawn"
            return made

        things.append(Layer(Cycle(steps, draw), stage.unit * 1.25, place.depth, per_second=24.0))
    return things

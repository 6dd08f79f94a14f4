"""What is between the subject and the lens: spray, steam, sparkle, weather, leaves, and the lens itself."""

import math
import re

import numpy as np
from PIL import Image

from rushes.providers.sketch.cast import Place
from rushes.providers.sketch.colour import BLACK, WHITE, Colour, mix, pixel, turn
from rushes.providers.sketch.outline import box, ellipse, limb, moved, points, polygon, spline
from rushes.providers.sketch.scene import Layer, Thing, View, cel
from rushes.providers.sketch.sheet import Sheet, premultiplied
from rushes.providers.sketch.sky import bokeh
from rushes.providers.sketch.sprites import (
    LEVELS,
    Sprites,
    dot,
    drifting,
    levels,
    rising,
    splashing,
    twinkling,
)
from rushes.providers.sketch.stage import Stage
from rushes.providers.sketch.subjects import Subject

_SPRAY = re.compile(r"\b(spray|splash\w*|puddles?|droplets?|water drops|wet)\b", re.IGNORECASE)
_RAIN = re.compile(r"\b(rain\w*|storm\w*|downpour|drizzle)\b", re.IGNORECASE)


def round_the_product(
    stage: Stage, prompt: str, subject_name: str, subject: Subject, place: Place
) -> list[Thing]:
    """Steam over what is hot, sparkle on what is precious, drops where it splashes, notes from what sounds."""
    unit, tones, rng = stage.unit, stage.tones, stage.rng
    top, half = place.y - subject.high * place.scale, subject.wide * place.scale / 2
    things: list[Thing] = []
    if subject_name in ("cup", "pizza", "burger"):
        puff = levels(
            0.062 * unit * place.scale + 0.011 * unit,
            0.085 * unit * place.scale + 0.012 * unit,
            WHITE,
            0.60,
        )
        things.append(
            Sprites(
                place.depth,
                rising(rng, place.x, top + 0.05 * place.scale, half * 0.5, 0.45 * place.scale + 0.14, puff),
            )
        )
    if subject_name in ("perfume", "ring", "watch", "jar") or stage.reading.mood == "luxury":
        things.append(_sparkle(stage, place.x, (top + place.y) / 2, half * 1.5, (place.y - top) * 0.65))
    if _SPRAY.search(prompt) and place.y < stage.reach[1] + 0.2:
        colour = mix(WHITE, tones.horizon, 0.3)
        looks = [
            dot(size * unit, size * unit * 1.15, colour, 0.85, 2.2)
            for size in (0.0028, 0.0042, 0.0062, 0.009)
        ]
        things.append(
            Sprites(
                1.06,
                splashing(rng, place.x, place.y + 0.01, half * 1.35, 0.30 * place.scale + 0.08, looks, 80),
            )
        )
    if subject_name in ("headphones", "speaker", "guitar"):
        things.append(_notes(stage, place.x, top + 0.2 * place.scale, half))
    return things


def weather(stage: Stage, prompt: str) -> list[Thing]:
    """Rain if the prompt has it, paper for a playful one, light in the air for the rest."""
    unit, side, high = stage.unit, stage.reach[0] + 0.1, stage.reach[1] + 0.1
    if _RAIN.search(prompt):
        looks = [_streak(stage, long * unit) for long in (0.05, 0.08, 0.12)]
        return [Sprites(1.2, drifting(stage.rng, 110, (-side, -high, side, high), looks, (-0.15, 1.6)))]
    if stage.reading.mood == "playful":
        colours = (stage.tones.accent, stage.tones.second, stage.tones.trim, turn(stage.tones.accent, 60))
        looks = [
            dot(size * unit, size * unit * 0.8, colour, 0.95, 6)
            for colour in colours
            for size in (0.006, 0.010)
        ]
        return [Sprites(1.1, drifting(stage.rng, 46, (-side, -high, side, high), looks, (0.015, 0.07), 0.03))]
    if stage.reading.mood in ("energetic", "uplifting") and stage.reading.place in (
        "desert",
        "stadium",
        "hills",
        "road",
        "city",
    ):
        looks = [
            dot(size * unit, size * unit, mix(stage.tones.sun, stage.tones.accent, 0.25), strength)
            for size, strength in ((0.003, 0.9), (0.006, 0.5), (0.011, 0.25))
        ]
        return [
            Sprites(1.2, drifting(stage.rng, 34, (-side, -high, side, high), looks, (-0.10, -0.03), 0.02))
        ]
    return []


def foreground(stage: Stage) -> list[Thing]:
    """Something out of focus close to the lens, at the edge, so that the picture has a near side."""
    colours = [stage.tones.accent, stage.tones.sun, stage.tones.second, mix(stage.tones.horizon, WHITE, 0.2)]
    if stage.reading.place in ("forest", "hills", "sea", "road") and stage.reading.place != "road":
        return _leaves(stage)
    if stage.reading.place in ("city", "stadium") and stage.reading.time != "day":
        return [bokeh(stage, 1.35, 12, colours, -stage.reach[1], stage.reach[1])]
    return []


def _leaves(stage: Stage) -> list[Thing]:
    side, (half, high) = math.copysign(1, -stage.sun[0]), stage.reach
    sheet = Sheet(-half - 0.3, -high - 0.3, half + 0.3, high + 0.3, stage.unit * 0.5, stage.light)
    dark = mix(mix(stage.tones.near, stage.tones.accent, 0.06), BLACK, 0.3)
    bough = sheet.pen(side * (half + 0.12), -high - 0.02, 0.36)
    for at in range(11):
        angle = (
            (104 + at * 9 + 16 * float(stage.rng.random()))
            if side > 0
            else (76 - at * 9 - 16 * float(stage.rng.random()))
        )
        reach = 0.35 + 0.65 * float(stage.rng.random())
        leaf = bough.at(
            reach * math.cos(math.radians(angle)), reach * math.sin(math.radians(angle)), 0.55, angle
        )
        leaf.fill(
            spline("-0.5,0 -0.5,0 -0.15,-0.17 0.25,-0.13 0.5,0 0.5,0 0.25,0.13 -0.15,0.17"),
            mix(dark, stage.tones.horizon, 0.12),
            dark,
        )
    grass = sheet.pen(-side * half, high + 0.06, 0.3)
    for at in range(16):
        x, lean = -0.9 + at * 0.12, (float(stage.rng.random()) - 0.5) * 0.5
        grass.fill(
            polygon((x - 0.025, 0.2), (x + 0.025, 0.2), (x + lean, -0.35 - 0.5 * float(stage.rng.random()))),
            dark,
        )
    sheet.blur(0.012)
    made = cel(sheet)
    if made is None:
        return []
    return [Layer([made], sheet.density, 1.4, sway=(0.006, 0.003, 5.0, 0.2), soft=True)]


def _sparkle(stage: Stage, x: float, y: float, half: float, high: float) -> Thing:
    """Small stars that flash round a precious thing."""
    looks = []
    for size in (9, 14, 20):
        reach = size * stage.unit / 720
        grid = np.linspace(-1, 1, int(reach) * 2 + 1, dtype=np.float32)
        across, down = np.abs(grid[None]), np.abs(grid[:, None])
        fall = (
            np.clip(1 - across - 14 * down, 0, 1)
            + np.clip(1 - down - 14 * across, 0, 1)
            + np.clip(0.28 - np.hypot(across, down), 0, 1) * 2.6
        )
        colour = np.array(mix(stage.tones.sun, WHITE, 0.5), np.float32)
        looks.append([_spark(np.clip(fall, 0, 1) * (step + 1) / LEVELS, colour) for step in range(LEVELS)])
    places = [
        (x + (float(a) - 0.5) * 2 * half, y + (float(b) - 0.5) * 2 * high)
        for a, b in stage.rng.random((14, 2))
    ]
    return Sprites(1.05, twinkling(stage.rng, places, looks, 0.28, 1.6))


def _spark(fall: np.ndarray, colour: np.ndarray) -> Image.Image:
    pixels = np.empty((*fall.shape, 4), np.uint8)
    pixels[..., :3], pixels[..., 3] = fall[..., None] * colour, fall * 255
    return Image.frombuffer("RGBa", (fall.shape[1], fall.shape[0]), pixels.tobytes(), "raw", "RGBa", 0, 1)


def _streak(stage: Stage, long: float) -> Image.Image:
    return dot(1.0, long / 2, mix(WHITE, stage.tones.middle, 0.3), 0.42)


def _notes(stage: Stage, x: float, y: float, half: float) -> Thing:
    """Music, as drawings have it."""
    looks = []
    for step in range(LEVELS):
        sheet = Sheet(-0.05, -0.07, 0.06, 0.04, stage.unit, stage.light)
        pen, colour = sheet.pen(), mix(stage.tones.accent, WHITE, 0.35)
        pen.fill(ellipse(-0.012, 0.010, 0.016, 0.012), colour)
        pen.fill(limb((0.003, 0.008), (0.003, -0.050), 0.0025, 0.0025), colour)
        pen.fill(points("0.003,-0.052 0.03,-0.038 0.032,-0.022 0.003,-0.036"), colour)
        pixels = (np.asarray(sheet.image, np.float32) * ((step + 1) / LEVELS)).astype(np.uint8)
        looks.append(Image.frombuffer("RGBa", sheet.image.size, pixels.tobytes(), "raw", "RGBa", 0, 1))
    return Sprites(1.1, rising(stage.rng, x, y, half * 2.4, 0.5, looks, 9))


def glass(width: int, height: int, strength: float, tone: Colour) -> Image.Image:
    """The lens: corners a little darker. Premultiplied, of the frame's size."""
    x = np.linspace(-1, 1, max(2, width // 4), dtype=np.float32)[None]
    y = np.linspace(-1, 1, max(2, height // 4), dtype=np.float32)[:, None]
    dim = np.clip((x * x * 0.62 + y * y * 0.62 - 0.22), 0, 1.2) ** 1.35 * strength
    mask = Image.fromarray(np.clip(dim * 255, 0, 235).astype(np.uint8)).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste(Image.new("RGBA", (width, height), (*pixel(tone), 255)), (0, 0), mask)
    return image


class Screen:
    """What is fixed to the screen, over everything."""

    def __init__(self, image: Image.Image) -> None:
        self._image = premultiplied(image)

    def draw(self, frame: Image.Image, view: View) -> None:
        frame.paste(self._image, (0, 0), self._image)


def props(stage: Stage, sheet: Sheet) -> None:
    """Small things for a flat lay: leaves, a card, a pencil."""
    rng, tones, (half, high) = stage.rng, stage.tones, stage.reach
    for at in range(9):
        angle = at * 2.399 + float(rng.random())
        x, y = math.cos(angle) * half * 0.82, math.sin(angle) * high * 0.80
        pen = sheet.pen(x, y, 0.13 + 0.08 * float(rng.random()), float(rng.random()) * 360)
        if at % 3 == 0:
            pen.fill(moved(box(-0.6, -0.4, 0.6, 0.4, 0.05), 0.05, 0.07), BLACK, opacity=0.28, soft=0.05)
            pen.fill(
                box(-0.6, -0.4, 0.6, 0.4, 0.05), mix(tones.trim, WHITE, 0.3), mix(tones.trim, BLACK, 0.08)
            )
            pen.fill(box(-0.45, -0.22, 0.1, -0.12, 0.03), tones.accent)
        elif at % 3 == 1:
            for turn_by in (-38, 0, 38):
                leaf = pen.at(0, 0, 1.0, turn_by)
                shape = spline("0,0 0,0 0.16,-0.35 0.14,-0.75 0,-1.05 0,-1.05 -0.14,-0.75 -0.16,-0.35")
                leaf.fill(moved(shape, 0.05, 0.07), BLACK, opacity=0.25, soft=0.05)
                leaf.fill(shape, mix(tones.second, tones.near, 0.35), mix(tones.near, BLACK, 0.2), volume=0.7)
        else:
            pen.fill(ellipse(0.05, 0.07, 0.34), BLACK, opacity=0.3, soft=0.05)
            pen.fill(
                ellipse(0, 0, 0.34), mix(tones.accent, WHITE, 0.2), mix(tones.accent, BLACK, 0.3), volume=0.8
            )

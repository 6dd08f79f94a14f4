"""The sky: its gradient, sun or moon, clouds and stars."""

import math

import numpy as np
from PIL import Image

from rushes.providers.sketch.colour import WHITE, Colour, mix
from rushes.providers.sketch.outline import ellipse
from rushes.providers.sketch.scene import Cel, Layer, Thing, layer
from rushes.providers.sketch.sheet import Sheet
from rushes.providers.sketch.sprites import Sprites, dot, levels, twinkling
from rushes.providers.sketch.stage import Stage, noise

_MARGIN = 0.16
"""Only turning moves the sky, so it needs less than the rest."""


def sky(stage: Stage) -> list[Thing]:
    """Everything above the horizon that is no land."""
    tones, night = stage.tones, stage.reading.time == "night" or stage.reading.place == "space"
    half, high = stage.reach[0] + _MARGIN, stage.reach[1] + _MARGIN
    width, height = int(half * stage.unit), int(high * stage.unit)  # half the density: it is all soft
    x = np.linspace(-half, half, width, dtype=np.float32)[None]
    y = np.linspace(-high, high, height, dtype=np.float32)[:, None]
    rise = np.clip((y + stage.reach[1]) / (stage.horizon + stage.reach[1]), 0, 1)[..., None]
    top, middle, horizon = (np.array(c, np.float32) for c in (tones.top, tones.middle, tones.horizon))
    air = np.where(
        rise < 0.55,
        top + (middle - top) * (rise / 0.55),
        middle + (horizon - middle) * (np.maximum(rise - 0.55, 0) / 0.45) ** 1.2,
    )
    air = np.broadcast_to(air, (height, width, 3)).copy()
    away = np.hypot(x - stage.sun[0], y - stage.sun[1])[..., None]
    glow = 0.10 if night else 0.30
    shine = np.clip(
        glow * np.exp(-away / 0.34) + 0.42 * np.exp(-away / 0.11) + 0.10 * np.exp(-away / 0.85), 0, 0.9
    )
    air = 255 - (255 - air) * (1 - shine * np.array(tones.sun, np.float32) / 255)
    picture = Image.fromarray(np.clip(air, 0, 255).astype(np.uint8)).resize(
        (width * 2, height * 2), Image.Resampling.BILINEAR
    )
    speck = stage.rng.integers(
        0, 4, (height * 2, width * 2, 1), dtype=np.uint8
    )  # keeps the gradient from banding
    pixels = np.asarray(picture)
    picture = Image.fromarray(np.minimum(pixels, 251) + speck)
    base = Layer([Cel(picture, -width / stage.unit, -height / stage.unit)], stage.unit, 0.0, soft=True)
    things: list[Thing] = [base]
    if night:
        things.append(_stars(stage))
    things += _sun(stage, night)
    if stage.reading.place != "space":
        things.append(_clouds(stage, night))
    return things


def _sun(stage: Stage, night: bool) -> list[Thing]:
    radius = (0.042 if night else 0.062) * (1.25 if stage.reading.time == "dusk" else 1)
    x, y = stage.sun
    sheet = Sheet(x - radius * 2, y - radius * 2, x + radius * 2, y + radius * 2, stage.unit, stage.light)
    pen = sheet.pen(x, y)
    pen.fill(ellipse(0, 0, radius), mix(stage.tones.sun, WHITE, 0.5), mix(stage.tones.sun, WHITE, 0.1))
    if night:
        for across, down, size in (
            (-0.3, -0.2, 0.22),
            (0.25, 0.3, 0.3),
            (0.3, -0.35, 0.14),
            (-0.25, 0.4, 0.12),
        ):
            pen.fill(
                ellipse(across * radius, down * radius, size * radius),
                mix(stage.tones.sun, stage.tones.middle, 0.35),
                opacity=0.5,
            )
    if stage.blur:
        sheet.blur(stage.blur * 0.9)
    return layer(sheet, 0.0)


def _clouds(stage: Stage, night: bool) -> Thing:
    """Clouds that sail slowly, lit from where the sun is."""
    half, high = stage.reach[0] + 0.30, stage.horizon + stage.reach[1] + _MARGIN
    width, height = max(8, int(half * stage.unit)), max(8, int(high * stage.unit / 2))
    body = noise(stage.rng, width, height, 3, 6, 2.6)
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    cover = 0.56 if stage.reading.mood in ("dark", "calm") else 0.62
    alpha = (
        np.clip((body - cover) * 3.4, 0, 1)
        * np.clip(1.2 - rows, 0, 1)
        * (0.55 if stage.reading.mood == "minimalist" else 0.9)
    )
    x = np.linspace(-half, half, width, dtype=np.float32)[None]
    y = np.linspace(-stage.reach[1] - _MARGIN, stage.horizon, height, dtype=np.float32)[:, None]
    lit = np.exp(-np.hypot(x - stage.sun[0], y - stage.sun[1]) / 0.55)[..., None]
    thin = np.clip(1.3 - alpha, 0, 1)[..., None]
    bright: Colour = mix(stage.tones.horizon, stage.tones.sun, 0.45)
    shade = mix(stage.tones.middle, stage.tones.top, 0.35 if night else 0.1)
    shade = shade if night or stage.reading.time != "day" else mix(shade, WHITE, 0.55)
    share = np.clip(0.25 + 0.75 * lit * thin + 0.35 * thin * (1 - rows[..., None]), 0, 1) * (
        0.55 if night else 1
    )
    colour = np.array(shade, np.float32) * (1 - share) + np.array(bright, np.float32) * share
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., :3] = np.clip(colour * alpha[..., None], 0, 255)
    pixels[..., 3] = alpha * 255
    image = Image.frombuffer("RGBa", (width, height), pixels.tobytes(), "raw", "RGBa", 0, 1)
    image = image.resize((width * 2, height * 2), Image.Resampling.BILINEAR)
    place = Cel(image, -width / stage.unit, -stage.reach[1] - _MARGIN)
    return Layer([place], stage.unit, 0.0, sway=(0.09, 0.0, 120.0, float(stage.rng.random())), soft=True)


def _stars(stage: Stage) -> Thing:
    count = 240 if stage.reading.place == "space" else 110
    span = stage.horizon + stage.reach[1] if stage.reading.place != "space" else stage.reach[1] * 2
    places = [
        (
            float((a - 0.5) * 2 * (stage.reach[0] + 0.14)),
            float(-stage.reach[1] - 0.1 + (b if count > 200 else b**1.5) * span),
        )
        for a, b in stage.rng.random((count, 2))
    ]
    grow = stage.unit / 720 * (1 + 60 * stage.blur)
    looks = [
        levels(size * grow, size * grow, mix(stage.tones.sun, WHITE, 0.5), bright)
        for size, bright in ((1.3, 0.8), (1.8, 0.9), (2.6, 1.0))
    ]
    return Sprites(0.0, twinkling(stage.rng, places, looks, 0.35, 0.55))


def bokeh(stage: Stage, depth: float, count: int, colours: list[Colour], low: float, high: float) -> Thing:
    """Lights so far out of focus that they are discs; `low`..`high` is the band of y they hang in."""
    grow = stage.unit / 720
    looks = [
        [dot(size * grow, size * grow, colour, strength * (0.45 + 0.55 * step / 7), 9) for step in range(8)]
        for colour in colours
        for size, strength in ((11, 0.30), (18, 0.22), (27, 0.16))
    ]
    side = stage.reach[0] + 0.1
    places = [
        (float((a - 0.5) * 2 * side), low + float(b) * (high - low)) for a, b in stage.rng.random((count, 2))
    ]
    return Sprites(depth, twinkling(stage.rng, places, looks, 0.12, 0.6))


def beams(stage: Stage, strength: float) -> list[Thing]:
    """Shafts of light from the sun."""
    sheet = stage.sheet(-stage.reach[1] - 0.1, stage.reach[1] + 0.1, 0.5)
    pen = sheet.pen()
    for _ in range(6):
        angle = math.pi / 2 + (float(stage.rng.random()) - 0.5) * 1.6
        wide = 0.03 + 0.05 * float(stage.rng.random())
        x, y = stage.sun
        far = 1.7
        a, b = angle - wide, angle + wide
        shaft = np.array(
            [
                (x, y),
                (x + far * math.cos(a), y + far * math.sin(a)),
                (x + far * math.cos(b), y + far * math.sin(b)),
            ]
        )
        pen.fade(
            shaft,
            mix(stage.tones.sun, stage.tones.horizon, 0.3),
            strength,
            0.0,
            (math.cos(angle), math.sin(angle)),
            soft=0.012,
        )
    return layer(sheet, 0.25, soft=True)

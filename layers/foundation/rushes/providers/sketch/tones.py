"""The colours of one picture: the hour's light, bent by place and mood, pulled towards the brand's palette."""

from dataclasses import dataclass, replace

from numpy.random import Generator

from rushes.providers.sketch.colour import (
    BLACK,
    WHITE,
    Colour,
    luminance,
    mix,
    parse,
    saturate,
    saturation,
    tint,
    turn,
)
from rushes.providers.sketch.reading import Reading
from rushes.providers.sketch.sheet import Light


@dataclass(frozen=True)
class Tones:
    """Colours by their job."""

    top: Colour
    """The sky overhead."""
    middle: Colour
    horizon: Colour
    sun: Colour
    """The sun's, moon's or lamp's own light."""
    far: Colour
    near: Colour
    """The ground and what stands close to it, in shade."""
    accent: Colour
    """The brand's or the mood's signal."""
    second: Colour
    product: Colour
    trim: Colour
    """What the product is set off with."""
    skin: Colour
    hair: Colour
    top_wear: Colour
    leg_wear: Colour
    ink: Colour
    """Lettering."""
    bright: float
    """0..1: how light the whole picture is."""


_HOURS = {
    "dawn": ("#34407a", "#d98a9e", "#ffd9ad", "#fff0cf", "#8d7aa6", "#3a3352", 0.62),
    "day": ("#3f8fd0", "#93cdee", "#e6f4f4", "#fffbe8", "#86aebb", "#35524f", 0.85),
    "dusk": ("#20204a", "#8a3a78", "#ff9463", "#ffdcae", "#6a3f6c", "#221a33", 0.45),
    "night": ("#070c22", "#14305c", "#35679f", "#dce9ff", "#1f3c66", "#0a1122", 0.25),
}
_PLACES: dict[str, dict[str, tuple[str, str]]] = {
    "forest": {
        "dawn": ("#e7e6ae", "#2c4a33"),
        "day": ("#e3efb4", "#1f4a34"),
        "dusk": ("#f2b56b", "#1d2f26"),
        "night": ("#4f8f8a", "#081a18"),
    },
    "desert": {
        "dawn": ("#ffd2a0", "#7a4a3a"),
        "day": ("#ffe9c4", "#b0733f"),
        "dusk": ("#ff9a52", "#5b2a2a"),
        "night": ("#5d6ea8", "#1d1c33"),
    },
    "snow": {
        "dawn": ("#ffe0dc", "#9aa6cc"),
        "day": ("#f3fbff", "#a9c4dc"),
        "dusk": ("#ffb79b", "#6d6c9e"),
        "night": ("#6fa3cf", "#2b4068"),
    },
    "sea": {"day": ("#eef8f4", "#1f6f86"), "dawn": ("#ffdcb8", "#3a5578")},
    "hills": {"day": ("#f0f5dc", "#3f6b40"), "dawn": ("#ffdcb0", "#3d4a55")},
    "road": {"day": ("#f0f2dc", "#4d6353")},
    "space": dict.fromkeys(("dawn", "day", "dusk", "night"), ("#3a2c6e", "#0a0a18")),
}
_WARDROBES = (
    ("#e8e4da", "#2d3440"), ("#d65a3a", "#25303b"), ("#2f6f73", "#3a3230"), ("#c9a23c", "#2b3550"),
    ("#8a3d52", "#30323a"), ("#e3b7a0", "#43506b"), ("#5a78a8", "#26282f"),
)  # fmt: skip
_SKINS = (
    ("#f0c4a0", "#4a2f22"),
    ("#d9a077", "#2a1c17"),
    ("#a86f4b", "#17110f"),
    ("#7a4a32", "#0f0c0c"),
    ("#f3cdb2", "#a8653a"),
)
_PRODUCTS = {
    "energetic": "#ff4d2e", "luxury": "#c9a24a", "minimalist": "#e9e6df", "emotional": "#c9655a", "calm": "#6fa7a0",
    "playful": "#ff5fa2", "dark": "#7a2233", "uplifting": "#2f7fd6",
}  # fmt: skip


def tones(reading: Reading, rng: Generator) -> Tones:
    """Deterministic: the same reading and generator state give the same tones."""
    *hour, bright = _HOURS[reading.time]
    top, middle, horizon, sun, far, near = (parse(str(value)) for value in hour)
    if local := _PLACES.get(reading.place, {}).get(reading.time):
        horizon, near = parse(local[0]), parse(local[1])
        far = mix(far, mix(horizon, near, 0.5), 0.55)
        middle = mix(middle, mix(top, horizon, 0.5), 0.35)
    if reading.place == "space":
        top, middle, sun, bright = parse("#03030c"), parse("#120d33"), parse("#fff2dd"), 0.2
    product = parse(_PRODUCTS[reading.mood])
    accent = parse("#3f6fb5") if reading.mood == "minimalist" else product
    skin, hair = _SKINS[int(rng.integers(len(_SKINS)))]
    shirt, trousers = _WARDROBES[int(rng.integers(len(_WARDROBES)))]
    result = Tones(
        top=top, middle=middle, horizon=horizon, sun=sun, far=far, near=near,
        accent=accent, second=turn(accent, 150), product=product, trim=parse("#f4f1ea"),
        skin=parse(skin), hair=parse(hair), top_wear=parse(shirt), leg_wear=parse(trousers),
        ink=parse("#fff8ec"), bright=float(bright),
    )  # fmt: skip
    result = _in_mood(result, reading.mood)
    return _branded(result, [parse(colour) for colour in reading.palette], reading.mood)


def light(tones: Tones, side: float) -> Light:
    """The picture's light; `side` is -1 (from the left) to 1."""
    return Light(
        x=side * 0.72,
        y=-0.69,
        key=mix(tones.sun, WHITE, 0.25),
        shade=mix(mix(tones.near, tones.top, 0.3), BLACK, 0.35),
        rim=0.95 - 0.35 * tones.bright,
    )


def under(tones: Tones, colour: Colour) -> Colour:
    """A thing's own colour as this picture's light shows it."""
    air = mix(WHITE, mix(tones.sun, tones.middle, 0.30), 0.42 - 0.2 * tones.bright)
    return tint(colour, mix(air, BLACK, 0.15 * (1 - tones.bright)))


def _in_mood(tones: Tones, mood: str) -> Tones:
    def sky(change) -> Tones:
        names = ("top", "middle", "horizon", "far", "near")
        return replace(tones, **{name: change(getattr(tones, name)) for name in names})

    if mood == "luxury":
        return replace(
            sky(lambda c: mix(saturate(c, 0.75), parse("#14080f"), 0.38)),
            sun=mix(tones.sun, parse("#ffd58a"), 0.6),
        )
    if mood == "minimalist":
        return sky(lambda c: mix(saturate(c, 0.45), parse("#e9e6e0"), 0.30 if tones.bright > 0.4 else 0.06))
    if mood == "playful":
        return sky(lambda c: saturate(mix(c, WHITE, 0.10), 1.35))
    if mood == "dark":
        return replace(sky(lambda c: mix(saturate(c, 0.6), BLACK, 0.42)), bright=tones.bright * 0.6)
    if mood == "energetic":
        return sky(lambda c: saturate(c, 1.25))
    if mood == "calm":
        return sky(lambda c: saturate(mix(c, tones.horizon, 0.12), 0.85))
    return tones


def _branded(tones: Tones, palette: list[Colour], mood: str) -> Tones:
    if not palette:
        return tones
    by_light = sorted(palette, key=luminance)
    accent = max(palette, key=saturation)
    if saturation(accent) < 0.12:
        accent = by_light[-1] if luminance(by_light[-1]) < 235 else tones.accent
    rest = [colour for colour in palette if colour != accent] or [turn(accent, 150)]
    second = max(rest, key=saturation)
    dark = mix(by_light[0], BLACK, 0.2) if luminance(by_light[0]) < 110 else tones.top
    pale = by_light[-1] if luminance(by_light[-1]) > 170 else mix(tones.horizon, by_light[-1], 0.3)
    main = accent if mood not in ("luxury", "dark", "minimalist") or saturation(second) > 0.3 else palette[0]
    dim = 0.45 if tones.bright > 0.7 else 0.6
    return replace(
        tones,
        top=mix(tones.top, dark, dim),
        middle=mix(tones.middle, mix(accent, dark, 0.45), 0.42),
        horizon=mix(tones.horizon, mix(accent, pale, 0.45), 0.42),
        sun=mix(tones.sun, pale, 0.35),
        far=mix(tones.far, mix(dark, accent, 0.35), 0.4),
        near=mix(tones.near, dark, 0.55),
        accent=accent,
        second=second,
        product=main,
        trim=pale if luminance(pale) > 150 else tones.trim,
        top_wear=accent if saturation(accent) > 0.3 else tones.top_wear,
        leg_wear=mix(tones.leg_wear, dark, 0.7),
    )

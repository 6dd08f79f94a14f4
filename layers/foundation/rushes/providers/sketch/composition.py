"""From a prompt to a scene: the shot decides where the horizon lies, how large things are and what is in focus."""

import math
import re
import zlib
from dataclasses import dataclass

from numpy.random import Generator, default_rng

from rushes.providers.sketch import places_built, places_indoors, places_open
from rushes.providers.sketch.cast import Place, person, product, rush
from rushes.providers.sketch.colour import BLACK, WHITE, mix
from rushes.providers.sketch.effects import Screen, foreground, glass, props, round_the_product, weather
from rushes.providers.sketch.ground import ground
from rushes.providers.sketch.lettering import SAFE, letter
from rushes.providers.sketch.outline import box, polygon
from rushes.providers.sketch.reading import Reading, read
from rushes.providers.sketch.scene import Scene, Thing
from rushes.providers.sketch.sky import bokeh, sky
from rushes.providers.sketch.stage import Stage
from rushes.providers.sketch.subjects import SUBJECTS, Subject
from rushes.providers.sketch.tones import light, tones

PLACES = {
    "city": places_built.city, "stadium": places_built.stadium, "studio": places_built.studio,
    "interior": places_indoors.interior, "office": places_indoors.office, "kitchen": places_indoors.kitchen,
    "sea": places_open.sea, "forest": places_open.forest, "hills": places_open.hills, "desert": places_open.desert,
    "snow": places_open.snow, "road": places_open.road, "space": places_open.space,
}  # fmt: skip
ROOFED = frozenset({"studio", "interior", "office", "kitchen"})
_WET = re.compile(r"\b(wet|rain\w*|puddles?|reflect\w*|glossy|mirror\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Framing:
    """A shot. Heights are shares of half the frame, from -1 (top) to 1 (bottom)."""

    horizon: float
    floor: float
    blur: float
    """In units."""
    room: tuple[float, float]
    """How much of the frame's width and height the product may take."""
    person: float
    """A person's height, as a share of the frame's; 0 for nobody."""


FRAMINGS = {
    "extreme close-up": Framing(0.15, 0.60, 0.030, (1.30, 1.45), 0.0),
    "close-up": Framing(0.12, 0.34, 0.010, (0.58, 0.60), 0.0),
    "medium": Framing(0.06, 0.52, 0.005, (0.42, 0.46), 0.84),
    "wide": Framing(0.10, 0.46, 0.0, (0.34, 0.36), 0.36),
    "aerial": Framing(-0.42, 0.40, 0.0, (0.34, 0.40), 0.24),
    "low angle": Framing(0.62, 0.70, 0.004, (0.62, 0.88), 0.96),
    "top down": Framing(-1.0, -1.0, 0.0, (0.56, 0.66), 0.0),
}


def compose(prompt: str, width: int, height: int, seed: int) -> Scene:
    """The scene for a prompt. The same arguments give the same scene, to the pixel."""
    reading = read(prompt)
    rng = default_rng([seed & 0xFFFFFFFF, zlib.crc32(prompt.encode())])
    framing = FRAMINGS[reading.shot]
    stage = _stage(reading, framing, width, height, rng, bool(_WET.search(prompt)))
    subject = SUBJECTS.get(reading.subject)
    if reading.shot == "top down" and subject:
        things = _flat_lay(stage, subject)
    else:
        things = _place(stage)
        things += _actors(stage, framing, prompt, subject)
        things += weather(stage, prompt)
        things += foreground(stage)
    edge = mix(mix(stage.tones.top, stage.tones.near, 0.5), BLACK, 0.65)
    screen = glass(width, height, 0.42 if stage.tones.bright > 0.6 else 0.6, edge)
    if reading.title:
        letter(screen, reading.title, _title_box(width, height), stage.tones.ink, stage.tones.accent)
    things.append(Screen(screen))
    return Scene(width, height, things)


def _stage(reading: Reading, framing: Framing, width: int, height: int, rng: Generator, wet: bool) -> Stage:
    unit = min(width, height)
    half, high = width / unit / 2, height / unit / 2
    # the people and colours of one ad stay the same from beat to beat
    colours = tones(reading, default_rng(zlib.crc32(reading.product.lower().encode())))
    side = 1.0 if rng.random() < 0.5 else -1.0
    horizon = (framing.horizon + 0.06 * (float(rng.random()) - 0.5)) * high
    climb = {"dawn": (0.12, 0.30), "day": (0.55, 0.75), "dusk": (0.10, 0.26), "night": (0.50, 0.72)}[
        reading.time
    ]
    up = climb[0] + (climb[1] - climb[0]) * float(rng.random())
    sun = (side * half * (0.22 + 0.46 * float(rng.random())), horizon - (horizon + high) * up)
    return Stage(
        width=width, height=height, reading=reading, tones=colours, light=light(colours, side), rng=rng,
        horizon=horizon, floor=framing.floor * high, sun=sun, blur=framing.blur,
        wet=wet or (reading.place == "city" and reading.time in ("dusk", "night")),
    )  # fmt: skip


def _place(stage: Stage) -> list[Thing]:
    roofed = stage.reading.place in ROOFED
    things = [] if roofed else sky(stage)
    things += PLACES[stage.reading.place](stage)
    if stage.blur > 0.006 and (stage.dark or stage.reading.place in ("city", "forest", "kitchen")):
        lights = [
            stage.tones.sun,
            stage.tones.accent,
            mix(stage.tones.horizon, WHITE, 0.2),
            stage.tones.second,
        ]
        if stage.reading.place != "studio":
            things.append(bokeh(stage, 0.3, 26, lights, -stage.reach[1] * 0.7, stage.horizon + 0.12))
    return things


def _actors(stage: Stage, framing: Framing, prompt: str, subject: Subject | None) -> list[Thing]:
    reading = stage.reading
    if reading.shot == "extreme close-up" and subject:
        return _detail(stage, framing, prompt, subject)
    things = ground(stage)
    if reading.subject == "scenery":
        return things
    everybody = subject is None
    action = reading.person or (subject.action if subject else "stand")
    if everybody or (framing.person and (reading.person or reading.shot == "medium")):
        return [*things, *_person_and_product(stage, framing, prompt, subject, action)]
    if (
        reading.shot in ("wide", "aerial")
        and reading.subject not in ("car", "house")
        and reading.place not in ("studio", "space")
    ):
        away = -_aside(stage) * stage.reach[0] * 0.45
        tall = framing.person * stage.reach[1] * 2 * (1.55 if reading.place in ROOFED else 0.9)
        small = Place(away, stage.floor + 0.05, tall, flip=away > 0, depth=0.9)
        things += person(
            stage,
            action if action != "sit" else "walk",
            small,
            subject if subject and subject.having in ("worn", "feet") else None,
        )
    assert subject is not None, "without a subject there is a person"
    place = _stand(stage, framing, subject)
    if reading.subject == "car" or (reading.subject == "bicycle" and reading.person):
        things.append(rush(stage, stage.floor + 0.05, 1.1))
    things += product(stage, subject, place)
    return [*things, *round_the_product(stage, prompt, reading.subject, subject, place)]


def _aside(stage: Stage) -> float:
    """On which side of the middle the subject stands: away from the sun, so that the light falls on it."""
    return -math.copysign(1.0, stage.sun[0])


def _stand(stage: Stage, framing: Framing, subject: Subject) -> Place:
    half, high = stage.reach
    room = (framing.room[0] * 2 * half * (1.0 if half > 0.6 else 1.42), framing.room[1] * 2 * high)
    shift = {"close-up": 0.10, "low angle": 0.10, "wide": 0.38, "aerial": 0.30}.get(stage.reading.shot, 0.3)
    x = _aside(stage) * half * shift * (0.5 + 0.8 * float(stage.rng.random()))
    y = stage.floor + 0.075 + 0.05 * high * float(stage.rng.random())
    if stage.reading.subject in ("car", "bicycle", "house", "chair"):
        room = (max(room[0], 0.52 * 2 * half), max(room[1], 0.46 * 2 * high))
    scale = subject.fit(*room) * (0.94 + 0.12 * float(stage.rng.random()))
    if stage.reading.title:
        if half > 0.6:
            x, scale = half * 0.46, min(scale, subject.fit(half * 0.88, room[1]))
        else:
            x, scale = 0.0, min(scale, subject.fit(half * 1.5, high * 0.95))
    spare = max(0.0, half * 0.92 - subject.wide * scale / 2)
    x = max(-spare, min(spare, x))
    flip = (
        x > 0 and stage.reading.subject in ("sneaker", "car", "bicycle") and stage.reading.shot != "close-up"
    )
    return Place(x, y, scale, flip=flip)


def _detail(stage: Stage, framing: Framing, prompt: str, subject: Subject) -> list[Thing]:
    """So close that the product leaves the frame."""
    half, high = stage.reach
    scale = subject.fit(framing.room[0] * 2 * half, framing.room[1] * 2 * high)
    lean = (float(stage.rng.random()) - 0.5) * 14
    x = _aside(stage) * half * (0.10 + 0.16 * float(stage.rng.random()))
    y = subject.high * scale * (0.50 + 0.10 * float(stage.rng.random()))
    place = Place(x, y, scale, turn=lean if y > stage.floor + 0.4 else 0.0)
    things = ground(stage) if y < high + 0.12 else []
    lights = [stage.tones.sun, stage.tones.accent, mix(stage.tones.horizon, WHITE, 0.3)]
    things.append(bokeh(stage, 0.5, 18, lights, -high, high * 0.6))
    things += product(stage, subject, place, sharp=1.1)
    return [*things, *round_the_product(stage, prompt, stage.reading.subject, subject, place)]


def _person_and_product(
    stage: Stage, framing: Framing, prompt: str, subject: Subject | None, action: str
) -> list[Thing]:
    half, high = stage.reach
    tall = framing.person * 2 * high if half > 0.6 else min(framing.person * 2 * high, 1.02)
    foot = (
        min(high * 0.93, stage.floor + tall * 0.22) if stage.reading.shot == "medium" else stage.floor + 0.06
    )
    carried = subject if subject and subject.having in ("feet", "worn", "hand") else None
    aside = _aside(stage) * half * (0.12 + 0.14 * float(stage.rng.random()))
    if action in ("dance", "cheer"):
        tall *= 0.84
    if stage.reading.place in ROOFED and stage.reading.shot in ("wide", "aerial"):
        tall *= 1.55
    if stage.reading.shot in ("wide", "aerial"):
        aside *= -2.2
    if stage.reading.title and half > 0.6:
        aside = half * 0.45
    things: list[Thing] = []
    if action == "run":
        things.append(rush(stage, stage.floor + 0.04, 0.55))
    if carried or subject is None:
        place = Place(aside, foot, tall, flip=aside > 0 and action in ("walk", "run"))
        things += person(stage, action, place, carried)
        if subject and stage.reading.shot in ("wide", "aerial"):
            things += product(stage, subject, _stand(stage, framing, subject))
        if subject is None:
            return things
        near = Place(aside, foot if subject.having == "feet" else foot - tall * 0.55, tall * 0.42)
        return [*things, *round_the_product(stage, prompt, stage.reading.subject, subject, near)]
    apart = half * (0.36 if half > 0.6 else 0.48)
    side = 1.0 if aside >= 0 else -1.0
    beside = subject.having == "beside"
    who = Place(
        -side * apart,
        foot - (0.0 if beside else 0.03),
        tall * (0.80 if beside else 0.92),
        flip=side < 0,
        depth=0.95,
    )
    things += person(
        stage, "stand" if action == "sit" and beside else action, who, None, 0.0 if beside else 0.002
    )
    scale = (
        subject.held * tall if beside else subject.fit(framing.room[0] * 2 * half, framing.room[1] * 2 * high)
    )
    scale = min(scale, subject.fit(half * 1.15, high * 1.5))
    what = Place(side * apart * 0.72, foot + 0.02, scale)
    things += product(stage, subject, what)
    return [*things, *round_the_product(stage, prompt, stage.reading.subject, subject, what)]


def _flat_lay(stage: Stage, subject: Subject) -> list[Thing]:
    """The product from above, among small things, on one surface."""
    half, high = stage.reach
    sheet = stage.sheet(-high - 0.3, high + 0.3)
    tone = mix(
        mix(stage.tones.horizon, WHITE, 0.35 if stage.tones.bright > 0.4 else 0.0), stage.tones.accent, 0.16
    )
    tone = tone if stage.tones.bright > 0.4 else mix(tone, BLACK, 0.45)
    side, pen = -sheet.left, sheet.pen()
    pen.fill(
        box(-side, -high - 0.3, side, high + 0.3),
        mix(tone, WHITE, 0.14),
        mix(tone, BLACK, 0.18),
        along=(-stage.light.x, 0.8),
    )
    pen.fill(
        polygon((-side, high * 0.1), (side, -high * 0.9), (side, high + 0.3), (-side, high + 0.3)),
        mix(tone, stage.tones.accent, 0.4),
        opacity=0.55,
    )
    props(stage, sheet)
    things = stage.backdrop(sheet, 0.9)
    scale = subject.fit(0.66 * 2 * half, 0.66 * 2 * high)
    place = Place(0.0, subject.high * scale / 2, scale, turn=-14 + 28 * float(stage.rng.random()))
    shade = stage.sheet(-high - 0.2, high + 0.3, 0.5)
    subject.draw(shade.pen(place.x - 0.05 * stage.light.x, place.y + 0.045, scale, place.turn), stage.tones)
    flat = shade.image.getchannel("A").point([round(v * 0.5) for v in range(256)])
    shade.image.paste((0, 0, 0, 0), (0, 0, *shade.image.size))
    shade.lay(stage.light.shade, (0, 0, *shade.image.size), flat)
    shade.blur(0.014)
    return [
        *things,
        *stage.backdrop(shade, 0.95),
        *product(stage, subject, Place(place.x, place.y, scale, place.turn)),
    ]


def _title_box(width: int, height: int) -> tuple[int, int, int, int]:
    """Beside the subject in a wide frame, above it in a tall one; in pixels."""
    if width > height * 1.2:
        return round(width * SAFE), round(height * 0.20), round(width * 0.52), round(height * 0.72)
    return round(width * SAFE), round(height * 0.10), round(width * (1 - SAFE)), round(height * 0.36)

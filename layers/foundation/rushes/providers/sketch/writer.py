"""The sketch's writer: reads the prompt and drafts an ad from the library it is given, the way a copywriter on a napkin would."""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

import yaml

from rushes.providers.sketch.reading import Reading, read

Beat = Mapping[str, Any]

_FILLER = frozenset(
    ["create", "make", "produce", "film", "shoot", "show", "please", "a", "an", "the", "our", "my", "new", "this", "some", "launch", "introducing", "for", "of", "about", "second", "seconds", "sec", "secs", "minute", "minutes", "short", "long", "video", "ad", "advert", "advertisement", "commercial", "spot", "promo", "clip", "teaser", "campaign", "energetic", "luxurious", "luxury", "calm", "minimalist", "playful", "emotional", "cinematic", "beautiful", "quiet", "style", "and", "with", "in", "now"]
)
"""Words around a product's name that are no part of it."""
_CALLED = re.compile(r"\b(?:called|named)\s+[\"“']?([^\W\d_][\w’'-]*)", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:ad|advert|commercial|spot|film|video|promo|campaign|teaser)\w*\s+(?:for|of|about)\s+([^.,;:!?\n]+)",
    re.I,
)
_CLAUSE = re.compile(
    r"\s+(?:at|in|on|by|with|for|that|which|who|while|during|near|from|to|called|named)\s+", re.IGNORECASE
)


def write_ad(
    brief: Mapping[str, Any], library: Sequence[Beat], archetypes: Sequence[Mapping[str, Any]], seed: int
) -> dict[str, Any]:
    """A draft: product, audience, archetype, style, music, tagline and beats that fill `brief["duration"]` seconds.

    The same arguments give the same draft. `library` and `archetypes` are the pipeline's own data.
    """
    text = " ".join(str(brief.get(field) or "") for field in ("prompt", "description")).strip()
    text = "".join(c for c in text if c.isprintable() or c.isspace())
    reading = read(text)
    chance = random.Random(seed)
    said = phrases()
    product = product_of(text, reading)
    archetype = next(each for each in archetypes if each["id"] == said["archetypes"][reading.mood])
    words = _words(reading, product, chance)
    words["tagline"] = chance.choice(said["taglines"][reading.mood])
    tempo = said["music"][reading.mood]["tempo"]
    return {
        "product": product,
        "audience": said["audiences"][reading.mood],
        "archetype": archetype["id"],
        "style": {
            "mood": reading.mood,
            "palette": _palette(reading, chance.choice(archetype["palettes"])),
            "lighting": archetype["lighting"],
            "camera": archetype["camera"],
            "place": words["place"],
            "time_of_day": reading.time,
        },
        "music": {
            "direction": said["music"][reading.mood]["direction"],
            "mood": reading.mood,
            "tempo_bpm": chance.randrange(tempo[0], tempo[1] + 1, 2),
        },
        "tagline": words["tagline"],
        "beats": _beats(_sequence(brief["duration"], library, archetype, reading, chance), words, chance),
    }


@cache
def phrases() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("rushes.providers.sketch").joinpath("phrases.yaml").read_text(), loader)


def product_of(text: str, reading: Reading) -> str:
    """What is sold, in the client's words where they can be found: "Nike sneaker", "Noir perfume", "sourdough"."""
    called = _CALLED.search(text)
    if called:
        kind = "" if reading.subject in ("box", "scenery", "person") else f" {reading.subject}"
        return f"{called.group(1)}{kind}"
    offer = _OFFER.search(text)
    sources = [offer.group(1)] if offer else []
    for source in (*sources, re.split(r"[.,;:!?\n]", text)[0], reading.product):
        phrase = _trimmed(_CLAUSE.split(f" {source.strip()} ", maxsplit=1)[0])
        if phrase:
            return _with_kind(phrase, text, reading)
    return reading.subject if reading.subject not in ("box", "scenery", "person") else "product"


def _trimmed(phrase: str) -> str:
    """Without the filler before and after it; at most five words; empty if no letter is left."""
    words = phrase.replace("-", " ").strip(" '\"“”").split()
    while words and (words[0].lower() in _FILLER or not re.search(r"[^\W\d_]", words[0])):
        words = words[1:]
    while words and words[-1].lower() in _FILLER:
        words = words[:-1]
    return " ".join(words[:5])


def _with_kind(phrase: str, text: str, reading: Reading) -> str:
    """ "Nike" alone becomes "Nike sneaker" when the prompt says sneaker: what is drawn must be read again."""
    subject = read(phrase).subject
    if subject == reading.subject or reading.subject in ("box", "scenery", "person"):
        return phrase
    return f"{phrase} {reading.subject}" if reading.subject in text.lower() else phrase


def _words(reading: Reading, product: str, chance: random.Random) -> dict[str, str]:
    said = phrases()
    return {
        "product": f"the {product}" if product.islower() else product,
        "name": product,
        "place": chance.choice(said["places"][reading.place]),
        "light": chance.choice(said["lights"][reading.time]),
        "who": chance.choice(said["people"][reading.mood]),
    }


def _palette(reading: Reading, usual: Sequence[str]) -> list[str]:
    """The client's colours between the darkest and the lightest of the archetype's."""
    if not reading.palette:
        return list(usual)
    if len(reading.palette) >= 3:
        return list(reading.palette[:6])
    return list(dict.fromkeys([usual[0], *reading.palette, usual[-1]]))


# ---------------------------------------------------------------------- which beats, in which order


def _sequence(
    duration: int,
    library: Sequence[Beat],
    archetype: Mapping[str, Any],
    reading: Reading,
    chance: random.Random,
) -> list[tuple[Beat, int]]:
    """An opening, a closing, and between them beats whose energy climbs to a peak just before the end."""
    kinds = {kind for kind, subjects in phrases()["kinds"].items() if reading.subject in subjects}
    long = archetype["energy"] < 0.5

    def liked(beat: Beat, energy: float) -> float:
        suits = bool(kinds & set(beat["products"])) * 0.5 + ("any" in beat["products"]) * 0.3
        return (
            suits
            + (beat["id"] in archetype["beats"]) * 0.7
            - abs(beat["energy"] - energy)
            + chance.random() * 0.4
        )

    def best(position: str, energy: float, used: Sequence[str] = ()) -> Beat:
        there = [beat for beat in library if beat["position"] == position]
        fresh = [beat for beat in there if beat["id"] not in used] or [
            beat for beat in there if beat["id"] != used[-1]
        ]
        return max(fresh, key=lambda beat: liked(beat, energy))

    opening, closing = best("opening", archetype["energy"]), best("closing", archetype["energy"])
    left = duration - duration % 5 - 5 - (closing_length := 10 if long and duration >= 30 else 5)
    middle: list[tuple[Beat, int]] = []
    while left > 0:
        climb = min(1.0, archetype["energy"] * (0.6 + 0.8 * (1 - left / duration)))
        beat = best("middle", climb, [chosen["id"] for chosen, _ in middle])
        length = min(left, 10 if beat["seconds"] == 10 and (long or chance.random() < 0.4) else 5)
        middle.append((beat, length))
        left -= length
    return [(opening, 5), *middle, (closing, closing_length)]


def _beats(
    sequence: Sequence[tuple[Beat, int]], words: Mapping[str, str], chance: random.Random
) -> list[dict[str, Any]]:
    said = phrases()
    spoken = {
        part: chance.sample(said["narration"][part], len(said["narration"][part]))
        for part in said["narration"]
    }
    written = {
        part: chance.sample(said["captions"][part], len(said["captions"][part])) for part in said["captions"]
    }
    counts = {"opening": 0, "middle": 0, "closing": 0}
    beats = []
    for beat, seconds in sequence:
        part = beat["position"]
        turn = counts[part]
        counts[part] += 1
        beats.append(
            {
                "beat": beat["id"],
                "seconds": seconds,
                "action": _capital(_filled(chance.choice(said["actions"][beat["id"]]), words)) + ".",
                "narration": _filled(spoken[part][turn % len(spoken[part])], words),
                "caption": _filled(written[part][turn % len(written[part])], words),
            }
        )
    return beats


def _filled(text: str, words: Mapping[str, str]) -> str:
    return Template(text).safe_substitute(words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

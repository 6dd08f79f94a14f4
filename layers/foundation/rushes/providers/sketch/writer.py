"""The sketch's writer: drafts an ad from a prompt and the library it is given, as a copywriter on a napkin would."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from random import Random
from string import Template
from typing import Any

from rushes.providers.sketch.naming import Product, audience_of, location_of, person_of, product_of
from rushes.providers.sketch.phrasebook import Deck, agreeing, filled, goods, phrases, sentences
from rushes.providers.sketch.reading import Reading, read
from rushes.providers.sketch.sequence import LibraryBeat, sequence

ROOFED = ("interior", "office", "kitchen", "studio")
PLACELESS = ("studio", "space")
"""Places that no name on the map belongs to."""
_AT_ITS_END = re.compile(r" (?:of|over|inside|on|in) \$it$")
HEARD = 600
"""Characters of the prompt in which product and audience are looked for."""


def write_ad(
    brief: Mapping[str, Any],
    library: Sequence[LibraryBeat],
    archetypes: Sequence[Mapping[str, Any]],
    seed: int,
) -> dict[str, Any]:
    """A draft: product, audience, archetype, style, music, tagline, and beats that fill `brief["duration"]` seconds.

    `brief` holds prompt, duration and, if there are any, description, narration and captions. `library` and
    `archetypes` are the pipeline's own data. The same arguments give the same draft.
    """
    text = _clean(" ".join(str(brief.get(field) or "") for field in ("prompt", "description")))
    reading, chance = read(text), Random(f"{seed} {text}")
    product = product_of(text[:HEARD], reading)
    archetype = _archetype(archetypes, reading.mood, chance)
    said, known = phrases(), goods(reading.subject)
    deck = Deck(chance)
    scene = Scene(
        reading, product, person_of(text[:HEARD]) or _who(reading, chance), location_of(text[:HEARD]), deck
    )
    tagline = chance.choice([*known["taglines"], *known["taglines"], *said["taglines"][reading.mood]])
    music = said["music"][reading.mood]
    beats = sequence(brief["duration"], library, archetype, known["kinds"], chance)
    return {
        "product": product.name,
        "audience": audience_of(text[:HEARD]) or said["audiences"][reading.mood],
        "archetype": archetype["id"],
        "style": {
            "mood": reading.mood,
            "palette": _palette(reading.palette, chance.choice(archetype["palettes"])),
            "lighting": f"{said['lighting'][reading.time]}, {archetype['lighting']}",
            "camera": archetype["camera"],
            "place": scene.view,
            "time_of_day": reading.time,
        },
        "music": {
            "direction": chance.choice(music["directions"]),
            "mood": reading.mood,
            "tempo_bpm": chance.randrange(music["tempo"][0], music["tempo"][1] + 1, 2),
        },
        "tagline": tagline,
        "beats": _beats(beats, scene, Lines(reading, product, tagline, chance), brief),
    }


def _beats(
    beats: Sequence[tuple[LibraryBeat, int]], scene: "Scene", lines: "Lines", brief: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "beat": beat["id"],
            "seconds": seconds,
            "action": scene.action(beat["id"]),
            "narration": lines.of("narration", beat["position"]) if brief.get("narration") else None,
            "caption": lines.of("captions", beat["position"]) if brief.get("captions") else None,
        }
        for beat, seconds in beats
    ]


class Scene:
    """What can be seen: one place, one hour, one person, one product."""

    def __init__(self, reading: Reading, product: Product, who: str, location: str, deck: Deck) -> None:
        said = phrases()
        self._place = said["places"][reading.place]
        self._lights = said["lights"][reading.time]["roofed" if reading.place in ROOFED else "open"]
        self._goods = goods(reading.subject)
        self._large = reading.subject == "house"
        self._product, self._who, self._deck = product, who, deck
        view = deck.draw("view", self._place["view"])
        self.view = f"{view} in {location}" if location and reading.place not in PLACELESS else view
        self._seen = False

    def action(self, beat: str) -> str:
        """One sentence about what the beat shows."""
        pattern = self._deck.draw(beat, phrases()["actions"][beat])
        text = sentences(self._filled(pattern))
        self._seen = self._seen or "$who" in pattern
        return text if text.endswith((".", "!", "?")) else f"{text}."

    def _filled(self, pattern: str) -> str:
        names = Template(pattern).get_identifiers()
        return filled(agreeing(pattern, self._product.plural), {name: self._word(name) for name in names})

    def _word(self, name: str) -> str:
        if name == "it":
            return self._product.it
        if name == "view":
            return self.view
        if name == "who":
            return self._again() if self._seen else self._who
        if name == "ground" and self._large:
            return f"in the middle of {self.view}"
        if name == "light":
            return self._deck.draw(name, self._lights)
        if name in self._place:
            return self._deck.draw(name, self._place[name])
        if name == "other":
            return _AT_ITS_END.sub("", self._deck.draw("part", self._goods["parts"]))
        return self._filled(self._deck.draw(name, self._goods[f"{name}s"]))

    def _again(self) -> str:
        """ "a runner", once seen, is "the runner"."""
        article, _, rest = self._who.partition(" ")
        return f"the {rest}" if article in ("a", "an") else self._who


class Lines:
    """What is said and what is read: a hook, what is good about the product, and its name with the tagline."""

    def __init__(self, reading: Reading, product: Product, tagline: str, chance: Random) -> None:
        self._words = {"it": product.it, "name": product.name, "tagline": tagline}
        self._script = {
            "narration": _script(
                phrases()["narration"], goods(reading.subject)["says"], reading.mood, chance
            ),
            "captions": _script(
                phrases()["captions"], goods(reading.subject)["captions"], reading.mood, chance
            ),
        }

    def of(self, medium: str, position: str) -> str:
        """The next line of `narration` or `captions` for a beat in that position."""
        return sentences(filled(next(self._script[medium][position]), self._words))


def _script(
    said: Mapping[str, Any], own: Sequence[str], mood: str, chance: Random
) -> dict[str, Iterator[str]]:
    def shuffled(lines: Sequence[str]) -> list[str]:
        return chance.sample(lines, len(lines))

    meeting = [said["meeting"]] if chance.random() < 0.5 else []
    return {
        "opening": cycle(shuffled(said["opening"][mood])),
        "middle": cycle([*meeting, *shuffled(own), *shuffled(said["middle"])]),
        "closing": cycle(shuffled(said["closing"])),
    }


def _who(reading: Reading, chance: Random) -> str:
    return chance.choice(goods(reading.subject)["who"] or phrases()["people"][reading.mood])


def _archetype(archetypes: Sequence[Mapping[str, Any]], mood: str, chance: Random) -> Mapping[str, Any]:
    wanted = chance.choice(phrases()["archetypes"][mood])
    return next((each for each in archetypes if each["id"] == wanted), archetypes[0])


def _palette(wished: Sequence[str], usual: Sequence[str]) -> list[str]:
    """The client's colours, completed by the archetype's: its darkest before and its lightest after them."""
    if len(wished) >= 3:
        return list(wished[:6])
    return list(dict.fromkeys([usual[0], *(wished or usual[1:-1]), usual[-1], *usual]))[: max(4, len(usual))]


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()

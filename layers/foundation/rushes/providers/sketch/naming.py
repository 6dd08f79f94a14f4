"""What the client sells and for whom, in the client's own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rushes.providers.sketch.reading import Reading, read

NO_THING = frozenset(("box", "scenery", "person"))
"""Readings that do not say what kind of thing the product is."""
LONGEST = 5
"""Words of a product's name."""

_QUOTES = re.compile(r"[\"“”„«»()\[\]{}<>*]")
_MEDIUM = (
    r"(?:ads?|adverts?|advertisements?|commercials?|spots?|films?|videos?|promos?|clips?|campaigns?|teasers?|reels?|"
    r"trailers?|werbung|werbespot|werbefilm|anuncio|comercial|publicité|pub|annonce|pubblicità)"
)
_NAME = r"[\"“'‘«]?((?:[^\W\d_a-z][\w’'&.-]*)(?:\s+[^\W\d_a-z][\w’'&-]*){0,2})"
_CALLED = re.compile(
    r"([^.,;:!?\n]*?)\b(?:[Cc]alled|[Nn]amed|[Nn]amens|[Ll]lamad[oa]|[Aa]ppelée?|[Cc]hiamat[oa])\s+" + _NAME
)
_MEET = re.compile(
    r"\b(?:[Ii]ntroducing|[Mm]eet|[Pp]resenting|[Dd]iscover)\s+"
    + _NAME
    + r"\s*[,:–—-]+\s*(?:an?|the|our)\s+([^.,;:!?\n]+)"
)
_OFFERED = re.compile(
    rf"\b{_MEDIUM}\s+(?:for|of|about|featuring|showcasing|promoting|für|über|para|de|sobre|pour|sur|per)\s+([^.,;:!?\n]+)",
    re.I,
)
_SOLD = re.compile(
    r"\b(?:promote|promoting|advertise|advertising|sell|selling|showcase|showcasing|introduce|introducing|launch|launching|"
    r"presenting|featuring)\s+([^.,;:!?\n]+)",
    re.I,
)
_BEFORE = re.compile(rf"([^.,;:!?\n]+?)\s+{_MEDIUM}\b", re.I)
_STOP = re.compile(
    r"\s+(?:at|in|on|by|with|without|for|from|to|into|through|over|under|near|during|across|along|against|between|as|is|are|"
    r"was|that|which|who|where|while|when|because|so|and\s+(?:a|the|make|show)|called|named|"
    r"im|am|auf|bei|mit|und|von|aus|zum|zur|con|en|por|avec|dans|sur|et|da|nel|nella|y)\s+",
    re.I,
)
_BRAND = re.compile(r"\bfor\s+" + _NAME)
_OWNED = re.compile(r"\b(?:my|our)\s+[a-z]+[’']s\s+")
_WHERE = re.compile(r"\bin\s+((?:[A-Z][^\W\d_]+)(?:\s[A-Z][^\W\d_]+)?)")


@cache
def _known() -> dict[str, Any]:
    """`naming.yaml`: its lists as sets, and `people` as it is."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(
        files("rushes.providers.sketch").joinpath("naming.yaml").read_text(encoding="utf-8"), loader
    )
    filler = frozenset(" ".join(data["filler"].values()).split())
    lists = {name: frozenset(data[name].split()) for name in ("adjectives", "platforms", "singular")}
    return {"filler": filler, "people": data["people"], **lists}


@cache
def _platform() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?:for|on|to)\s+)?(?:{'|'.join(_known()['platforms'])}|social media)\b", re.I)


@cache
def _for_whom() -> re.Pattern[str]:
    people = "|".join(_known()["people"])
    return re.compile(rf"\bfor\s+((?:[\w-]+\s+){{0,2}}?({people}))\b(\s+who\s+[^.,;:!?\n]{{3,60}})?", re.I)


@dataclass(frozen=True)
class Product:
    name: str
    """As lettering has it: "Nike sneaker"."""

    @property
    def it(self) -> str:
        """As a sentence has it: "the Nike sneaker", but "Tesla Model 3"."""
        head = self.name.split()[-1]
        return f"the {self.name}" if head[0].islower() and head[0].isascii() else self.name

    @property
    def plural(self) -> bool:
        head = self.name.split()[-1]
        singular = head.endswith(("ss", "us", "is", "'s", "’s")) or head in _known()["singular"]
        return head[0].islower() and head.endswith("s") and not singular


def product_of(text: str, reading: Reading) -> Product:
    """What is sold: "Nike sneaker", "Noir perfume", "sourdough". A prompt that sells nothing sells its first words."""
    for phrase in _candidates(_OWNED.sub("our ", _platform().sub("", text)), reading):
        name = _trimmed(phrase)
        if name and name.split()[-1].lower() not in _known()["people"]:
            return Product(_with_kind(name, text, reading))
    return Product("product" if reading.subject in NO_THING else reading.subject)


def audience_of(text: str) -> str:
    """For whom it is: "stressed students", "people who get up early"; empty if the prompt does not say."""
    found = _for_whom().search(text)
    return " ".join(f"{found[1]}{found[3] or ''}".split()) if found else ""


def person_of(text: str) -> str:
    """Who is to be seen: "a student" for a prompt about students; empty if it speaks of nobody."""
    people = _known()["people"]
    singular = {person.split()[-1]: person for person in people.values()}
    named = people | singular
    found = re.search(rf"\b({'|'.join(sorted(named, key=len, reverse=True))})\b", text, re.I)
    return named[found[1].lower()] if found else ""


def location_of(text: str) -> str:
    """A named place: "Paris"; empty if there is none."""
    found = _WHERE.search(text)
    return found[1] if found else ""


def _candidates(text: str, reading: Reading) -> Iterator[str]:
    """Phrases that may hold the product, the surest first."""
    if called := _CALLED.search(text):
        yield f"{called[2]} {_head(called[1])}"
    if met := _MEET.search(text):
        yield f"{met[1]} {_head(met[2])}"
    yield from _OFFERED.findall(text)
    for before in _BEFORE.findall(text):
        yield _STOP.split(f" {before} ")[-1] if reading.subject in NO_THING else before
    yield from _SOLD.findall(text)
    if reading.subject in NO_THING:
        yield from _BRAND.findall(text)
    else:
        yield _with_number(reading.product, text)
    yield from re.split(r"[.,;:!?\n]", text)


def _with_number(name: str, text: str) -> str:
    """ "Tesla" goes on as "Tesla Model 3"."""
    found = re.search(rf"\b{re.escape(name)}((?:\s+(?:[A-Z0-9][\w-]*))*)", text)
    return f"{name}{found[1]}" if found else name


def _head(phrase: str) -> str:
    """The noun a phrase is about: "a smart desk lamp that follows you" → "lamp"."""
    name = _trimmed(phrase)
    return name.split()[-1] if name else ""


def _trimmed(phrase: str) -> str:
    """Up to the first preposition, without the filler round it, at most five words; empty if no letter is left."""
    phrase = re.sub(r"(?<=\d)-(?=second|sec|minute)", " ", phrase, flags=re.I)
    words = _QUOTES.sub("", _STOP.split(f" {phrase.strip()} ", maxsplit=1)[0]).split()
    while words and (words[0].lower() in _known()["filler"] or not re.search(r"[^\W\d_]", words[0])):
        words = words[1:]
    words = [word for word in words[:LONGEST] if any(c.isalnum() for c in word)]
    for at, word in enumerate(words):
        if at and word.lower().endswith("ing") and read(" ".join(words[at + 1 :])).subject in NO_THING:
            words = words[:at]
            break
    while words and words[-1].lower() in _known()["filler"]:
        words = words[:-1]
    if words and words[0].lower() in _known()["adjectives"]:
        words[0] = words[0].lower()
    return " ".join(words)[:60].strip("'’‘- ")


def _with_kind(name: str, text: str, reading: Reading) -> str:
    """ "Volta" becomes "Volta sneaker" when the prompt says sneaker: what is drawn must be read from the name."""
    if (
        reading.subject in NO_THING
        or read(name).subject == reading.subject
        or reading.subject in name.lower()
    ):
        return name
    said = re.search(rf"\b{reading.subject}\b", text, re.I)
    return f"{name} {reading.subject}" if said and len(name.split()) < LONGEST else name

"""The writer's words: `phrases.yaml` and `goods.yaml`, and how a phrase becomes a sentence."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from string import Template
from typing import Any

import yaml

_AGREEING = re.compile(r"\b(\w+)\((e?s)\)")
_SENTENCE = re.compile(r"(^|[.!?:]\s+)(\w)")


@cache
def phrases() -> dict[str, Any]:
    """`phrases.yaml`, where its parts are explained."""
    return _loaded("phrases.yaml")


@cache
def goods(subject: str) -> dict[str, Any]:
    """What `goods.yaml` knows of a subject."""
    kinds = _loaded("goods.yaml").values()
    return next((kind for kind in kinds if subject in kind["subjects"]), None) or goods("box")


class Deck:
    """Draws from lists by their names, and nothing twice before all of a list has been drawn."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._piles: dict[str, list[str]] = {}

    def draw(self, name: str, options: Sequence[str]) -> str:
        pile = self._piles.get(name) or self._chance.sample(options, len(options))
        self._piles[name] = pile[:-1]
        return pile[-1]


def agreeing(text: str, plural: bool) -> str:
    """ "land(s)" as "lands" or "land"."""
    return _AGREEING.sub(r"\1" if plural else r"\1\2", text)


def filled(text: str, words: Mapping[str, str]) -> str:
    """The words put in; the client's own dollars stay what they are."""
    return Template(text).substitute(words)


def sentences(text: str) -> str:
    """Every sentence begins with a capital."""
    return _SENTENCE.sub(lambda found: found[1] + found[2].upper(), text)


def _loaded(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("rushes.providers.sketch").joinpath(name).read_text(encoding="utf-8"), loader)

"""The five archetypes of an ad."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

DEFAULT = "energetic_lifestyle"


class Archetype(BaseModel):
    """One entry of `archetypes.yaml`, where its fields are explained."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    moods: tuple[str, ...]
    pacing: str
    energy: float
    lighting: str
    camera: str
    palettes: tuple[tuple[str, ...], ...]
    music: str
    beats: tuple[str, ...]


@cache
def archetypes() -> dict[str, Archetype]:
    """id → archetype."""
    text = files("functions.ad").joinpath("archetypes.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {entry["id"]: Archetype(**entry) for entry in yaml.load(text, loader)}


def named(archetype: str, mood: str) -> Archetype:
    """The archetype of this name, or the one the mood calls for, or the default."""
    known = archetypes()
    spelled = archetype.strip().lower().replace(" ", "_").replace("-", "_")
    if spelled in known:
        return known[spelled]
    called = (each for each in known.values() if any(word in mood.lower() for word in each.moods))
    return next(called, known[DEFAULT])

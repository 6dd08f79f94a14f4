"""A recipe: everything that determines an artifact. Reuse, payment and staleness are decided by its fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Media = Literal["text", "image", "video", "audio"]
Moment = Literal["whole", "last_frame"]


class Ingredient(BaseModel):
    """An artifact a recipe is made from, and which moment of it."""

    model_config = ConfigDict(frozen=True)

    role: str
    """What it is for: `first_frame`, `segment`, `music` …"""
    name: str
    """Under which name to find it in the production. Not part of the fingerprint: its own fingerprint is."""
    fingerprint: str
    moment: Moment = "whole"


class Recipe(BaseModel):
    """Frozen; two recipes that are equal but for their ingredients' names are the same recipe."""

    model_config = ConfigDict(frozen=True)

    media: Media
    model: str
    version: str
    """The model's version in the catalog: a new version of a model is another recipe."""
    prompt: str = ""
    parameters: dict[str, Any] = {}
    seed: int = 0
    take: int = 1
    ingredients: tuple[Ingredient, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        facts = self.model_dump(mode="json")
        for ingredient in facts["ingredients"]:
            del ingredient["name"]
        return hashlib.sha256(canonical_json(facts).encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "Recipe":
        """Without the fingerprint it remembers: a changed copy has another."""
        copied = super().model_copy(update=update, deep=deep)
        vars(copied).pop("fingerprint", None)
        return copied

    def ingredient(self, name: str, role: str, moment: Moment = "whole") -> Ingredient:
        """This recipe's result, known by `name`, as an ingredient of another recipe."""
        return Ingredient(role=role, name=name, fingerprint=self.fingerprint, moment=moment)


def canonical_json(value: Any) -> str:
    """Sorted keys, no white space, no NaN: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def seed_for(seed: int, name: str, take: int = 1) -> int:
    """A seed of its own for each artifact and take, so that no two images of one film are the same draw."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}:{take}".encode()).digest()[:4], "big") >> 1

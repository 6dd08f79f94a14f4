"""Artifacts: append-only versions of named outputs, and selections of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_serializer, model_validator

from rushes.productions.recipe import Ingredient, Media, Recipe


class Origin(BaseModel):
    """Where an artifact's bytes were first made, when they were made elsewhere and reused."""

    model_config = ConfigDict(frozen=True)

    production_id: str
    name: str
    version: int


class Made(BaseModel):
    """What a provider or our own CPU made, before it has a name and a version anywhere."""

    model_config = ConfigDict(frozen=True)

    media: Media
    ext: str
    bytes: int
    sha256: str
    facts: dict[str, Any] = {}
    """Media facts: width, height (pixels), duration (seconds, exact as a fraction's text), frames, codecs …"""
    provider: str
    model: str
    made_by: str
    """In words, for people: a sketch says that it is a sketch."""
    job_id: str | None = None
    cost_micro_usd: int = 0


class Artifact(Made):
    """One version of one name in one production. Never overwritten."""

    name: str
    version: int
    fingerprint: str
    parents: tuple[str, ...] = ()
    """Names of the artifacts it was made from."""
    stand_in: str | None = None
    """The fingerprint of the recipe it was made by, when that is not the one that was asked for."""
    edited_from: int | None = None
    """Of a document in a person's words: the version they changed."""
    origin: Origin | None = None
    ready: bool = False
    created_at: str

    @property
    def made_by_recipe(self) -> str:
        """The fingerprint of the recipe it was really made by."""
        return self.stand_in or self.fingerprint

    @property
    def is_document(self) -> bool:
        """A text that says something to our own rules: JSON, and not the likes of subtitles."""
        return self.media == "text" and self.ext == "json"

    def ingredient(self, role: str) -> Ingredient:
        """The whole of it, as an ingredient of a recipe."""
        return Ingredient(role=role, name=self.name, fingerprint=self.fingerprint)

    @property
    def file(self) -> str:
        return file_name(self.name, self.version, self.ext)


def awaited(name: str, recipe: Recipe) -> Artifact:
    """An artifact that is not there yet: only its name and fingerprint are true."""
    return Artifact(
        media=recipe.media,
        ext="",
        bytes=0,
        sha256="",
        provider="",
        model=recipe.model,
        made_by="",
        name=name,
        version=0,
        fingerprint=recipe.fingerprint,
        created_at="",
    )


class Version(BaseModel):
    """What a selection keeps of an artifact: enough to find it and its file. In the table it is `"3.png"`: a tree of
    hundreds of selections is to be one page of a query."""

    model_config = ConfigDict(frozen=True)

    version: int
    ext: str

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            version, _, ext = value.partition(".")
            return {"version": version, "ext": ext}
        return value

    @model_serializer
    def _write(self) -> str:
        return f"{self.version}.{self.ext}"


Selection = Mapping[str, Version]


def file_name(name: str, version: int, ext: str) -> str:
    return f"{name}_v{version}.{ext}"


def key_of(owner: str, production_id: str, file: str) -> str:
    """The artifact's key in the bucket."""
    return f"{production_prefix(owner, production_id)}{file}"


def production_prefix(owner: str, production_id: str) -> str:
    return f"{owner}/productions/{production_id}/"

"""The model catalog: `catalog.yaml`, or the file `RUSHES_CATALOG` names; read once."""

import datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from rushes.errors import BadRequest
from rushes.productions.recipe import Media, Recipe
from rushes.providers.port import Provider

Role = Literal["text", "image", "video", "music", "speech", "rules", "stitch", "master", "poster"]


class Price(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    usd: float
    unit: Literal["call", "image", "second", "minute"]
    source: str
    date: datetime.date


class Model(BaseModel):
    """One entry of the catalog."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    provider: str
    media: Media
    role: Role
    version: str
    lengths: tuple[int, ...] = ()
    aspect_ratios: tuple[str, ...] = ()
    first_frame: bool = False
    last_frame: bool = False
    native_audio: bool = False
    seed: bool = False
    price: Price
    seconds: float

    def recipe(self, **what: object) -> Recipe:
        """A recipe for this model: `prompt`, `parameters`, `seed`, `take`, `ingredients` as in `Recipe`."""
        return Recipe.model_validate({"media": self.media, "model": self.id, "version": self.version, **what})


class Catalog:
    """The models, and where their providers' adapters are (`module:class`)."""

    def __init__(self, models: tuple[Model, ...], providers: dict[str, str]) -> None:
        self._models = {model.id: model for model in models}
        self._providers = providers

    def all(self) -> tuple[Model, ...]:
        return tuple(self._models.values())

    def get(self, model_id: str) -> Model:
        """Raises `BadRequest` for a model nobody knows."""
        if model_id not in self._models:
            raise BadRequest(
                f"there is no model {model_id!r}; GET /v1/models lists them", field="model", model=model_id
            )
        return self._models[model_id]

    def first(self, role: Role) -> Model:
        """The first entry for a role is its default."""
        return next(model for model in self._models.values() if model.role == role)

    def settle(self, video: str | None) -> dict[str, str]:
        """Role → model id for a new production; `video` is the model asked for by name.

        Raises `BadRequest` for a model that is unknown or does not make video.
        """
        roles: tuple[Role, ...] = (
            "text",
            "image",
            "video",
            "music",
            "speech",
            "rules",
            "stitch",
            "master",
            "poster",
        )
        settled = {role: self.first(role).id for role in roles}
        if video is not None:
            model = self.get(video)
            if model.role != "video":
                raise BadRequest(f"{video} makes {model.media}, not video", field="model", model=video)
            settled["video"] = model.id
        return settled

    def provider_of(self, model_id: str) -> str:
        return self.get(model_id).provider

    def provider(self, name: str) -> Provider:
        """The adapter, imported only now: a cold start does not need what it does not call."""
        module, _, adapter = self._providers[name].partition(":")
        return getattr(import_module(module), adapter)()


@cache
def catalog(file: str | None = None) -> Catalog:
    """The catalog Rushes comes with, or another file of the same form."""
    source = Path(file) if file else files("rushes.providers").joinpath("catalog.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    known = yaml.load(source.read_text(), loader)
    return Catalog(tuple(Model(**entry) for entry in known["models"]), known["providers"])

"""The model catalog: `catalog.yaml`, or the file `RUSHES_CATALOG` names, and what the settings make available."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ConfigDict

from rushes.errors import BadRequest, NotFound, Unavailable
from rushes.providers.account import Account, host_of
from rushes.providers.models import Model, Role

Setting = Callable[[str], str | None]
"""A setting's name → its value: `OPENAI_API_KEY` …"""


class ProviderEntry(BaseModel):
    """One provider of the catalog."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    adapter: str
    """`module:class`, imported when it is first needed."""
    key: str | None = None
    """The setting that holds its key. A provider without one is free, and on our own CPU."""
    base_url: str = ""
    base_url_setting: str | None = None
    webhook_secret: str | None = None
    """The setting that holds the secret its webhooks are signed with."""
    output_hosts: tuple[str, ...] = ()


class Entries(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    providers: dict[str, ProviderEntry]
    models: tuple[Model, ...]


class Catalog:
    """The entries, with the settings that say which of them can be had."""

    def __init__(self, entries: Entries, setting: Setting) -> None:
        self._models = {model.id: model for model in entries.models}
        self._providers = entries.providers
        self._setting = setting

    # ------------------------------------------------------------------ models

    def all(self) -> tuple[Model, ...]:
        return tuple(self._models.values())

    def get(self, model_id: str) -> Model:
        """Raises `BadRequest` for a model nobody knows."""
        if model_id not in self._models:
            raise BadRequest(
                f"there is no model {model_id!r}; GET /v1/models lists them", field="model", model=model_id
            )
        return self._models[model_id]

    def available(self, model: Model) -> bool:
        entry = self._providers.get(model.provider)
        has_key = entry is None or entry.key is None or bool(self._setting(entry.key))
        return has_key and all(map(_installed, model.needs))

    def paid(self, model: Model) -> bool:
        """Whether asking twice may cost twice."""
        entry = self._providers.get(model.provider)
        return entry is not None and entry.key is not None

    def tells(self, model: Model) -> bool:
        """Whether its jobs run elsewhere, and a webhook tells of their end."""
        entry = self._providers.get(model.provider)
        return entry is not None and entry.webhook_secret is not None

    def fallbacks(self, model: Model) -> Iterator[Model]:
        """The models to try when this one cannot be had, one after the other."""
        seen = {model.id}
        while model.fallback and model.fallback not in seen:
            seen.add(model.fallback)
            model = self.get(model.fallback)
            if self.available(model):
                yield model

    def free(self, role: Role) -> Model:
        """The model of this role that costs nothing, and is there wherever we are."""
        return next(m for m in self._models.values() if m.role == role and m.free and not m.needs)

    def settle(self, wanted: Mapping[str, str], roles: Iterable[str] = get_args(Role)) -> dict[str, str]:
        """Role → model id for a new production: what was asked for, otherwise the first that can be had.

        Raises `BadRequest` for a model that is unknown or of another role, `Unavailable` for one without a key.
        """
        chosen: dict[str, str] = {
            role: next(m.id for m in self._models.values() if m.role == role and self.available(m))
            for role in roles
            if role != "fit"  # there is one for each medium, and nothing to choose
        }
        for role, model_id in wanted.items():
            model = self.get(model_id)
            if model.role != role:
                raise BadRequest(
                    f"{model_id} is a model for {model.role}, not for {role}", field="model", model=model_id
                )
            self.require(model)
            chosen[role] = model_id
        return chosen

    def require(self, model: Model) -> None:
        """Raises `Unavailable` when its provider has no key."""
        if not self.available(model):
            key = self._providers[model.provider].key
            if key is None:
                raise Unavailable(
                    f"{model.id} needs {' and '.join(model.needs)}: uv pip install 'rushes[lectures]'",
                    field="model",
                    model=model.id,
                )
            raise Unavailable(
                f"{model.id} needs a key: set {key}, or choose a model that GET /v1/models calls available",
                field="model",
                model=model.id,
            )

    # ------------------------------------------------------------------ providers

    def providers(self) -> dict[str, ProviderEntry]:
        return dict(self._providers)

    def account(self, name: str) -> Account:
        """Raises `Unavailable` when there is no key, `NotFound` for a provider nobody knows."""
        entry = self._providers.get(name)
        if entry is None or entry.key is None:
            raise NotFound(f"there is no provider {name!r} that has an account", provider=name)
        key = self._setting(entry.key)
        if not key:
            raise Unavailable(f"{entry.title} has no key: set {entry.key}", provider=name)
        configured = self._setting(entry.base_url_setting) if entry.base_url_setting else None
        return Account(
            name=name,
            title=entry.title,
            base_url=configured or entry.base_url,
            key=key,
            webhook_secret=self._setting(entry.webhook_secret) if entry.webhook_secret else None,
            output_hosts=entry.output_hosts,
            configured_host=host_of(configured) if configured else None,
        )

    def provider(self, name: str) -> Any:
        """The adapter: a `Provider`, or a `PaidProvider` where an account is needed. Raises `Unavailable`."""
        entry = self._providers[name]
        return _adapter(entry.adapter, self.account(name) if entry.key else None)


@cache
def _installed(module: str) -> bool:
    return find_spec(module) is not None


@cache
def _adapter(adapter: str, account: Account | None) -> Any:
    """Imported only now: a cold start does not need what it does not call. Another key makes another adapter."""
    module, _, name = adapter.partition(":")
    made = getattr(import_module(module), name)
    return made(account) if account else made()


@cache
def entries(file: str | None = None) -> Entries:
    """The catalog Rushes comes with, or another file of the same form; read once."""
    source = Path(file) if file else files("rushes.providers").joinpath("catalog.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Entries(**yaml.load(source.read_text(), loader))

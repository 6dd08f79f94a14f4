"""A phase is recipes plus assembly: two pure functions over a brief."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Protocol

from rushes.productions.artifact import Artifact, Version
from rushes.productions.recipe import Recipe
from rushes.providers.models import Model


@dataclass(frozen=True)
class Item:
    """A recipe and the name its result will have."""

    name: str
    recipe: Recipe


Chain = tuple[Item, ...]
"""Rendered one after the other."""
Stage = tuple[Chain, ...]
"""Chains that know nothing of each other: rendered side by side. Stages are rendered in order."""


@dataclass(frozen=True)
class Brief:
    """All that a phase may look at."""

    request: Mapping[str, Any]
    seed: int
    models: Mapping[str, Model]
    """Role (`text`, `image`, `video`, `music`, `speech`) → the model settled for this production."""
    artifacts: Mapping[str, Artifact] = field(default_factory=dict)
    """The selection of the checkpoint before: a phase never looks for "the latest file"."""
    documents: Mapping[str, Any] = field(default_factory=dict)
    """The contents of those of its `reads` that are there: JSON values."""


@dataclass(frozen=True)
class Document:
    """A document a phase itself writes when it assembles; its recipe says from what."""

    name: str
    recipe: Recipe
    content: Any
    edited_from: int | None = None
    """The version a person changed to make it say this; None when the phase wrote it."""
    ext: str = "json"
    """Of JSON the content is any value; of another kind of text, the text."""


@dataclass(frozen=True)
class Assembly:
    """What a phase leaves: the names it keeps of the selection before, and documents of its own."""

    keeps: frozenset[str]
    documents: tuple[Document, ...] = ()


class Phase(Protocol):
    """A phase decides, purely: it imports no vendor and reads no clock."""

    name: str
    reads: tuple[str, ...]
    """Documents it wants to read, from the selection or among what it had made: names, or patterns like `words_*`."""

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        """What must be made, in which order."""
        ...

    def assemble(self, brief: Brief) -> Assembly:
        """`brief` now also holds what was made, under its names."""
        ...


def read_by(phase: Phase, names: Iterable[str]) -> list[str]:
    """Those of the names that the phase wants to read."""
    return [name for name in names if any(fnmatchcase(name, pattern) for pattern in phase.reads)]


def items_of(stages: tuple[Stage, ...]) -> list[Item]:
    return [item for stage in stages for chain in stage for item in chain]


def selection_of(artifacts: Mapping[str, Artifact]) -> dict[str, Version]:
    return {name: Version(version=a.version, ext=a.ext) for name, a in artifacts.items()}

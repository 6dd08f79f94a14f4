"""The port to whoever makes artifacts. Submit, then either it is finished at once, or a job runs somewhere else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from rushes.productions.recipe import Moment, Recipe


class Source(Protocol):
    """An ingredient's file, for a provider that wants a path here or a link it can fetch."""

    @property
    def role(self) -> str: ...

    @property
    def moment(self) -> Moment: ...

    def path(self) -> Path:
        """The file here, at the moment asked for: a last frame is a PNG."""
        ...


@dataclass(frozen=True)
class Job:
    """A recipe with its ingredients at hand. `folder` is scratch space that is gone afterwards."""

    recipe: Recipe
    sources: Sequence[Source]
    folder: Path

    def source(self, role: str) -> Source | None:
        return next((source for source in self.sources if source.role == role), None)

    def path(self, role: str) -> Path | None:
        """The file of the first ingredient of this role, if the recipe has one."""
        source = self.source(role)
        return source.path() if source else None


@dataclass(frozen=True)
class Finished:
    """The file that was made."""

    path: Path
    made_by: str
    """In words, for people."""
    facts: dict[str, Any] = field(default_factory=dict)
    cost_micro_usd: int = 0
    job_id: str | None = None


@dataclass(frozen=True)
class Accepted:
    """A job that runs elsewhere; its end is told later."""

    job_id: str


class Provider(Protocol):
    """Errors: `Refused` will fail again, `Transient` may pass."""

    name: str

    def submit(self, job: Job) -> Finished | Accepted: ...

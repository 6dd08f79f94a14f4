"""The port to whoever makes artifacts.

A `Provider` on our own CPU is finished at once and may be asked again. A `PaidProvider` is asked once for each intent:
it answers `Finished`, or `Accepted` when a job runs elsewhere, whose end comes as a `Report`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from rushes.errors import BadRequest
from rushes.productions.recipe import Moment, Recipe
from rushes.providers.models import Model


class Source(Protocol):
    """An ingredient's file."""

    @property
    def role(self) -> str: ...

    @property
    def moment(self) -> Moment: ...

    def path(self) -> Path:
        """The file here, at the moment asked for: a last frame is a PNG."""
        ...

    def url(self) -> str:
        """An address of the whole file that works for an hour, for whoever has it."""
        ...


@dataclass(frozen=True)
class Job:
    """A recipe with its ingredients at hand. `folder` is scratch space that is gone afterwards."""

    recipe: Recipe
    sources: Sequence[Source]
    folder: Path
    model: Model
    ask_id: str = ""
    """Opaque; names this one request to a paid provider, wherever the provider can keep a name."""
    webhook: str | None = None
    """Where the provider is to tell of the job's end; None when nobody outside can call us."""

    def source(self, role: str) -> Source | None:
        return next((source for source in self.sources if source.role == role), None)

    def path(self, role: str) -> Path | None:
        """The file of the first ingredient of this role, if the recipe has one."""
        source = self.source(role)
        return source.path() if source else None

    def needed(self, role: str) -> Path:
        """The same, of a recipe that cannot do without. Raises `BadRequest`."""
        path = self.path(role)
        if path is None:
            raise BadRequest(f"{self.recipe.model} needs a {role}")
        return path


@dataclass(frozen=True)
class Finished:
    """The file that was made."""

    path: Path
    made_by: str
    """In words, for people."""
    facts: dict[str, Any] = field(default_factory=dict)
    cost_micro_usd: int | None = None
    """What the provider says it cost; None where the catalog's price holds."""
    job_id: str | None = None


@dataclass(frozen=True)
class Accepted:
    """A job that runs elsewhere; its end is told later."""

    job_id: str


@dataclass(frozen=True)
class Report:
    """What a provider says of a job. `body` is its own JSON, without what nobody needs: enough for `collect`."""

    job_id: str
    status: Literal["running", "succeeded", "failed"]
    body: dict[str, Any]


class Provider(Protocol):
    """On our own CPU: free, and asking twice does no harm.

    Errors: `Refused` will fail again, `Transient` may pass.
    """

    name: str

    def submit(self, job: Job) -> Finished | Accepted: ...


class PaidProvider(Provider, Protocol):
    """`submit` makes exactly one request that can cost money, without any retry of its own. Its errors say what
    became of it:

    `Transient`    not accepted, may be asked again, after `retry_after` seconds (429, 503, no connection)
    `Unavailable`  not accepted: key, credit or model is missing (401, 402, 403, 404)
    `Refused`      not accepted: bad input (400, 422)
    `AnswerLost`   nobody knows: sent, and no whole and sensible answer came (time-out, reset, 500, 502, 504, no JSON)
    `Declined`, `Spoiled`   accepted and billed, and there is nothing to show for it
    """

    def find(self, job: Job, since: str) -> Report | None:
        """The job that a request with a lost answer started, asked for at `since` (ISO 8601) or later; None when there
        is surely none. `job` has no sources. Raises `AnswerLost` when the provider cannot tell, `Transient` when it
        does not answer."""
        ...

    def look(self, job_id: str) -> Report:
        """Raises `Transient`; `Spoiled` when the provider does not know the job any more."""
        ...

    def report(self, body: dict[str, Any]) -> Report:
        """A job's own JSON, from a webhook. Raises `BadRequest` when it is none."""
        ...

    def collect(self, report: Report, job: Job) -> Finished:
        """Fetches what a succeeded job made, or raises what a failed one ended with.

        Raises `Spoiled` (billed, and there is no usable file), `Transient` (the download broke off; try again),
        `Refused` (the job failed for good: moderation, bad input), `Unavailable` or `Transient` (the job failed, and
        may be asked for again)."""
        ...

    def cancel(self, job_id: str) -> Report:
        """Stops the job if it still can be; answers what it is now. Raises `Transient`."""
        ...

    def news(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The JSON of a webhook whose signature and age are right, without what nobody needs. Raises `Forged`."""
        ...

    def check(self) -> None:
        """One cheap request with our key. Raises `Unavailable` (the key is not accepted), `Transient` (not reached)."""
        ...

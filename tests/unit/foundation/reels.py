"""A studio for whole trees of checkpoints: the ad's own phases, a director who leads them, and an artist whose files
tell what they are made from."""

from collections.abc import Mapping
from typing import Any

from functions.pipelines import amending
from rushes.aws.settings import Settings
from rushes.errors import Refused
from rushes.productions.artifact import Artifact
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.services import Services
from rushes.studio.adopting import Elsewhere, adopted, merged
from rushes.studio.changes import Wishes, regenerated, replaced, rewritten
from rushes.studio.edits import Edited, Want
from rushes.studio.review import Continued
from tests.conftest import Clock
from tests.fakes.director import Director
from tests.fakes.engine import FakeCallbacks, FakeExecutions
from tests.fakes.marked import Marked
from tests.fakes.shelf import ShelfBucket, ShelfTable
from tests.unit.foundation.conftest import FakeFunctions

QUICK, BILLED = "tests/fakes/quick.yaml", "tests/fakes/billed.yaml"
PHASES = ("plan", "storyboard", "chunks", "refine")

Rows = dict[tuple[str, str], Any]


def studio(artist: Any, catalog: str = BILLED) -> Services:
    """Services in memory, with this artist behind every model of a catalog."""
    settings = Settings(table="shelf", bucket="shelf", state_machines={"ad": "arn:fake"}, catalog=catalog)
    made = Services(settings, _no_client, Clock())
    made.__dict__.update(
        table=ShelfTable(),
        bucket=ShelfBucket(),
        callbacks=FakeCallbacks(),
        executions=FakeExecutions(),
        functions=FakeFunctions(),
        setting=lambda name: "a key",
    )
    made.catalog.provider = lambda name: artist  # type: ignore[method-assign]
    return made


def _no_client(service: str) -> Any:
    raise AssertionError(f"nobody calls {service} here")


class Reel:
    """One production of the ad pipeline: where it stands, and what was made for it since somebody last asked."""

    def __init__(self, catalog: str = BILLED, run: bool = True, **request: Any) -> None:
        self.marked = Marked()
        self.services = studio(self.marked, catalog)
        self.director = Director(self.services)
        self.id = self.director.begin(**request)
        if run:
            self.director.run()
        self._seen = 0

    # ------------------------------------------------------------------ looking

    @property
    def production(self) -> Production:
        return self.director.production(self.id)

    def at(self, phase: str, branch: str = "main") -> Checkpoint:
        return self.director.checkpoint(self.id, branch, phase)

    def version(self, name: str, phase: str, branch: str = "main") -> int:
        return self.at(phase, branch).selection[name].version

    def artifact(self, name: str, phase: str, branch: str = "main") -> Artifact:
        version = self.version(name, phase, branch)
        return self.services.productions.artifact(self.production, name, version)

    def made(self) -> list[str]:
        """Names of what was made since the last look, sorted. What a text was imagined to be is not among it."""
        names = self._names()
        fresh, self._seen = self.marked.made[self._seen :], len(self.marked.made)
        return sorted(names[recipe.fingerprint] for recipe in fresh if recipe.fingerprint in names)

    def _names(self) -> Mapping[str, str]:
        artifacts = self.services.productions.artifacts(self.production)
        return {artifact.made_by_recipe: artifact.name for artifact in artifacts}

    def events(self, type: str) -> list[dict[str, Any]]:
        found = self.services.productions.events(self.production, 0)
        return [event.data for event in found if event.type == type]

    def parked(self) -> set[str]:
        """Executions that wait for a person."""
        return set(self.director.parked)

    # ------------------------------------------------------------------ doing

    def go_on(self, phase: str, branch: str = "main", **wish: Any) -> Continued:
        return self.director.go_on(self.id, self.at(phase, branch).id, **wish)

    def go_to(self, phase: str, branch: str = "main") -> None:
        """Approves whatever `branch` comes to until it waits at `phase`."""
        while (line := self.production.branch(branch)).phase != phase:
            self.go_on(line.phase, branch)

    def to_the_end(self, branch: str = "main") -> None:
        while (line := self.production.branch(branch)).live:
            self.go_on(line.phase, branch)

    def edit(self, phase: str, want: Want, branch: str = "main", **how: Any) -> Edited:
        return self.director.edit(self.id, self.at(phase, branch).id, want, **how)

    def regenerate(self, phase: str, name: str, branch: str = "main", **wishes: Any) -> Edited:
        return self.edit(phase, regenerated(name, Wishes(**wishes)), branch)

    def adopt(
        self, phase: str, name: str, elsewhere: Elsewhere, branch: str = "main", from_name: str | None = None
    ) -> Edited:
        return self.edit(phase, adopted(name, elsewhere, from_name), branch)

    def merge(
        self, phase: str, elsewhere: Elsewhere, names: list[str] | None = None, branch: str = "main"
    ) -> Edited:
        return self.edit(phase, merged(elsewhere, names), branch)

    def replace(self, phase: str, name: str, artifact: Artifact, branch: str = "main") -> Edited:
        return self.edit(phase, replaced(name, lambda scene: artifact), branch)

    def rewrite(self, changes: dict[str, Any], branch: str = "main", **how: Any) -> Edited:
        return self.edit("plan", rewriting(changes), branch, **how)


def rewriting(changes: dict[str, Any]) -> Want:
    """The spec, changed as a client asks for it."""
    amend = amending("ad", "spec")
    return rewritten("spec", lambda content, brief: amend(content, changes, brief))


def table(services: Services) -> Rows:
    """Every row there is."""
    return dict(services.table.rows)


# ---------------------------------------------------------------------- what goes wrong, and what must not


def declines(recipe: Recipe) -> None:
    raise Refused("the model does not want to")


def declines_films(recipe: Recipe) -> None:
    if recipe.media == "video":
        declines(recipe)


def nothing(recipe: Recipe) -> None:
    """Everything is made."""


def every_execution_is_accounted_for(reel: Reel) -> None:
    """It has ended, was stopped, or is the cursor of a branch that waits for somebody."""
    reel.director.run()
    production = reel.production
    cursors = {production.execution_name(name) for name, b in production.branches.items() if b.live}
    cursors |= {production.execution_name(edit) for edit in production.edits}
    executions = reel.services.executions
    for name in executions.started:
        assert name in reel.director.ended or name in executions.dead or name in cursors, name
    assert reel.parked() <= cursors

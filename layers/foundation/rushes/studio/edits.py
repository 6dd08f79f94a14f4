"""Edits: the phase of a checkpoint is run again with overrides, and what has not changed is reused for free.

An edit is looked at first, whoever asks: which recipes would differ, and what making them costs. A preview ends there.
Doing it writes the next revision and starts a cursor that makes it; where everything is there already, it is ready at
once. The checkpoint's own branch, its execution and every revision before stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rushes.errors import Conflict, NotFound
from rushes.phase import Phase
from rushes.productions.artifact import Artifact
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.production import Edit, Production
from rushes.productions.recipe import Recipe
from rushes.productions.revision import Override, Revision, Written
from rushes.providers.models import Estimate
from rushes.records.productions import save_checkpoint, save_production, save_revision
from rushes.services import Services
from rushes.studio.briefing import Ground, Run, edited, left_by
from rushes.studio.cursor import start
from rushes.studio.estimate import (
    ItemEstimate,
    ProductionEstimate,
    estimate_after,
    estimate_of,
    total,
)
from rushes.studio.repeating import repeated
from rushes.studio.review import Seen
from rushes.studio.revising import edited_event, finishing


class Unchanged(Conflict):
    """What was asked for is what is there."""

    code = "UNCHANGED"


@dataclass(frozen=True)
class Scene:
    """A checkpoint to be edited, as its newest revision that did not fail stands."""

    services: Services
    production: Production
    checkpoint: Checkpoint
    revision: Revision
    ground: Ground
    run: Run
    preview: bool
    """Nothing may be written for it."""

    @property
    def names(self) -> list[str]:
        return sorted(self.checkpoint.selection)

    def artifact(self, name: str) -> Artifact:
        """The checkpoint's artifact of this name. Raises `NotFound`."""
        chosen = self.checkpoint.selection.get(name)
        if chosen is None:
            raise NotFound(
                f"this checkpoint has no {name}; it has {', '.join(self.names)}", name=name, names=self.names
            )
        return self.ground.versions[name, chosen.version]


@dataclass(frozen=True)
class Change:
    """What an edit is about."""

    what: str
    names: tuple[str, ...]
    overrides: Mapping[str, Override]
    recipes: tuple[Recipe, ...] = ()
    """Those that overrides refer to, and that the production does not know yet."""
    drops: frozenset[str] = field(default_factory=frozenset)
    """Overrides of before that end with it."""


Want = Callable[[Scene], Change]


@dataclass(frozen=True)
class Edited:
    """What an edit does, or would do. Money in micro-dollars, time in seconds."""

    checkpoint: Checkpoint
    what: str
    names: tuple[str, ...]
    stale: tuple[str, ...]
    """Names whose artifact changes at this checkpoint."""
    reused: tuple[str, ...]
    """Names of the checkpoint that stay as they are."""
    items: tuple[ItemEstimate, ...]
    money: Estimate
    seconds: float
    later: ProductionEstimate
    """What going on from it to the end would make."""
    status: Literal["preview", "pending", "ready"] = "preview"
    revision: int | None = None


def edit(
    services: Services,
    owner: str,
    production_id: str,
    checkpoint_id: str,
    phases: Sequence[Phase],
    want: Want,
    *,
    changes: int | None = None,
    preview: bool = False,
) -> Edited:
    """Edits a checkpoint, or says what that would do. `changes` is its version that was looked at, if anybody said so.

    Raises `NotFound`; `Conflict` when somebody else changed it first, `Unchanged`, `BadRequest` for what breaks a rule,
    `IllegalMove` when the production was cancelled. Nothing is changed then.
    """
    seen = Seen(services, owner, production_id, checkpoint_id, changes)

    def step() -> Edited:
        production, checkpoint = seen.look()
        production.check_editable()
        scene = _scene(services, production, checkpoint, phases, preview)
        change = want(scene)
        before = {name: o for name, o in scene.revision.overrides.items() if name not in change.drops}
        overrides = {**before, **change.overrides}
        run = scene.ground.run(overrides, change.recipes)
        looked = _looked_at(scene, change, run, phases)
        return looked if preview else _done(scene, change, overrides, run, looked)

    return repeated(step)


def outlook(
    services: Services,
    owner: str,
    production_id: str,
    checkpoint_id: str,
    phases: Sequence[Phase],
    revision: int | None = None,
) -> ProductionEstimate:
    """What going on from a checkpoint to the end would make and cost. Raises `NotFound`; nothing is changed."""
    production = services.productions.load(owner, production_id)
    checkpoint = services.productions.checkpoint(production, checkpoint_id)
    number = revision or checkpoint.revision
    overrides = services.productions.revision(production, checkpoint_id, number).overrides
    phase, following = _from(phases, checkpoint.phase)
    run = Ground(services, production, phase, checkpoint.base).run(overrides)
    return estimate_after(services, production, run, following)


def _from(phases: Sequence[Phase], name: str) -> tuple[Phase, Sequence[Phase]]:
    """The phase of this name, and those that follow it."""
    at = [phase.name for phase in phases].index(name)
    return phases[at], phases[at + 1 :]


def _scene(
    services: Services,
    production: Production,
    checkpoint: Checkpoint,
    phases: Sequence[Phase],
    preview: bool,
) -> Scene:
    revisions = services.productions.revisions(production, checkpoint.id)
    revision = next(each for each in reversed(revisions) if each.status != "failed")
    phase, _ = _from(phases, checkpoint.phase)
    ground = Ground(services, production, phase, checkpoint.base)
    return Scene(services, production, checkpoint, revision, ground, ground.run(revision.overrides), preview)


# ---------------------------------------------------------------------- what it would do


def _looked_at(scene: Scene, change: Change, run: Run, phases: Sequence[Phase]) -> Edited:
    before, after = _fingerprints(scene.run), _fingerprints(run)
    stale = {name for name, fingerprint in after.items() if before.get(name) != fingerprint}
    documents = [name for name in scene.names if name not in after]
    if any(run.own.get(name) == "text" for name in stale):
        stale |= set(documents)  # the phase writes them from what its model wrote
    stale |= {name for name in documents if name in before}  # no longer in a person's words
    if not stale:
        raise Unchanged(
            f"nothing would change: that is how {', '.join(change.names) or 'everything'} is already",
            names=list(change.names),
        )
    estimated = estimate_of(scene.services, scene.production, run)
    _, following = _from(phases, run.phase.name)
    return Edited(
        checkpoint=scene.checkpoint,
        what=change.what,
        names=change.names,
        stale=tuple(sorted(stale)),
        reused=tuple(name for name in scene.names if name not in stale),
        items=tuple(item for item in estimated.items if item.name in stale),
        money=total([item.money for item in estimated.items if item.name in stale]),
        seconds=estimated.seconds,
        later=estimate_after(scene.services, scene.production, run, following),
    )


def _fingerprints(run: Run) -> dict[str, str]:
    """Of all that is known before anything is made: not of what the phase will write from texts that are not there."""
    inputs = {name: artifact.fingerprint for name, artifact in run.brief.artifacts.items()}
    given = {name: artifact.fingerprint for name, artifact in run.given.items()}
    made = {item.name: item.recipe.fingerprint for item in run.items}
    by_hand = {
        name: edited(run.brief, name, override).recipe.fingerprint
        for name, override in run.overrides.items()
        if isinstance(override, Written)
    }
    return {**inputs, **made, **given, **by_hand}


# ---------------------------------------------------------------------- doing it


def _done(
    scene: Scene, change: Change, overrides: Mapping[str, Override], run: Run, looked: Edited
) -> Edited:
    services, production = scene.services, scene.production
    services.productions.remember_recipes(production, change.recipes)
    begun = scene.checkpoint.begin_edit()
    revision = Revision(
        checkpoint_id=begun.id,
        number=begun.revisions,
        based_on=scene.revision.number,
        what=change.what,
        names=change.names,
        overrides=dict(overrides),
        created_at=services.now(),
    )
    if all(map(run.found, run.items)):
        left = left_by(services, production, run)
        changes, event, checkpoint = finishing(services, production, begun, revision, left, new=True)
        services.productions.commit(production, [save_production(production), *changes], [event])
        return _told(looked, checkpoint, revision.number, "ready")
    cursor = Edit(checkpoint_id=begun.id, branch=begun.branch, phase=begun.phase, revision=revision.number)
    moved = production.begin_edit(cursor)
    begins = [
        save_production(moved),
        save_checkpoint(production, begun),
        save_revision(production, revision, new=True),
    ]
    services.productions.commit(production, begins, [edited_event(begun, revision)])
    start(services, moved, cursor.id)
    return _told(looked, begun, revision.number, "pending")


def _told(
    looked: Edited, checkpoint: Checkpoint, revision: int, status: Literal["pending", "ready"]
) -> Edited:
    return replace(looked, checkpoint=checkpoint, revision=revision, status=status)

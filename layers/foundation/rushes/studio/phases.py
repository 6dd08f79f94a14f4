"""A phase is run: its recipes are asked for and remembered, and what was made becomes a checkpoint, or a revision."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from rushes.phase import Item, Phase
from rushes.productions.checkpoint import Base, Checkpoint
from rushes.productions.events import Event
from rushes.productions.production import Production
from rushes.productions.progress import progress
from rushes.productions.revision import Revision
from rushes.productions.work import WorkItem, ready_item, told
from rushes.records.productions import save_checkpoint, save_production, save_revision, save_work
from rushes.records.rows import Change
from rushes.services import Services
from rushes.studio.briefing import Ground, Left, Run, left_by
from rushes.studio.cursor import status_event
from rushes.studio.inheriting import inherit
from rushes.studio.overriding import Overrides
from rushes.studio.repeating import repeated
from rushes.studio.revising import revised


class Cursor(BaseModel):
    """Where an execution stands: at a phase of a branch, or at an edit of a checkpoint."""

    model_config = ConfigDict(frozen=True)

    owner: str
    production_id: str
    branch: str
    edit: str | None = None
    execution: str

    @property
    def line(self) -> str:
        return self.edit or self.branch


def ask_recipes(services: Services, phase: Phase, cursor: Cursor) -> dict[str, Any]:
    """Enters the phase and answers the workflow with what is still to be made: stages of chains of recipes."""
    return repeated(lambda: _ask_recipes(services, phase, cursor))


def _ask_recipes(services: Services, phase: Phase, cursor: Cursor) -> dict[str, Any]:
    production = _at(services, cursor)
    base, overrides = _begins_with(services, production, cursor)
    run = Ground(services, production, phase, base).run(overrides)
    work = _work(services, production, cursor, run)
    services.productions.remember_recipes(production, [item.recipe for item in run.items])
    services.productions.remember_work(production, list(work.values()))
    changes: list[Change] = []
    events = []
    if cursor.edit is None:
        inherit(services, production, production.branch(cursor.branch), run.brief.artifacts)
        moved = production.enter(cursor.branch, phase.name, cursor.execution, services.now())
        changes.append(save_production(moved))
        if moved.status != production.status:
            events.append(status_event(moved))
        told = {
            "branch": cursor.branch,
            "phase": phase.name,
            "items": [{"name": name, "media": w.media, "state": w.state} for name, w in work.items()],
        }
        events.append(Event(type="phase.started", data=told))
        production = moved
    if work:
        events.append(progress(production, cursor.line, work, services.now()))
    services.productions.commit(production, changes, events)
    return {"stages": _missing(services, run)}


def assemble(services: Services, phase: Phase, cursor: Cursor) -> dict[str, Any]:
    """Turns what was made into a checkpoint, or a revision of one, once: asking again answers with the same one."""
    return {"checkpoint_id": repeated(lambda: _assemble(services, phase, cursor))}


def _assemble(services: Services, phase: Phase, cursor: Cursor) -> str:
    production = _at(services, cursor)
    base, overrides = _begins_with(services, production, cursor)
    run = Ground(services, production, phase, base).run(overrides)
    left = left_by(services, production, run)
    if cursor.edit:
        edit = production.edits[cursor.edit]
        revised(services, production, edit, left)
        return edit.checkpoint_id
    checkpoint = Checkpoint(
        id=Checkpoint.id_for(production.id, cursor.branch, phase.name),
        production_id=production.id,
        branch=cursor.branch,
        phase=phase.name,
        base=base,
        selection=left.selection,
        created_at=services.now(),
    )
    if production.branch(cursor.branch).checkpoint_id != checkpoint.id:
        _keep(services, production, checkpoint, left)
    return checkpoint.id


def _at(services: Services, cursor: Cursor) -> Production:
    """Raises `IllegalMove` when the cursor is another's by now."""
    production = services.productions.load(cursor.owner, cursor.production_id)
    production.check_cursor(cursor.line, cursor.execution)
    return production


def _begins_with(services: Services, production: Production, cursor: Cursor) -> tuple[Base | None, Overrides]:
    """An edit of a checkpoint begins where its phase began."""
    if cursor.edit is None:
        return production.branch(cursor.branch).base, {}
    edit = production.edits[cursor.edit]
    checkpoint = services.productions.checkpoint(production, edit.checkpoint_id)
    revision = services.productions.revision(production, edit.checkpoint_id, edit.revision)
    return checkpoint.base, revision.overrides


def _keep(services: Services, production: Production, checkpoint: Checkpoint, left: Left) -> None:
    moved = production.assembled(checkpoint.branch, checkpoint.id)
    first = Revision(
        checkpoint_id=checkpoint.id,
        number=1,
        what=f"{checkpoint.phase} as it was made",
        created_at=checkpoint.created_at,
    ).ready(checkpoint.selection)
    work = [ready_item(checkpoint.branch, checkpoint.phase, document) for document in left.documents]
    events = [Event(type="artifact.ready", data=told(item)) for item in work]
    facts = {
        "branch": checkpoint.branch,
        "phase": checkpoint.phase,
        "checkpoint_id": checkpoint.id,
        "artifacts": sorted(checkpoint.selection),
    }
    changes = [
        save_checkpoint(production, checkpoint),
        save_revision(production, first, new=True),
        save_production(moved),
    ]
    events.append(Event(type="checkpoint.created", data=facts))
    shown = [save_work(production, item) for item in work]
    services.productions.commit(production, [*changes, *shown], events)


# ---------------------------------------------------------------------- what is made, and what is missing


def _missing(services: Services, run: Run) -> list[dict[str, Any]]:
    """What the workflow walks through. What is made already is left out."""
    todo = []
    for stage in run.stages:
        chains = []
        for chain in stage:
            names = [
                {
                    "name": item.name,
                    "fingerprint": item.recipe.fingerprint,
                    "patience": services.catalog.get(item.recipe.model).patience,
                }
                for item in chain
                if run.found(item) is None
            ]
            if names:
                chains.append({"recipes": names})
        if chains:
            todo.append({"chains": chains})
    return todo


def _work(services: Services, production: Production, cursor: Cursor, run: Run) -> dict[str, WorkItem]:
    """What is going to be made, at which price. A stand-in that is under way goes on."""
    before = services.productions.work(production, cursor.line)
    missing = [item.recipe for item in run.items if run.found(item) is None]
    known = services.renders.done(production.owner, [recipe.fingerprint for recipe in missing])
    prices = {
        recipe.fingerprint: services.catalog.get(recipe.model).estimate(recipe).expected
        for recipe in missing
        if recipe.fingerprint not in known
    }
    work = {}
    for item in run.items:
        fresh = _work_item(cursor, run, item)
        was = before.get(item.name)
        same = was if was and was.fingerprint == fresh.fingerprint else None
        kept: dict[str, Any] = {"estimate_micro_usd": prices.get(fresh.fingerprint, 0)}
        if same:  # begun anew: what was expected at first is what people compare with
            kept |= {"estimate_micro_usd": same.estimate_micro_usd, "reused": same.reused}
        elif fresh.state == "ready":
            kept["reused"] = True
        if same and same.state != "failed":
            kept |= {"stand_in": same.stand_in, "model": same.model}
        work[item.name] = fresh.model_copy(update=kept)
    return work


def _work_item(cursor: Cursor, run: Run, item: Item) -> WorkItem:
    artifact = run.found(item)
    if artifact:
        return ready_item(cursor.branch, run.phase.name, artifact, cursor.edit)
    return WorkItem(
        branch=cursor.branch,
        edit=cursor.edit,
        name=item.name,
        phase=run.phase.name,
        media=item.recipe.media,
        fingerprint=item.recipe.fingerprint,
        model=item.recipe.model,
    )

"""A phase is run: its recipes are asked for and remembered, and what was made becomes the next checkpoint."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from rushes.errors import Refused
from rushes.phase import Brief, Document, Item, Phase, Stage, items_of, selection_of
from rushes.productions.artifact import Artifact, key_of
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.events import Event
from rushes.productions.production import Production
from rushes.productions.progress import progress
from rushes.productions.work import WorkItem
from rushes.records.productions import save_artifact, save_checkpoint, save_production, save_work
from rushes.services import Services
from rushes.studio.cursor import status_event


class Cursor(BaseModel):
    """Where an execution stands."""

    model_config = ConfigDict(frozen=True)

    owner: str
    production_id: str
    branch: str
    execution: str


Made = dict[tuple[str, str], Artifact]
"""(name, fingerprint) → the ready artifact."""


def ask_recipes(services: Services, phase: Phase, cursor: Cursor) -> dict[str, Any]:
    """Enters the phase and answers the workflow with what is still to be made: stages of chains of recipes."""
    production = services.productions.load(cursor.owner, cursor.production_id)
    moved = production.enter(cursor.branch, phase.name, cursor.execution, services.now())
    stages = phase.recipes(_brief(services, production, cursor.branch, phase))
    made = _made(services, production)
    items = items_of(stages)
    work = _work(services, production, cursor.branch, phase, items, made)
    services.productions.remember_recipes(production, [item.recipe for item in items])
    services.productions.remember_work(production, list(work.values()))
    told = {
        "branch": cursor.branch,
        "phase": phase.name,
        "items": [{"name": name, "media": w.media, "state": w.state} for name, w in work.items()],
    }
    events = [Event(type="phase.started", data=told), progress(moved, cursor.branch, work, services.now())]
    if moved.status != production.status:
        events.insert(0, status_event(moved))
    services.productions.commit(production, [save_production(moved)], events)
    return {"stages": _missing(services, stages, made)}


def assemble(services: Services, phase: Phase, cursor: Cursor) -> dict[str, Any]:
    """Turns what was made into a checkpoint, once: asking again answers with the same one."""
    production = services.productions.load(cursor.owner, cursor.production_id)
    production.check_cursor(cursor.branch, cursor.execution)
    brief = _brief(services, production, cursor.branch, phase)
    made = _made(services, production)
    fresh = {item.name: _found(item, made) for item in items_of(phase.recipes(brief))}
    brief = _read(services, production, replace(brief, artifacts={**brief.artifacts, **fresh}), phase)
    assembly = phase.assemble(brief)
    written = {
        document.name: _write(services, production, cursor, phase, document)
        for document in assembly.documents
    }
    kept = {name: artifact for name, artifact in brief.artifacts.items() if name in assembly.keeps}
    checkpoint = Checkpoint(
        id=Checkpoint.id_for(production.id, cursor.branch, phase.name),
        production_id=production.id,
        branch=cursor.branch,
        phase=phase.name,
        parent_id=_parent_id(services, production, cursor.branch),
        selection=selection_of({**kept, **fresh, **written}),
        created_at=services.now(),
    )
    _keep(services, production, checkpoint)
    return {"checkpoint_id": checkpoint.id}


def _keep(services: Services, production: Production, checkpoint: Checkpoint) -> None:
    if production.branch(checkpoint.branch).checkpoint_id == checkpoint.id:
        return
    moved = production.assembled(checkpoint.branch, checkpoint.id)
    told = {
        "branch": checkpoint.branch,
        "phase": checkpoint.phase,
        "checkpoint_id": checkpoint.id,
        "artifacts": sorted(checkpoint.selection),
    }
    services.productions.commit(
        production,
        [save_checkpoint(production, checkpoint), save_production(moved)],
        [Event(type="checkpoint.created", data=told)],
    )


# ---------------------------------------------------------------------- what a phase may look at


def _brief(services: Services, production: Production, branch: str, phase: Phase) -> Brief:
    parent_id = _parent_id(services, production, branch)
    artifacts = {}
    if parent_id:
        selection = services.productions.checkpoint(production, parent_id).selection
        versions = {(a.name, a.version): a for a in services.productions.artifacts(production)}
        artifacts = {name: versions[name, chosen.version] for name, chosen in selection.items()}
    models = {role: services.catalog.get(model) for role, model in production.models.items()}
    brief = Brief(production.request, production.seed, models, artifacts)
    return _read(services, production, brief, phase)


def _read(services: Services, production: Production, brief: Brief, phase: Phase) -> Brief:
    """The brief with the contents of the documents the phase reads, as far as they are there."""
    names = [name for name in phase.reads if name in brief.artifacts and name not in brief.documents]
    read = {
        name: json.loads(
            services.bucket.read(key_of(production.owner, production.id, brief.artifacts[name].file))
        )
        for name in names
    }
    return replace(brief, documents={**brief.documents, **read})


def _parent_id(services: Services, production: Production, branch_name: str) -> str | None:
    """The checkpoint before the phase the branch is in; its newest may be of this very phase already."""
    branch = production.branch(branch_name)
    if branch.checkpoint_id is None:
        return None
    newest = services.productions.checkpoint(production, branch.checkpoint_id)
    return newest.parent_id if newest.phase == branch.phase else newest.id


# ---------------------------------------------------------------------- what is made, and what is missing


def _made(services: Services, production: Production) -> Made:
    """Of two versions by one recipe (a stand-in's, and what came late) the first one is meant."""
    versions = reversed(services.productions.artifacts(production))
    return {(a.name, a.fingerprint): a for a in versions if a.ready}


def _found(item: Item, made: Made) -> Artifact:
    artifact = made.get((item.name, item.recipe.fingerprint))
    if artifact is None:
        raise Refused(f"{item.name} was to be made first, and was not", item=item.name)
    return artifact


def _missing(services: Services, stages: tuple[Stage, ...], made: Made) -> list[dict[str, Any]]:
    """What the workflow walks through. What is made already is left out."""
    todo = []
    for stage in stages:
        chains = []
        for chain in stage:
            names = [
                {
                    "name": item.name,
                    "fingerprint": item.recipe.fingerprint,
                    "patience": services.catalog.get(item.recipe.model).patience,
                }
                for item in chain
                if (item.name, item.recipe.fingerprint) not in made
            ]
            if names:
                chains.append({"recipes": names})
        if chains:
            todo.append({"chains": chains})
    return todo


def _work(
    services: Services, production: Production, branch: str, phase: Phase, items: list[Item], made: Made
) -> dict[str, WorkItem]:
    """What the branch is going to make, at which price. A stand-in that is under way goes on."""
    before = services.productions.work(production, branch)
    missing = [item.recipe for item in items if (item.name, item.recipe.fingerprint) not in made]
    known = services.renders.done(production.owner, [recipe.fingerprint for recipe in missing])
    prices = {
        recipe.fingerprint: services.catalog.get(recipe.model).estimate(recipe).expected
        for recipe in missing
        if recipe.fingerprint not in known
    }
    work = {}
    for item in items:
        fresh = _work_item(branch, phase.name, item, made)
        was = before.get(item.name)
        same = was if was and was.fingerprint == fresh.fingerprint else None
        kept: dict[str, Any] = {"estimate_micro_usd": prices.get(fresh.fingerprint, 0)}
        if same:  # begun anew: what was expected at first is what people compare with
            kept["estimate_micro_usd"] = same.estimate_micro_usd
        if same and same.state != "failed":
            kept |= {"stand_in": same.stand_in, "model": same.model}
        work[item.name] = fresh.model_copy(update=kept)
    return work


def _work_item(branch: str, phase: str, item: Item, made: Made) -> WorkItem:
    artifact = made.get((item.name, item.recipe.fingerprint))
    return WorkItem(
        branch=branch,
        name=item.name,
        phase=phase,
        media=item.recipe.media,
        fingerprint=item.recipe.fingerprint,
        model=artifact.model if artifact else item.recipe.model,
        state="ready" if artifact else "waiting",
        version=artifact.version if artifact else None,
        ext=artifact.ext if artifact else None,
    )


# ---------------------------------------------------------------------- documents a phase writes itself


def _write(
    services: Services, production: Production, cursor: Cursor, phase: Phase, document: Document
) -> Artifact:
    """The document as an artifact: versioned and selected like any other, made by the pipeline's own rules."""
    body = json.dumps(document.content, ensure_ascii=False, indent=2).encode()
    draft = Artifact(
        media="text",
        ext="json",
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        provider="rules",
        model=document.recipe.model,
        made_by="the pipeline's rules",
        name=document.name,
        version=0,
        fingerprint=document.recipe.fingerprint,
        parents=tuple(ingredient.name for ingredient in document.recipe.ingredients),
        created_at=services.now(),
    )
    artifact = services.productions.allocate(production, draft)
    if artifact.ready:
        return artifact
    services.bucket.put_bytes(key_of(production.owner, production.id, artifact.file), body)
    ready = artifact.model_copy(update={"ready": True})
    item = Item(document.name, document.recipe)
    work = _work_item(cursor.branch, phase.name, item, {(ready.name, ready.fingerprint): ready})
    told = {
        "branch": cursor.branch,
        "phase": phase.name,
        "name": ready.name,
        "media": "text",
        "version": ready.version,
    }
    services.productions.remember_recipes(production, [document.recipe])
    services.productions.commit(
        production,
        [save_artifact(production, ready), save_work(production, work)],
        [Event(type="artifact.ready", data=told | {"reused": False, "cost_usd": 0.0})],
    )
    return ready

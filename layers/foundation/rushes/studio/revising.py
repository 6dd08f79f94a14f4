"""How an edit ends: its revision is ready, or failed. The production's status is never touched by it."""

from collections.abc import Sequence
from typing import Any

from rushes.productions.checkpoint import Checkpoint
from rushes.productions.events import Event
from rushes.productions.failure import Failure
from rushes.productions.production import Edit, Production
from rushes.productions.revision import Revision
from rushes.productions.work import ready_item
from rushes.records.productions import save_checkpoint, save_production, save_revision, save_work
from rushes.records.rows import Change
from rushes.services import Services
from rushes.studio.briefing import Left


def revised(services: Services, production: Production, edit: Edit, left: Left) -> None:
    """The edit's phase has left this selection. Raises `Stale`."""
    checkpoint = services.productions.checkpoint(production, edit.checkpoint_id)
    revision = services.productions.revision(production, edit.checkpoint_id, edit.revision)
    changes, event, _ = finishing(services, production, checkpoint, revision, left)
    moved = save_production(production.end_edit(edit.id))
    services.productions.commit(production, [moved, *changes], [event])
    services.productions.forget_work(production, edit.id)


def finishing(
    services: Services,
    production: Production,
    checkpoint: Checkpoint,
    revision: Revision,
    left: Left,
    new: bool = False,
) -> tuple[list[Change], Event, Checkpoint]:
    """What makes the revision ready, but for the production's own part; a `new` one was not written before."""
    original = services.productions.revision(production, checkpoint.id, 1)
    ended = checkpoint.end_edit(revision.number, left.selection, original.selection)
    ready = revision.ready(left.selection)
    changes = [
        save_checkpoint(production, ended),
        save_revision(production, ready, new=new),
        *(shown(services, production, ended) if _waits_at(production, ended) else []),
    ]
    return changes, edited_event(ended, ready), ended


def failed(services: Services, production: Production, edit: Edit, failure: Failure) -> None:
    """Nothing was changed but the revision. Raises `Stale`."""
    changes, events = failing(services, production, [edit], failure)
    changes.append(save_production(production.end_edit(edit.id)))
    services.productions.commit(production, changes, events)
    services.productions.forget_work(production, edit.id)


def failing(
    services: Services, production: Production, edits: Sequence[Edit], failure: Failure
) -> tuple[list[Change], list[Event]]:
    """What says of these edits that they failed, but for the production's own part."""
    checkpoints: dict[str, Checkpoint] = {}
    changes: list[Change] = []
    events = []
    for edit in edits:
        checkpoint = checkpoints.get(edit.checkpoint_id) or services.productions.checkpoint(
            production, edit.checkpoint_id
        )
        checkpoints[edit.checkpoint_id] = checkpoint.end_edit(edit.revision, None, {})
        revision = services.productions.revision(production, edit.checkpoint_id, edit.revision)
        changes.append(save_revision(production, revision.failed(failure)))
        events.append(edited_event(checkpoint, revision.failed(failure)))
    changes += [save_checkpoint(production, checkpoint) for checkpoint in checkpoints.values()]
    return changes, events


def edited_event(checkpoint: Checkpoint, revision: Revision) -> Event:
    told: dict[str, Any] = {
        "checkpoint_id": checkpoint.id,
        "branch": checkpoint.branch,
        "phase": checkpoint.phase,
        "revision": revision.number,
        "status": revision.status,
        "what": revision.what,
        "names": list(revision.names),
    }
    if revision.failure:
        told["error"] = revision.failure.model_dump()
    return Event(type="checkpoint.edited", data=told)


def _waits_at(production: Production, checkpoint: Checkpoint) -> bool:
    branch = production.branch(checkpoint.branch)
    return branch.status == "paused" and branch.checkpoint_id == checkpoint.id


def shown(services: Services, production: Production, checkpoint: Checkpoint) -> list[Change]:
    """Where the branch waits at this checkpoint, people see what they have made of it."""
    work = services.productions.work(production, checkpoint.branch)
    changes: list[Change] = []
    for name, chosen in checkpoint.selection.items():
        if name not in work or work[name].version != chosen.version:
            artifact = services.productions.artifact(production, name, chosen.version)
            phase = work[name].phase if name in work else checkpoint.phase
            changes.append(save_work(production, ready_item(checkpoint.branch, phase, artifact)))
    return changes

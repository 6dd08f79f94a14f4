"""Reviews: a checkpoint is opened, and somebody, or the production's own wish, lets it go on."""

from dataclasses import dataclass

from rushes.errors import Conflict, IllegalMove, NotWaiting
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.events import Event
from rushes.productions.production import Production
from rushes.records.productions import save_checkpoint, save_production
from rushes.services import Services
from rushes.studio.cursor import restart, status_event

APPROVED = {"decision": "approved"}


@dataclass(frozen=True)
class Continued:
    """`next_phase` is None after the last phase."""

    production: Production
    next_phase: str | None
    branch: str
    created_new_branch: bool = False


def open_review(services: Services, owner: str, production_id: str, checkpoint_id: str, token: str) -> None:
    """The execution is parked on `token` until somebody continues, or goes on at once if nobody wants to look."""
    production = services.productions.load(owner, production_id)
    checkpoint = services.productions.checkpoint(production, checkpoint_id)
    if checkpoint.status == "approved":
        services.callbacks.succeed(token, APPROVED)
    elif production.pauses_after(checkpoint.phase):
        paused = production.pause(checkpoint.branch)
        changes = [save_checkpoint(production, checkpoint.wait(token)), save_production(paused)]
        told = {"status": paused.status, "checkpoint_id": checkpoint.id, "phase": checkpoint.phase}
        services.productions.commit(production, changes, [Event(type="production.status", data=told)])
    else:
        _approve(services, production, checkpoint)
        services.callbacks.succeed(token, APPROVED)


def continue_from(services: Services, owner: str, production_id: str, checkpoint_id: str) -> Continued:
    """Resumes the parked execution, or, if its engine lost it, starts another at the next phase. What is held by its
    budget is begun again at the phase that ran into it.

    Raises `NotFound`, `NotWaiting` when the checkpoint was continued before or somebody was quicker, `IllegalMove`
    when the production has ended.
    """
    production = services.productions.load(owner, production_id)
    checkpoint = services.productions.checkpoint(production, checkpoint_id)
    branch = production.branch(checkpoint.branch)
    if branch.held and branch.checkpoint_id == checkpoint_id:
        moved = restart(services, production, branch.name)
        return Continued(moved, branch.phase, branch.name)
    if checkpoint.status != "waiting":
        _send_again(services, checkpoint)
        raise NotWaiting(
            f"this {checkpoint.phase} checkpoint does not wait for an answer",
            checkpoint_id=checkpoint_id,
            status=checkpoint.status,
            current_checkpoint=branch.checkpoint_id,
        )
    try:
        moved = _approve(services, production, checkpoint)
    except (NotWaiting, IllegalMove):
        raise
    except Conflict as error:
        raise NotWaiting("somebody else was quicker; look again", checkpoint_id=checkpoint_id) from error
    resumed = services.callbacks.succeed(str(checkpoint.token), APPROVED)
    if not resumed and moved.status not in ("completed", "cancelled"):
        moved = restart(services, moved, checkpoint.branch)
    return Continued(moved, production.next_phase(checkpoint.phase), checkpoint.branch)


def _send_again(services: Services, checkpoint: Checkpoint) -> None:
    """Whoever continued it may have died before the execution heard of it. Hearing it twice is hearing it once."""
    if checkpoint.status == "approved" and checkpoint.token:
        services.callbacks.succeed(checkpoint.token, APPROVED)


def _approve(services: Services, production: Production, checkpoint: Checkpoint) -> Production:
    moved = production.approve(checkpoint.branch, checkpoint.id)
    events = []
    if moved.status != production.status:
        events.append(status_event(moved))
    if moved.status == "completed":
        events.append(Event(type="production.completed", data={"artifacts": sorted(checkpoint.selection)}))
    changes = [save_checkpoint(production, checkpoint.approve()), save_production(moved)]
    services.productions.commit(production, changes, events)
    return moved.model_copy(update={"version": moved.version + 1})

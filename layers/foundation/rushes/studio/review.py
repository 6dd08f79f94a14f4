"""Reviews: a checkpoint is opened, and somebody, or the production's own wish, lets it go on, here or on a new branch.

A parked execution hears what was decided after the table has it, or, where another branch goes on in its place, before:
then it ends well, whatever happens next, and a branch whose execution is gone is one that continues with a new one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rushes.errors import Conflict, NotWaiting
from rushes.productions.checkpoint import Base, Checkpoint
from rushes.productions.events import Event
from rushes.productions.production import Branch, Production
from rushes.records.productions import Stale, save_checkpoint, save_production
from rushes.services import Services
from rushes.studio.briefing import selected
from rushes.studio.cursor import restart, start, status_event
from rushes.studio.inheriting import inherit
from rushes.studio.repeating import repeated
from rushes.studio.revising import shown

JUST_NOW = timedelta(seconds=2)
"""People who continue at once do not all arrive at once."""

APPROVED = {"decision": "approved"}
BRANCHED = {"decision": "branched"}


class Rejected(NotWaiting):
    """It was rejected, and has not been edited since."""

    code = "REJECTED"


class Pending(Conflict):
    """An edit of this checkpoint is being made."""

    code = "EDIT_PENDING"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to go on from. `changes` is the checkpoint's version they have looked at, if they said so."""

    checkpoint_id: str
    revision: int | None = None
    """None for the newest."""
    comment: str | None = None
    approved: bool = False
    """Somebody says that it is good, even if it was rejected."""
    changes: int | None = None
    asked_at: str | None = None
    """When they asked: before somebody else approved it, they meant the one that waits."""


@dataclass(frozen=True)
class Continued:
    """`next_phase` is None after the last phase."""

    production: Production
    next_phase: str | None
    branch: str
    created_new_branch: bool = False


# ---------------------------------------------------------------------- a checkpoint is opened


def open_review(services: Services, owner: str, production_id: str, checkpoint_id: str, token: str) -> None:
    """The execution is parked on `token` until somebody continues, or goes on at once if nobody wants to look."""
    repeated(lambda: _open(services, owner, production_id, checkpoint_id, token))


def _open(services: Services, owner: str, production_id: str, checkpoint_id: str, token: str) -> None:
    production = services.productions.load(owner, production_id)
    checkpoint = services.productions.checkpoint(production, checkpoint_id)
    if checkpoint.status == "approved":
        branched = production.branch(checkpoint.branch).status == "branched"
        services.callbacks.succeed(token, BRANCHED if branched else APPROVED)
    elif production.pauses_after(checkpoint.phase):
        paused = production.pause(checkpoint.branch)
        changes = [
            save_checkpoint(production, checkpoint.wait(token)),
            save_production(paused),
            *shown(services, production, checkpoint),  # it may have been edited before its review was open
        ]
        told = {"status": paused.status, "checkpoint_id": checkpoint.id, "phase": checkpoint.phase}
        services.productions.commit(production, changes, [Event(type="production.status", data=told)])
    else:
        # What the phase left goes on, even if somebody edits it this very moment.
        _approve(
            services,
            production,
            checkpoint.approve(services.now()),
            Base(checkpoint_id=checkpoint.id, revision=1),
        )
        services.callbacks.succeed(token, APPROVED)


# ---------------------------------------------------------------------- somebody decides


def continue_from(services: Services, owner: str, production_id: str, wish: Wish) -> Continued:
    """Goes on from a checkpoint: on its own branch while it waits there unedited, otherwise on a new one. What is held
    by its budget is begun again at the phase that ran into it.

    Raises `NotFound`; `Conflict` when it was changed since `wish.changes`, `NotWaiting` when it was continued just now
    or nothing follows, `Pending`, `Rejected`, `IllegalMove` when the production was cancelled.
    """
    seen = Seen(services, owner, production_id, wish.checkpoint_id, wish.changes)
    return repeated(lambda: _continue(services, *seen.look(), wish))


def reject(
    services: Services, owner: str, production_id: str, checkpoint_id: str, comment: str, changes: int | None
) -> Checkpoint:
    """The checkpoint waits for an edit. Raises `NotFound`, `Conflict`, `NotWaiting` when it waits for no answer."""
    seen = Seen(services, owner, production_id, checkpoint_id, changes)

    def step() -> Checkpoint:
        production, checkpoint = seen.look()
        production.check_editable()
        rejected = checkpoint.reject(comment)
        changes = [save_checkpoint(production, rejected)]
        services.productions.commit(
            production, changes, [_reviewed(rejected, checkpoint.revision, "rejected")]
        )
        return rejected

    return repeated(step)


class Seen:
    """A checkpoint as it was when somebody decided. Looked at again it must not have been changed by anybody else."""

    def __init__(
        self, services: Services, owner: str, production_id: str, checkpoint_id: str, changes: int | None
    ) -> None:
        self._services = services
        self._where = (owner, production_id)
        self._checkpoint_id = checkpoint_id
        self._changes = changes

    def look(self) -> tuple[Production, Checkpoint]:
        production = self._services.productions.load(*self._where)
        checkpoint = self._services.productions.checkpoint(production, self._checkpoint_id)
        checkpoint.check(self._changes)
        self._changes = checkpoint.changes
        return production, checkpoint


def _continue(services: Services, production: Production, checkpoint: Checkpoint, wish: Wish) -> Continued:
    branch = production.branch(checkpoint.branch)
    base = Base(checkpoint_id=checkpoint.id, revision=wish.revision or checkpoint.revision)
    if held := _held_at(production, branch, base):
        return Continued(restart(services, production, held.name), held.phase, held.name)
    if checkpoint.status == "open":
        raise NotWaiting("its review is being opened; ask again", checkpoint_id=checkpoint.id)
    if checkpoint.pending and wish.revision is None:
        raise Pending(
            f"revision {checkpoint.pending[-1]} of this checkpoint is being made; wait for it, or say which revision",
            checkpoint_id=checkpoint.id,
            pending=list(checkpoint.pending),
        )
    if checkpoint.status == "rejected" and base.revision == checkpoint.revision and not wish.approved:
        raise Rejected(
            "this checkpoint was rejected; edit it first, or approve it",
            checkpoint_id=checkpoint.id,
            comment=checkpoint.comment,
        )
    _check_nobody_was_quicker(checkpoint, wish)
    _check_not_being_continued(services, production, branch, base, checkpoint)
    edited = _edited(services, production, checkpoint, base)
    if checkpoint.status in ("waiting", "rejected") and not edited:
        return _resume(services, production, checkpoint, base, wish.comment)
    following = production.next_phase(checkpoint.phase)
    done = any(line.base == base for line in production.branches.values())
    if following is None and (done or not edited):
        raise NotWaiting(f"nothing follows {checkpoint.phase}", checkpoint_id=checkpoint.id)
    return _branch_off(services, production, checkpoint, base, wish.comment)


def _check_nobody_was_quicker(checkpoint: Checkpoint, wish: Wish) -> None:
    """Who asked before it was approved, or a moment later, meant the one that waited, unless they say what they saw."""
    if not (wish.asked_at and checkpoint.approved_at) or wish.changes or wish.revision:
        return
    asked, approved = map(datetime.fromisoformat, (wish.asked_at, checkpoint.approved_at))
    if asked < approved + JUST_NOW:
        raise NotWaiting(
            "somebody else was quicker; look again, and say with If-Match what you have seen to go on from it anew",
            checkpoint_id=checkpoint.id,
            version=checkpoint.changes,
        )


def _held_at(production: Production, branch: Branch, base: Base) -> Branch | None:
    """The branch that went on from here, and was held by its budget."""
    lines = [branch, *production.branches.values()]
    return next((line for line in lines if line.held and line.base == base), None)


def _edited(services: Services, production: Production, checkpoint: Checkpoint, base: Base) -> bool:
    """Whether this revision is another selection than the phase left. Raises `NotFound`, `NotWaiting` when it is not
    ready."""
    if base.revision == checkpoint.revision:
        return checkpoint.edited
    wanted = services.productions.revision(production, checkpoint.id, base.revision)
    if wanted.status != "ready":
        raise NotWaiting(
            f"revision {base.revision} is {wanted.status}", checkpoint_id=checkpoint.id, status=wanted.status
        )
    return wanted.selection != services.productions.revision(production, checkpoint.id, 1).selection


def _check_not_being_continued(
    services: Services, production: Production, branch: Branch, base: Base, checkpoint: Checkpoint
) -> None:
    """Of several who continue at once one wins. The others are told, and may branch off once there is something new."""
    for line in production.branches.values():
        own = line.name == branch.name
        at_it = line.status in ("queued", "running") and line.base == base
        fresh = line.checkpoint_id in (None, base.checkpoint_id) if own else line.checkpoint_id is None
        if at_it and fresh:
            # Whoever continued it may have died before an execution heard of it. Hearing it twice is hearing it once.
            if not own:
                start(services, production, line.name)
            elif checkpoint.token:
                services.callbacks.succeed(checkpoint.token, APPROVED)
            raise NotWaiting(
                f"it was continued before: branch {line.name} is at {line.phase} now",
                checkpoint_id=base.checkpoint_id,
                current_checkpoint=line.stands_at,
                branch=line.name,
            )


def _resume(
    services: Services, production: Production, checkpoint: Checkpoint, base: Base, comment: str | None
) -> Continued:
    """The parked execution goes on, or, if its engine lost it, another at the next phase."""
    moved = _approve(services, production, checkpoint.approve(services.now(), comment), base, told=True)
    resumed = services.callbacks.succeed(str(checkpoint.token), APPROVED)
    branch = moved.branch(checkpoint.branch)
    if branch.status == "completed":  # perhaps from an older revision than the one it shows
        inherit(services, moved, branch, selected(services, production, base.checkpoint_id, base.revision))
    if not resumed and branch.live:
        moved = _restarted(services, moved, branch.name)
    return Continued(moved, production.next_phase(checkpoint.phase), checkpoint.branch)


def _restarted(services: Services, production: Production, line: str) -> Production:
    try:
        return restart(services, production, line)
    except Stale:  # it was not lost: it has moved on already
        return services.productions.load(production.owner, production.id)


def _branch_off(
    services: Services, production: Production, checkpoint: Checkpoint, base: Base, comment: str | None
) -> Continued:
    following = production.next_phase(checkpoint.phase)
    moved, branch = production.branch_off(checkpoint.branch, base, checkpoint.phase, services.now())
    if moved.branch(checkpoint.branch).status != production.branch(checkpoint.branch).status:
        services.callbacks.succeed(str(checkpoint.token), BRANCHED)
    approved = checkpoint.approve(services.now(), comment)
    told = {"status": moved.status, "branch": branch.name, "phase": branch.phase}
    events = [_reviewed(approved, base.revision, "approved"), Event(type="production.status", data=told)]
    if following is None:
        events.append(Event(type="production.completed", data={"artifacts": sorted(checkpoint.selection)}))
    changes = [save_checkpoint(production, approved), save_production(moved)]
    services.productions.commit(production, changes, events)
    _tidy(services, moved, but=branch.name)
    if following:
        start(services, moved, branch.name)
    else:
        inherit(services, moved, branch, selected(services, production, base.checkpoint_id, base.revision))
    return Continued(moved, following, branch.name, created_new_branch=True)


def _tidy(services: Services, production: Production, but: str) -> None:
    """A status is one page of a query: branches that ended are looked at in the tree."""
    shown = services.productions.status(production.owner, production.id).work
    for name in {item.branch for item in shown if item.edit is None} - {but}:
        if not production.branch(name).live:
            services.productions.forget_work(production, name)


def _approve(
    services: Services, production: Production, approved: Checkpoint, base: Base, told: bool = False
) -> Production:
    moved = production.approve(approved.branch, base)
    events = [_reviewed(approved, base.revision, "approved")] if told else []
    if moved.status != production.status:
        events.append(status_event(moved))
    if moved.branch(approved.branch).status == "completed":
        events.append(Event(type="production.completed", data={"artifacts": sorted(approved.selection)}))
    changes = [save_checkpoint(production, approved), save_production(moved)]
    services.productions.commit(production, changes, events)
    return moved.model_copy(update={"version": moved.version + 1})


def _reviewed(checkpoint: Checkpoint, revision: int, decision: str) -> Event:
    return Event(
        type="checkpoint.reviewed",
        data={
            "checkpoint_id": checkpoint.id,
            "branch": checkpoint.branch,
            "phase": checkpoint.phase,
            "decision": decision,
            "comment": checkpoint.comment,
            "revision": revision,
        },
    )

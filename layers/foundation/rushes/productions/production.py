"""A production and its branches: every status change is one of the legal moves below, or an `IllegalMove`.

    queued ──enter──► running ──pause──► paused ──approve──► running … ──approve the last──► completed
       ▲                 │ │
       │                 │ └──hold──► paused, with a reason: no budget ──restart──► queued
       └─restart── failed ◄──fail──── (queued, running)          cancel ──► cancelled (from any unfinished status)

Each branch has its own status; the production's is the liveliest of them.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rushes.errors import IllegalMove, NotFound, NotWaiting

Status = Literal["queued", "running", "paused", "completed", "failed", "cancelled"]
FINISHED: frozenset[Status] = frozenset({"completed", "failed", "cancelled"})
_LIVELIEST: tuple[Status, ...] = ("running", "queued", "paused", "failed", "completed", "cancelled")


class Failure(BaseModel):
    """Why a branch failed, for a person; `item` names the artifact if one is to blame."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    item: str | None = None


class Branch(BaseModel):
    """A line of checkpoints, and the cursor that moves along it."""

    model_config = ConfigDict(frozen=True)

    name: str
    status: Status = "queued"
    phase: str
    checkpoint_id: str | None = None
    """The newest checkpoint of this branch."""
    attempt: int = 1
    """Counts executions. A name that was used once is refused for ever, so each needs its number."""
    cursor_phase: str
    """The phase at which the current execution began."""
    entered_at: str | None = None
    """When the phase was begun, for the estimate of what is left of it."""
    failure: Failure | None = None
    """Why it failed, or why it is held: a paused branch with a reason waits for that, not for a review."""

    @property
    def held(self) -> bool:
        return self.status == "paused" and self.failure is not None


class Production(BaseModel):
    """One run of a pipeline for an owner."""

    model_config = ConfigDict(frozen=True)

    id: str
    owner: str
    kind: str
    title: str
    phases: tuple[str, ...]
    request: dict[str, Any]
    models: dict[str, str]
    """Role → model id, settled at creation so that a production never changes models half-way."""
    seed: int
    branches: dict[str, Branch]
    budget_micro_usd: int | None = None
    """What it may cost at most; None where nobody set a limit."""
    created_at: str
    version: int = 0

    @property
    def status(self) -> Status:
        statuses = {branch.status for branch in self.branches.values()}
        return next(status for status in _LIVELIEST if status in statuses)

    def branch(self, name: str) -> Branch:
        if name not in self.branches:
            raise NotFound(f"no branch {name!r} in this production")
        return self.branches[name]

    def execution_name(self, branch_name: str) -> str:
        """Derived, so that starting twice is one execution. At most 80 characters of [A-Za-z0-9_-]."""
        branch = self.branch(branch_name)
        return f"{self.id}-{branch.name}-{branch.cursor_phase}-{branch.attempt}"

    def next_phase(self, phase: str) -> str | None:
        following = self.phases[self.phases.index(phase) + 1 :]
        return following[0] if following else None

    def pauses_after(self, phase: str) -> bool:
        """`auto_continue` never pauses, `pause_at` pauses only there, otherwise every phase ends in a pause."""
        if self.request.get("auto_continue"):
            return False
        pause_at = self.request.get("pause_at")
        return True if pause_at is None else phase in pause_at

    # ------------------------------------------------------------------ legal moves

    def check_cursor(self, branch_name: str, execution: str) -> Branch:
        """Raises `IllegalMove` when `execution` is not this branch's cursor or the branch has ended."""
        branch = self.branch(branch_name)
        if execution != self.execution_name(branch_name) or branch.status in FINISHED:
            raise IllegalMove(f"execution {execution} is not the cursor of branch {branch_name!r} any more")
        return branch

    def enter(self, branch_name: str, phase: str, execution: str, at: str) -> "Production":
        """The execution has come to `phase`."""
        branch = self.check_cursor(branch_name, execution)
        if branch.phase != phase:
            raise IllegalMove(f"branch {branch_name!r} is at {branch.phase}, not at {phase}")
        return self._with(branch, status="running", entered_at=at, failure=None)

    def assembled(self, branch_name: str, checkpoint_id: str) -> "Production":
        return self._with(self.branch(branch_name), checkpoint_id=checkpoint_id)

    def pause(self, branch_name: str) -> "Production":
        branch = self._in(branch_name, "pause", "running", "paused")
        return self._with(branch, status="paused", failure=None)

    def hold(self, branch_name: str, reason: Failure) -> "Production":
        """The branch cannot go on until something outside it changes; its execution has ended."""
        branch = self._in(branch_name, "hold", "queued", "running")
        return self._with(branch, status="paused", failure=reason)

    def approve(self, branch_name: str, checkpoint_id: str) -> "Production":
        """The branch goes on to the next phase, or is completed after the last."""
        branch = self._in(branch_name, "continue", "running", "paused")
        if branch.checkpoint_id != checkpoint_id:
            raise NotWaiting(
                "this checkpoint is not the one the branch waits at",
                checkpoint_id=checkpoint_id,
                current_checkpoint=branch.checkpoint_id,
            )
        following = self.next_phase(branch.phase)
        if following is None:
            return self._with(branch, status="completed")
        return self._with(branch, status="running", phase=following)

    def restart(self, branch_name: str) -> "Production":
        """A new execution takes over at the branch's phase: after a failure, or when the old one was lost."""
        allowed: tuple[Status, ...] = ("failed", "queued", "running")
        held: tuple[Status, ...] = ("paused",) if self.branch(branch_name).held else ()
        branch = self._in(branch_name, "retry", *allowed, *held)
        return self._with(
            branch, status="queued", attempt=branch.attempt + 1, cursor_phase=branch.phase, failure=None
        )

    def fail(self, branch_name: str, failure: Failure) -> "Production":
        branch = self._in(branch_name, "fail", "queued", "running", "paused")
        return self._with(branch, status="failed", failure=failure)

    def with_budget(self, micro_usd: int | None) -> "Production":
        """Raises `IllegalMove` when there is nothing left to spend it on."""
        if self.status in ("completed", "cancelled"):
            raise IllegalMove(f"the production is {self.status}; it spends no more", status=self.status)
        return self.model_copy(update={"budget_micro_usd": micro_usd})

    def cancel(self) -> "Production":
        if self.status in FINISHED:
            raise IllegalMove(
                f"the production is {self.status}; there is nothing to cancel", status=self.status
            )
        branches = {
            name: branch if branch.status in FINISHED else branch.model_copy(update={"status": "cancelled"})
            for name, branch in self.branches.items()
        }
        return self.model_copy(update={"branches": branches})

    def _in(self, branch_name: str, move: str, *allowed: Status) -> Branch:
        branch = self.branch(branch_name)
        if branch.status not in allowed:
            raise IllegalMove(
                f"cannot {move} while the production is {branch.status}",
                status=branch.status,
                branch=branch_name,
            )
        return branch

    def _with(self, branch: Branch, **changes: Any) -> "Production":
        changed = branch.model_copy(update=changes)
        return self.model_copy(update={"branches": {**self.branches, branch.name: changed}})

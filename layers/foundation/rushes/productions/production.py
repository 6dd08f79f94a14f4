"""A production and its branches: every status change is one of the legal moves below, or an `IllegalMove`.

    queued ──enter──► running ──pause──► paused ──approve──► running … ──approve the last──► completed
       ▲                 │ │                └──branch off──► branched, and another branch is queued
       │                 │ └──hold──► paused, with a reason: no budget ──restart──► queued
       └─restart── failed ◄──fail──── (queued, running)          cancel ──► cancelled (from any unfinished status)

Each branch has its own status; the production's is that of the branch it is about now. An edit of a checkpoint is a
cursor of its own beside the branches: it changes no status.
"""

import hashlib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rushes.errors import Conflict, IllegalMove, NotFound, NotWaiting
from rushes.productions.artifact import Version
from rushes.productions.checkpoint import Base
from rushes.productions.failure import Failure

Status = Literal["queued", "running", "paused", "completed", "failed", "cancelled"]
BranchStatus = Literal["queued", "running", "paused", "completed", "failed", "cancelled", "branched"]
FINISHED: frozenset[BranchStatus] = frozenset({"completed", "failed", "cancelled", "branched"})
_LIVELIEST: tuple[BranchStatus, ...] = ("running", "queued", "paused")
MOST_EDITS = 20
"""At once: all of them end in one transaction when the production is cancelled."""
_LONGEST_NAME = 80  # Step Functions: characters of an execution's name


class Branch(BaseModel):
    """A line of checkpoints, and the cursor that moves along it."""

    model_config = ConfigDict(frozen=True)

    name: str
    status: BranchStatus = "queued"
    phase: str
    base: Base | None = None
    """What its phase works on; None for the first phase."""
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

    @property
    def live(self) -> bool:
        return self.status not in FINISHED

    @property
    def stands_at(self) -> str | None:
        """Its newest checkpoint, or the one it began from."""
        return self.checkpoint_id or (self.base.checkpoint_id if self.base else None)


class Edit(BaseModel):
    """A revision that is being made, and the cursor that makes it."""

    model_config = ConfigDict(frozen=True)

    checkpoint_id: str
    branch: str
    phase: str
    revision: int
    attempt: int = 1

    @property
    def id(self) -> str:
        return f"{self.checkpoint_id}.{self.revision}"


class Production(BaseModel):
    """One run of a pipeline for an owner."""

    model_config = ConfigDict(frozen=True)

    id: str
    owner: str
    kind: str
    title: str
    phases: tuple[str, ...]
    stages: dict[str, str] = {}
    """As it was commissioned with."""
    request: dict[str, Any]
    models: dict[str, str]
    """Role → model id, settled at creation so that a production never changes models half-way."""
    seed: int
    given: dict[str, Version] = {}
    """What it begins with: its first phase's selection before."""
    branches: dict[str, Branch]
    edits: dict[str, Edit] = {}
    """Those that are being made, by their ids."""
    budget_micro_usd: int | None = None
    """What it may cost at most; None where nobody set a limit."""
    created_at: str
    version: int = 0

    @property
    def status(self) -> Status:
        """That of the branch it is about now. One that branched off has another in its place."""
        status = self.current.status
        assert status != "branched"
        return status

    @property
    def current(self) -> Branch:
        """The liveliest branch, or, when all have ended, the one that was at work last. Where there is a film, one that
        was cancelled beside it is no more than that."""
        lines = [branch for branch in self.branches.values() if branch.status != "branched"]
        finished = any(branch.status == "completed" for branch in lines)
        ranks: tuple[tuple[BranchStatus, ...], ...] = (
            *((status,) for status in _LIVELIEST),
            ("completed", "failed") if finished else ("failed", "cancelled"),
        )
        alike = next(found for rank in ranks if (found := [b for b in lines if b.status in rank]))
        return max(reversed(alike), key=lambda branch: branch.entered_at or "")

    def branch(self, name: str) -> Branch:
        if name not in self.branches:
            raise NotFound(f"no branch {name!r} in this production")
        return self.branches[name]

    def execution_name(self, line: str) -> str:
        """Of a branch's or an edit's cursor; derived, so that starting twice is one execution.

        At most 80 characters of [A-Za-z0-9_-]: in deep trees the branch's name gives way to its hash.
        """
        if edit := self.edits.get(line):
            branch, rest = edit.branch, f"{edit.phase}-r{edit.revision}-{edit.attempt}"
        else:
            cursor = self.branch(line)
            branch, rest = cursor.name, f"{cursor.cursor_phase}-{cursor.attempt}"
        name = f"{self.id}-{branch}-{rest}"
        if len(name) <= _LONGEST_NAME:
            return name
        return f"{self.id}-{hashlib.sha256(branch.encode()).hexdigest()[:16]}-{rest}"

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

    def check_cursor(self, line: str, execution: str) -> None:
        """Raises `IllegalMove` when `execution` is not the cursor of this branch or edit, or that has ended."""
        branch = self.branches.get(line)
        there = branch.live if branch else line in self.edits
        if not there or execution != self.execution_name(line):
            raise IllegalMove(f"execution {execution} is not the cursor of {line!r} any more")

    def enter(self, branch_name: str, phase: str, execution: str, at: str) -> "Production":
        """The execution has come to `phase`."""
        self.check_cursor(branch_name, execution)
        branch = self.branch(branch_name)
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

    def approve(self, branch_name: str, base: Base) -> "Production":
        """The branch goes on from `base` to the next phase, or is completed after the last."""
        branch = self._in(branch_name, "continue", "running", "paused")
        if branch.checkpoint_id != base.checkpoint_id:
            raise NotWaiting(
                "this checkpoint is not the one the branch waits at",
                checkpoint_id=base.checkpoint_id,
                current_checkpoint=branch.checkpoint_id,
            )
        following = self.next_phase(branch.phase)
        if following is None:
            return self._with(branch, status="completed", base=base)
        return self._with(branch, status="running", phase=following, base=base)

    def branch_off(self, branch_name: str, base: Base, phase: str, at: str) -> tuple["Production", Branch]:
        """Another branch goes on from `base`, a revision of a checkpoint of `phase`. Where the branch itself waits at
        that checkpoint, it ends: the new one goes on in its place."""
        if self.status == "cancelled":
            raise IllegalMove("the production is cancelled; nothing goes on from it", status=self.status)
        parent, following = self.branch(branch_name), self.next_phase(phase)
        branch = Branch(
            name=self._free_name(branch_name),
            status="queued" if following else "completed",
            phase=following or phase,
            cursor_phase=following or phase,
            base=base,
            entered_at=at,
        )
        waits = parent.status == "paused" and not parent.held and parent.checkpoint_id == base.checkpoint_id
        ended = {branch_name: parent.model_copy(update={"status": "branched"})} if waits else {}
        branches = {**self.branches, **ended, branch.name: branch}
        return self.model_copy(update={"branches": branches}), branch

    def _free_name(self, branch_name: str) -> str:
        """`main` → `main-1`, then `main-2`; `main-1` → `main-1-1`."""
        beginning = f"{branch_name}-"
        own = [name.removeprefix(beginning) for name in self.branches if name.startswith(beginning)]
        return f"{beginning}{max((int(number) for number in own if number.isdigit()), default=0) + 1}"

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
        """Whatever goes on ends: branches and edits. What is finished stays as it is."""
        if self.status in FINISHED and not self.edits:
            raise IllegalMove(
                f"the production is {self.status}; there is nothing to cancel", status=self.status
            )
        branches = {
            name: branch.model_copy(update={"status": "cancelled"}) if branch.live else branch
            for name, branch in self.branches.items()
        }
        return self.model_copy(update={"branches": branches, "edits": {}})

    # ------------------------------------------------------------------ edits

    def begin_edit(self, edit: Edit) -> "Production":
        self.check_editable()
        if len(self.edits) >= MOST_EDITS and edit.id not in self.edits:
            raise Conflict(f"{MOST_EDITS} edits are being made; wait for one of them")
        return self.model_copy(update={"edits": {**self.edits, edit.id: edit}})

    def end_edit(self, edit_id: str) -> "Production":
        return self.model_copy(
            update={"edits": {id: edit for id, edit in self.edits.items() if id != edit_id}}
        )

    def restart_edit(self, edit_id: str) -> "Production":
        """A new execution takes over."""
        edit = self.edits[edit_id]
        return self.begin_edit(edit.model_copy(update={"attempt": edit.attempt + 1}))

    def check_editable(self) -> None:
        """Raises `IllegalMove` once it was cancelled."""
        if self.status == "cancelled":
            raise IllegalMove("the production is cancelled; it is not edited any more", status=self.status)

    # ------------------------------------------------------------------ small words

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

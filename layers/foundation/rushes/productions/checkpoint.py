"""A checkpoint: the selection a phase left on a branch, the revisions people made of it, and their decision."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.errors import Conflict, NotWaiting
from rushes.ids import derived_id
from rushes.productions.artifact import Version

CheckpointStatus = Literal["open", "waiting", "rejected", "approved"]


class Base(BaseModel):
    """Where a phase begins: the selection of one revision of a checkpoint."""

    model_config = ConfigDict(frozen=True)

    checkpoint_id: str
    revision: int


class Checkpoint(BaseModel):
    """`open` while its review is being opened, `waiting` for a person, `rejected` until it is edited, then `approved`.

    Revision 1 is what the phase left; each edit makes the next. The selection shown here is the newest's that is ready.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    production_id: str
    branch: str
    phase: str
    base: Base | None
    """What the phase worked on: its parent in the tree, at the revision it was continued from."""
    selection: dict[str, Version]
    revision: int = 1
    """The newest that is ready."""
    revisions: int = 1
    """How many were ever begun."""
    pending: tuple[int, ...] = ()
    """Revisions that are being made."""
    edited: bool = False
    """Whether the selection is another than the phase left."""
    changes: int = 1
    """Grows with every edit and every decision: what two people at once are told apart by."""
    status: CheckpointStatus = "open"
    comment: str | None = None
    """What was said with the last decision."""
    approved_at: str | None = None
    """When it was approved last."""
    token: str | None = None
    """The parked execution's task token. Never leaves the table."""
    created_at: str
    version: int = 0

    @staticmethod
    def id_for(production_id: str, branch: str, phase: str) -> str:
        """A branch passes each phase once, so a repeated assembly finds the checkpoint it made before."""
        return derived_id("cp", production_id, branch, phase)

    def check(self, changes: int | None) -> None:
        """Raises `Conflict` when it was changed since `changes` was read; None is whatever it is now."""
        if changes is not None and changes != self.changes:
            raise Conflict(
                f"the {self.phase} checkpoint was changed since you looked; look again",
                checkpoint_id=self.id,
                version=self.changes,
                revision=self.revision,
            )

    # ------------------------------------------------------------------ decisions

    def wait(self, token: str) -> "Checkpoint":
        """A person is asked. Asking again (a repeated delivery, a restarted execution) only renews the token."""
        if self.status == "approved":
            raise NotWaiting(f"the {self.phase} checkpoint was approved before", checkpoint_id=self.id)
        status: CheckpointStatus = "rejected" if self.status == "rejected" else "waiting"
        return self.model_copy(update={"status": status, "token": token})

    def approve(self, at: str, comment: str | None = None) -> "Checkpoint":
        """Once or again: what was continued before can be continued on another branch."""
        return self.model_copy(
            update={
                "status": "approved",
                "approved_at": at,
                "comment": comment,
                "changes": self.changes + 1,
            }
        )

    def reject(self, comment: str) -> "Checkpoint":
        """It waits for an edit. Raises `NotWaiting` when it does not wait for an answer."""
        if self.status not in ("waiting", "rejected"):
            raise NotWaiting(
                f"this {self.phase} checkpoint does not wait for an answer",
                checkpoint_id=self.id,
                status=self.status,
            )
        return self.model_copy(update={"status": "rejected", "comment": comment, "changes": self.changes + 1})

    # ------------------------------------------------------------------ edits

    def begin_edit(self) -> "Checkpoint":
        """The next revision is being made."""
        number = self.revisions + 1
        return self.model_copy(
            update={
                "revisions": number,
                "pending": (*self.pending, number),
                "changes": self.changes + 1,
            }
        )

    def end_edit(
        self, number: int, selection: dict[str, Version] | None, original: dict[str, Version]
    ) -> "Checkpoint":
        """The revision is ready, or, without a selection, failed. A newer one that is ready stays the newest. What was
        rejected waits for an answer again."""
        left = tuple(each for each in self.pending if each != number)
        ended = self.model_copy(update={"pending": left})
        if selection is None or number < self.revision:
            return ended
        status = "waiting" if self.status == "rejected" else self.status
        shown = {"revision": number, "selection": selection, "edited": selection != original}
        return ended.model_copy(update={**shown, "status": status})

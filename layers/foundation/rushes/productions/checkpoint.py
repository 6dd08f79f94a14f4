"""A checkpoint: the selection a phase left on a branch, and whether a person has answered it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.errors import NotWaiting
from rushes.ids import derived_id
from rushes.productions.artifact import Version

CheckpointStatus = Literal["open", "waiting", "approved"]


class Checkpoint(BaseModel):
    """`open` while its review is being opened, `waiting` for a person, then `approved`."""

    model_config = ConfigDict(frozen=True)

    id: str
    production_id: str
    branch: str
    phase: str
    parent_id: str | None
    selection: dict[str, Version]
    status: CheckpointStatus = "open"
    token: str | None = None
    """The parked execution's task token. Never leaves the table."""
    created_at: str
    version: int = 0

    @staticmethod
    def id_for(production_id: str, branch: str, phase: str) -> str:
        """A branch passes each phase once, so a repeated assembly finds the checkpoint it made before."""
        return derived_id("cp", production_id, branch, phase)

    def wait(self, token: str) -> "Checkpoint":
        """A person is asked. Asking again (a repeated delivery, a restarted execution) only renews the token."""
        if self.status == "approved":
            raise NotWaiting(f"the {self.phase} checkpoint was approved before", checkpoint_id=self.id)
        return self.model_copy(update={"status": "waiting", "token": token})

    def approve(self) -> "Checkpoint":
        if self.status == "approved":
            raise NotWaiting(f"the {self.phase} checkpoint was continued before", checkpoint_id=self.id)
        return self.model_copy(update={"status": "approved"})

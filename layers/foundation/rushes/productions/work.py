"""Work items: what a branch, or an edit, is making or has made under each name. The live half of a selection."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.artifact import Artifact
from rushes.productions.failure import Failure
from rushes.productions.ledger import usd
from rushes.productions.recipe import Media

WorkState = Literal["waiting", "rendering", "ready", "failed"]


class WorkItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    branch: str
    edit: str | None = None
    """The edit it is made for; None when it is the branch's own."""
    name: str
    phase: str
    media: Media
    fingerprint: str
    state: WorkState = "waiting"
    version: int | None = None
    ext: str | None = None
    reused: bool = False
    model: str = ""
    """Who makes it: the model that was settled, or the one that stands in for it."""
    estimate_micro_usd: int = 0
    """What it was expected to cost when its phase began: nothing, if it was there already."""
    stand_in: str | None = None
    """The fingerprint of the recipe that is made instead, when the first one's model cannot be had."""
    failure: Failure | None = None

    @property
    def line(self) -> str:
        """Whose work it is: the edit's or the branch's."""
        return self.edit or self.branch

    @property
    def made_from(self) -> str:
        """The fingerprint of the recipe it is made by."""
        return self.stand_in or self.fingerprint


def ready_item(branch: str, phase: str, artifact: Artifact, edit: str | None = None) -> WorkItem:
    """Of an artifact that is there."""
    return WorkItem(
        branch=branch,
        edit=edit,
        name=artifact.name,
        phase=phase,
        media=artifact.media,
        fingerprint=artifact.fingerprint,
        model=artifact.model,
        state="ready",
        version=artifact.version,
        ext=artifact.ext,
    )


def told(item: WorkItem, cost_micro_usd: int = 0) -> dict[str, Any]:
    """An item, as events tell of it."""
    return {
        "branch": item.branch,
        "edit": item.edit,
        "phase": item.phase,
        "name": item.name,
        "media": item.media,
        "version": item.version,
        "reused": item.reused,
        "cost_usd": usd(cost_micro_usd),
    }

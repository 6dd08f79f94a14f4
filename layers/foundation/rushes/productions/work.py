"""Work items: what a branch is making, or has made, under each name. The live half of a selection."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.production import Failure
from rushes.productions.recipe import Media

WorkState = Literal["waiting", "rendering", "ready", "failed"]


class WorkItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    branch: str
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
    def made_from(self) -> str:
        """The fingerprint of the recipe it is made by."""
        return self.stand_in or self.fingerprint

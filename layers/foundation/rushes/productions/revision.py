"""Revisions of a checkpoint: a phase, run again with overrides. Together with its base each says all that made it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rushes.productions.artifact import Version
from rushes.productions.failure import Failure


class Remake(BaseModel):
    """The phase's own recipe, changed: regenerate. What is None stays as the phase wants it."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["remake"] = "remake"
    prompt: str | None = None
    model: str | None = None
    seed: int | None = None
    take: int = 1


class Given(BaseModel):
    """A version of this very name that is there already: adopt."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["given"] = "given"
    version: int


class MadeBy(BaseModel):
    """Another recipe of this production, by its fingerprint: replace, or adopt what has another name."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["made_by"] = "made_by"
    fingerprint: str


class Written(BaseModel):
    """A document's contents in a person's words: edit."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["written"] = "written"
    content: Any
    edited_from: int
    """The version that was changed to say this."""


Override = Annotated[Remake | Given | MadeBy | Written, Field(discriminator="kind")]


class Revision(BaseModel):
    """Append-only: its overrides never change, and its selection is written once, when it is ready."""

    model_config = ConfigDict(frozen=True)

    checkpoint_id: str
    number: int
    based_on: int | None = None
    """The revision it was made from; None for the first, which the phase itself made."""
    what: str
    """In words, for people: "beat_02 regenerated"."""
    names: tuple[str, ...] = ()
    """What the edit was about."""
    overrides: dict[str, Override] = {}
    """All that hold for this revision, those of the ones before it among them."""
    status: Literal["pending", "ready", "failed"] = "pending"
    selection: dict[str, Version] = {}
    failure: Failure | None = None
    created_at: str

    def ready(self, selection: dict[str, Version]) -> "Revision":
        return self.model_copy(update={"status": "ready", "selection": selection})

    def failed(self, failure: Failure) -> "Revision":
        return self.model_copy(update={"status": "failed", "failure": failure})

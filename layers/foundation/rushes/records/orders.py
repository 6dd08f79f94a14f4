"""Orders: what a workflow's task wants of the door."""

from pydantic import BaseModel, ConfigDict


class Order(BaseModel):
    """One task of one execution that wants an artifact by a recipe."""

    model_config = ConfigDict(frozen=True)

    owner: str
    production_id: str
    branch: str
    edit: str | None = None
    """The edit of a checkpoint it is made for, if it is."""
    execution: str
    name: str
    fingerprint: str
    """Of the recipe that the phase asked for."""
    token: str
    call: str = ""
    """Which of the task's calls this is: a task that is tried again calls again, sometimes with the same token."""
    phase: str = ""
    """Whose phase it is, for the books."""
    stand_in: str | None = None
    """The fingerprint of the recipe that is made instead, when the first one's model cannot be had."""

    @property
    def recipe(self) -> str:
        """The fingerprint of what is to be made."""
        return self.stand_in or self.fingerprint

    @property
    def line(self) -> str:
        """Whose work it is: the edit's or the branch's."""
        return self.edit or self.branch

    def same_work(self, other: "Order") -> bool:
        return (self.production_id, self.line, self.name) == (other.production_id, other.line, other.name)

    def succeeds(self, other: "Order") -> bool:
        """Whether this is a later call for the same work: the other's function is dead, then."""
        return self.same_work(other) and (self.token, self.call) != (other.token, other.call)

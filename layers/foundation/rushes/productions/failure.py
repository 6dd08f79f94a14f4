"""Why something failed, for a person."""

from pydantic import BaseModel, ConfigDict


class Failure(BaseModel):
    """`item` names the artifact if one is to blame."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    item: str | None = None

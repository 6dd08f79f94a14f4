"""Settings from the environment, read once, when asked for."""

import json
import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True)

    table: str
    bucket: str
    state_machines: dict[str, str]
    """Pipeline → state machine ARN."""
    catalog: str | None = None
    """A model catalog other than the one Rushes comes with."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raises KeyError naming the missing variable: a function without its settings must not start."""
        return cls(
            table=environment["RUSHES_TABLE"],
            bucket=environment["RUSHES_BUCKET"],
            state_machines=json.loads(environment["RUSHES_STATE_MACHINES"]),
            catalog=environment.get("RUSHES_CATALOG"),
        )

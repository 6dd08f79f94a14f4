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
    functions: dict[str, str] = {}
    """`finish`, `stop` → the name of the function, for who may call them."""
    catalog: str | None = None
    """A model catalog other than the one Rushes comes with."""
    secret: str | None = None
    """The secret in Secrets Manager that holds the providers' keys."""
    public_url: str | None = None
    """Where the outside world reaches the API, without `/v1`; None when it cannot."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raises KeyError naming the missing variable: a function without its settings must not start."""
        return cls(
            table=environment["RUSHES_TABLE"],
            bucket=environment["RUSHES_BUCKET"],
            state_machines=json.loads(environment["RUSHES_STATE_MACHINES"]),
            functions=json.loads(environment.get("RUSHES_FUNCTIONS", "{}")),
            catalog=environment.get("RUSHES_CATALOG"),
            secret=environment.get("RUSHES_SECRET"),
            # Set by hand it wins over what the template knows, also when it is empty: nobody can call us, then.
            public_url=environment.get("RUSHES_PUBLIC_URL", environment.get("RUSHES_API_URL")) or None,
        )

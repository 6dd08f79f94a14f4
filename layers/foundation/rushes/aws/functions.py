"""Functions that are called and not waited for. Lambda tries a failed call twice more."""

import json
from typing import Any


class Functions:
    """`client` is a boto3 Lambda client; `names` maps ours (`finish`, `stop`) → the deployed function's name."""

    def __init__(self, client: Any, names: dict[str, str]) -> None:
        self._client = client
        self._names = names

    def call_later(self, function: str, event: dict[str, Any]) -> None:
        """Answers when Lambda has taken the event over. At most 1 MB of JSON."""
        self._client.invoke(
            FunctionName=self._names[function], InvocationType="Event", Payload=json.dumps(event).encode()
        )

"""Answers to waiting Step Functions tasks."""

import json
from typing import Any

from botocore.exceptions import ClientError

# What a token that was already answered, timed out, or died with its execution is refused with.
_SETTLED = {"TaskDoesNotExist", "TaskTimedOut", "InvalidToken"}
_CAUSE_LIMIT = 32_000  # Step Functions: characters of a cause


class Callbacks:
    """`client` is a boto3 Step Functions client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def succeed(self, token: str, output: dict[str, Any]) -> bool:
        """False when nobody waits on this token any more, which on a repeated answer means it was heard before."""
        return self._answer(self._client.send_task_success, taskToken=token, output=json.dumps(output))

    def fail(self, token: str, error: str, cause: str) -> bool:
        """False as in `succeed`."""
        return self._answer(
            self._client.send_task_failure, taskToken=token, error=error, cause=cause[:_CAUSE_LIMIT]
        )

    @staticmethod
    def _answer(send: Any, **arguments: str) -> bool:
        try:
            send(**arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] in _SETTLED:
                return False
            raise
        return True

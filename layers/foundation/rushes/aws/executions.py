"""Executions: the disposable cursors."""

import json
from typing import Any

from botocore.exceptions import ClientError


class Executions:
    """`client` is a boto3 Step Functions client; `state_machines` maps pipeline → ARN."""

    def __init__(self, client: Any, state_machines: dict[str, str]) -> None:
        self._client = client
        self._machines = state_machines

    def start(self, pipeline: str, name: str, cursor: dict[str, str]) -> None:
        """Starting the same name again is nothing new."""
        try:
            self._client.start_execution(
                stateMachineArn=self._machines[pipeline], name=name, input=json.dumps(cursor)
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
                raise

    def stop(self, pipeline: str, name: str, cause: str) -> None:
        """Stopping what does not run (any more) is nothing."""
        try:
            self._client.stop_execution(executionArn=self._arn(pipeline, name), error="Stopped", cause=cause)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionDoesNotExist":
                raise

    def running(self, pipeline: str, name: str) -> bool:
        try:
            answer = self._client.describe_execution(executionArn=self._arn(pipeline, name))
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionDoesNotExist":
                raise
            return False
        return answer["status"] == "RUNNING"

    def _arn(self, pipeline: str, name: str) -> str:
        return self._machines[pipeline].replace(":stateMachine:", ":execution:") + f":{name}"

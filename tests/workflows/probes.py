"""Small functions that the engine runs to show how it treats functions."""

import os
import time
from typing import Any

import boto3


class Busy(Exception):
    pass


def sleeper(event: dict[str, Any], context: Any) -> None:
    """Sleeps, notes when in the table, and answers its token."""
    begun = time.time()
    time.sleep(event["seconds"])
    _note(event["run"], f"{event['item']}", begun=begun, ended=time.time())
    boto3.client("stepfunctions").send_task_success(taskToken=event["token"], output="{}")


def raiser(event: dict[str, Any], context: Any) -> None:
    """Raises Busy twice, then answers its token."""
    attempt = _count(event["run"])
    if attempt <= 2:
        raise Busy("not yet")
    boto3.client("stepfunctions").send_task_success(
        taskToken=event["token"], output=f'{{"attempt": {attempt}}}'
    )


def dier(event: dict[str, Any], context: Any) -> None:
    os._exit(3)


def silent(event: dict[str, Any], context: Any) -> None:
    """Takes a token and never answers."""
    _note(event["run"], "token", token=event["token"])


def busy(event: dict[str, Any], context: Any) -> None:
    """Notes its process and works for a minute."""
    _note(event["run"], "process", pid=os.getpid())
    time.sleep(60)


def errand(event: dict[str, Any], context: Any) -> None:
    """Nobody waits for it. Raises Busy as often as it is told, then works for a moment and notes when."""
    if _count(event["run"]) <= event.get("fails", 0):
        raise Busy("not yet")
    begun = time.time()
    time.sleep(0.2)
    _note(event["run"], f"{event['item']}", begun=begun, ended=time.time())


def witness(event: dict[str, Any], context: Any) -> None:
    """Notes an EventBridge event."""
    detail = event["detail"]
    _note(
        "witness",
        detail["name"],
        status=detail["status"],
        error=detail["error"] or "",
        kind=event["detail-type"],
    )


def _table() -> Any:
    dynamodb: Any = boto3.resource("dynamodb")
    return dynamodb.Table(os.environ["RUSHES_TABLE"])


def _note(run: str, item: str, **facts: Any) -> None:
    _table().put_item(
        Item={"pk": f"probe#{run}", "sk": item, **{key: str(value) for key, value in facts.items()}}
    )


def _count(run: str) -> int:
    answer = _table().update_item(
        Key={"pk": f"probe#{run}", "sk": "count"},
        UpdateExpression="ADD times :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="ALL_NEW",
    )
    return int(answer["Attributes"]["times"])

"""The API as Lambda runs it: API Gateway's own events through Mangum, real adapters on moto."""

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.pipelines import PHASES
from rushes import services as composition
from rushes.services import Services
from tests.conftest import BUCKET, TABLE

AD = {"kind": "ad", "prompt": "A calm ad for a bottle of water by the sea at dawn"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    json: Any = field(default=None)


class Api:
    """Sends requests as `subject`, whose token API Gateway has verified."""

    def __init__(self, handler: Any, subject: str | None = "me") -> None:
        self._handler = handler
        self._subject = subject

    def __call__(
        self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None, **headers: str
    ) -> Answer:
        text = body if isinstance(body, str) else json.dumps(body)
        event = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": urlencode(query or {}),
            "headers": {
                "content-type": "application/json",
                "host": "api.test",
                **{k.replace("_", "-"): v for k, v in headers.items()},
            },
            "requestContext": {
                "requestId": "request-1",
                "timeEpoch": int(time.time() * 1000),
                "http": {"method": method, "path": path, "sourceIp": "127.0.0.1", "protocol": "HTTP/1.1"},
                "stage": "$default",
                **({"authorizer": {"jwt": {"claims": {"sub": self._subject}}}} if self._subject else {}),
            },
            "body": None if body is None else text,
            "isBase64Encoded": False,
        }
        answer = self._handler(event, SimpleNamespace(aws_request_id="lambda-1"))
        raw = answer.get("body") or ""
        told = base64.b64decode(raw).decode() if answer.get("isBase64Encoded") else raw
        is_json = answer["headers"].get("content-type", "").startswith("application/json")
        return Answer(
            answer["statusCode"], answer["headers"], told, json.loads(told) if is_json and told else None
        )


MACHINE = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 999, "End": True}}})


@pytest.fixture
def wired(aws: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The process's own services, as its environment describes them."""
    machines = {
        kind: aws("stepfunctions").create_state_machine(
            name=f"rushes-{kind}", definition=MACHINE, roleArn="arn:aws:iam::123456789012:role/r"
        )["stateMachineArn"]
        for kind in PHASES
    }
    monkeypatch.setenv("RUSHES_TABLE", TABLE)
    monkeypatch.setenv("RUSHES_BUCKET", BUCKET)
    monkeypatch.setenv("RUSHES_STATE_MACHINES", json.dumps(machines))
    composition.services.cache_clear()
    yield composition.services()
    composition.services.cache_clear()


@pytest.fixture
def api(wired: Services) -> Api:
    return as_somebody("me")


def as_somebody(subject: str | None) -> Api:
    from functions.api.main import handler

    return Api(handler, subject)

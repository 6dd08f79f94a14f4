"""The API keeps its own OpenAPI document: schemathesis asks all that it allows, and much that it forbids."""

import json
from typing import Any

import pytest
import schemathesis

# One check imports this when it first runs, where Hypothesis may have moved the recursion limit; there Python 3.11
# sometimes fails to compile ("AST constructor recursion depth mismatch"). So it is imported before.
import schemathesis.specs.openapi.object_authorization
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.config import SchemathesisConfig
from schemathesis.openapi import from_asgi
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from functions.api.main import app
from functions.api.routes import events
from rushes import services as composition
from rushes.services import Services
from tests.api.conftest import Api
from tests.api.test_productions import paused_production

TOKEN = "mine"
OPEN = ("/v1/health", "/v1/openapi.json")


class Gateway:
    """The API with the gateway's part done before it: tokens are looked at, and their claims handed on."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        known = (b"authorization", f"Bearer {TOKEN}".encode()) in scope.get("headers", [])
        claims = {"sub": "me"} if known else {}
        is_open = scope["path"] in OPEN or scope["path"].startswith("/v1/webhooks/")
        if scope["type"] == "http" and not known and not is_open:
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": b'{"message": "Unauthorized"}'})
            return
        context = {"requestId": "request-1", "authorizer": {"jwt": {"claims": claims}}}
        await app({**scope, "aws.event": {"requestContext": context}}, receive, send)


def document() -> Any:
    """As it is served: it is the same wherever the API runs."""
    token = {"openapi": {"HTTPBearer": {"bearer": TOKEN}}}
    config = SchemathesisConfig.from_dict({"seed": 1, "auth": token, "request-timeout": 300})
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RUSHES_TABLE", "none")
        environment.setenv("RUSHES_BUCKET", "none")
        environment.setenv("RUSHES_STATE_MACHINES", json.dumps({}))
        composition.services.cache_clear()
        made = from_asgi("/v1/openapi.json", Gateway(), config=config)
    composition.services.cache_clear()
    return made


DOCUMENT = document()
BOUNDED = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def at_once(wired: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for an event that does not come."""
    monkeypatch.setattr(events, "WAIT_SECONDS", 0)


@pytest.fixture
def reviewed(api: Api, wired: Services) -> dict[str, str]:
    """What stands for each id in a path: a production that waits for its review."""
    production_id, checkpoint_id = paused_production(api, wired)
    return {"production_id": production_id, "checkpoint_id": checkpoint_id, "name": "notes"}


@DOCUMENT.parametrize()
@BOUNDED
def test_every_answer_is_one_the_document_promises(case: schemathesis.Case) -> None:
    # The gateway lets nobody ask a webhook's path in another way.
    guarded = case.path == "/v1/webhooks/{provider}/{ask_id}"
    case.call_and_validate(excluded_checks=[unsupported_method] if guarded else None)


@DOCUMENT.include(path_regex="production_id").exclude(method="DELETE").parametrize()
@BOUNDED
def test_every_answer_about_a_real_production_is_one_the_document_promises(
    case: schemathesis.Case, reviewed: dict[str, str]
) -> None:
    for name in reviewed.keys() & case.path_parameters.keys():
        case.path_parameters[name] = reviewed[name]
    # What an edit asks for is judged by the film's own rules, too, which no schema knows; and what was wrong with the
    # request may have been the id that stands no longer in its path.
    judged = case.method in ("PATCH", "POST") and "{checkpoint_id}" in case.path
    unsure = [positive_data_acceptance, negative_data_rejection]
    case.call_and_validate(excluded_checks=unsure if judged else None)


def test_what_is_made_can_be_looked_at_steered_and_deleted_in_any_order() -> None:
    run_state_machine_as_test(
        DOCUMENT.as_state_machine(), settings=settings(BOUNDED, max_examples=20, stateful_step_count=8)
    )

"""Webhooks: the signature over the very bytes is the gate, and what is behind it is done later."""

import base64
import json
import time
from typing import Any

import pytest

from rushes.ids import new_id
from rushes.providers.replicate.webhooks import TOLERANCE, sign
from rushes.services import Services
from tests.api.conftest import Answer, Api
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble

ASK = new_id("ask")
NEWS = {"id": "job1", "status": "succeeded", "output": "https://replicate.delivery/out.mp4"}
BODY = json.dumps(NEWS | {"logs": "frame 1 of 120", "input": {"prompt": "ein Café ☕"}}, ensure_ascii=False)


class FakeFunctions:
    """Remembers what was to be called later."""

    def __init__(self) -> None:
        self.called: list[tuple[str, dict[str, Any]]] = []

    def call_later(self, function: str, event: dict[str, Any]) -> None:
        self.called.append((function, event))


@pytest.fixture
def functions(wired: Services, monkeypatch: pytest.MonkeyPatch) -> FakeFunctions:
    """What the webhooks make happen, with an account at Replicate."""
    fake = FakeFunctions()
    monkeypatch.setitem(vars(wired), "functions", fake)
    monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)
    monkeypatch.setenv("REPLICATE_WEBHOOK_SECRET", SECRET)
    return fake


def tell(
    provider: str = "replicate",
    ask: str = ASK,
    body: str = BODY,
    signed: str = BODY,
    secret: str = SECRET,
    age: int = 0,
    encoded: bool = False,
    **headers: str,
) -> Answer:
    from functions.api.main import handler

    def gateway(event: dict[str, Any], context: Any) -> Any:
        if encoded:
            event["body"] = base64.b64encode(event["body"].encode()).decode()
            event["isBase64Encoded"] = True
        return handler(event, context)

    moment = str(int(time.time()) - age)
    signature = sign(secret, "msg_1", moment, signed.encode())
    known = {"webhook_id": "msg_1", "webhook_timestamp": moment, "webhook_signature": signature}
    return Api(gateway, None)("POST", f"/v1/webhooks/{provider}/{ask}", body, None, **known | headers)


@pytest.mark.parametrize("encoded", [False, True], ids=["as text", "as base64"])
def test_what_is_signed_is_handed_on_without_what_nobody_needs(functions: FakeFunctions, encoded: bool):
    answer = tell(encoded=encoded)
    assert (answer.status, answer.text) == (204, "")
    assert functions.called == [("finish", {"ask_id": ASK, "body": NEWS})]


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": BODY.replace("job1", "job2")},
        {"body": BODY + " "},
        {"secret": "whsec_Zm9yZ2Vk"},
        {"age": TOLERANCE + 5},
        {"age": -TOLERANCE - 5},
        {"webhook_signature": ""},
        {"webhook_id": ""},
        {"webhook_timestamp": "yesterday"},
        {"body": "no JSON", "signed": "no JSON"},
        {"body": "[1]", "signed": "[1]"},
    ],
    ids=str,
)
def test_what_is_forged_stale_or_unsigned_is_refused_and_counted(
    functions: FakeFunctions, capsys: pytest.CaptureFixture[str], wrong: dict[str, Any]
):
    answer = tell(**wrong)
    assert (answer.status, answer.json["error"]["code"]) == (401, "FORGED")
    assert functions.called == []
    assert json.loads(capsys.readouterr().out)["WebhookRejected"] == [1.0]


def test_no_refusal_repeats_a_secret(functions: FakeFunctions):
    assert SECRET.removeprefix("whsec_") not in tell(secret="whsec_Zm9yZ2Vk").text


@pytest.mark.parametrize("provider", ["nobody", "sketch", "cutting_room", "openai"])
def test_who_has_no_account_here_tells_nothing(functions: FakeFunctions, provider: str):
    assert tell(provider).status == 404
    assert functions.called == []


def test_without_a_key_nobody_is_heard(functions: FakeFunctions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("REPLICATE_API_TOKEN")
    assert tell().status == 404


def test_without_a_secret_and_nobody_to_ask_for_it_nothing_is_believed(
    functions: FakeFunctions, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REPLICATE_WEBHOOK_SECRET")
    monkeypatch.setenv("REPLICATE_BASE_URL", "http://127.0.0.1:9/v1")
    assert tell().status == 503
    assert functions.called == []


def test_without_a_secret_the_provider_is_asked_for_it(
    functions: FakeFunctions, monkeypatch: pytest.MonkeyPatch
):
    with ReplicateDouble() as replicate:
        monkeypatch.delenv("REPLICATE_WEBHOOK_SECRET")
        monkeypatch.setenv("REPLICATE_BASE_URL", replicate.url)
        monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)
        assert tell().status == 204
    assert len(functions.called) == 1


@pytest.mark.parametrize(
    "ask", ["ask_1", "prod_" + ASK[4:], ASK.upper(), ASK + "x"], ids=["short", "another", "capital", "long"]
)
def test_an_ask_has_the_shape_of_an_id(functions: FakeFunctions, ask: str):
    assert tell(ask=ask).status == 422


def test_what_is_too_large_is_not_looked_at(functions: FakeFunctions):
    large = json.dumps(NEWS | {"logs": "x" * 5_000_000})
    assert tell(body=large, signed=large).status == 422
    assert functions.called == []

"""The front gives the API a clean address and keeps foreign pages out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infra.local.front import Front

API_PORT, GATEWAY_PORT = 8700, 8701


class Engine:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append((scope["path"], scope["raw_path"]))


def test_the_apis_port_addresses_the_api(front: Front, engine: Engine):
    ask(front, API_PORT, "/v1/productions/a b", raw=b"/v1/productions/a%20b")
    base = "/_aws/execute-api/abc/$default"
    assert engine.asked == [(f"{base}/v1/productions/a b", f"{base}/v1/productions/a%20b".encode())]


def test_the_gateways_port_is_the_engine_as_it_is(front: Front, engine: Engine):
    ask(front, GATEWAY_PORT, "/bucket/key")
    assert engine.asked == [("/bucket/key", b"/bucket/key")]


@pytest.mark.parametrize("port", [API_PORT, GATEWAY_PORT])
@pytest.mark.parametrize(
    "headers",
    [
        {b"host": b"evil.example"},
        {b"host": b"127.0.0.1.evil.example:8700"},
        {b"host": b"127.0.0.1:8700", b"origin": b"https://evil.example"},
        {b"host": b"127.0.0.1:8700", b"origin": b"null"},
        {},
    ],
)
def test_foreign_names_and_pages_are_refused(
    front: Front, engine: Engine, port: int, headers: dict[bytes, bytes]
):
    assert ask(front, port, "/v1/productions", headers=headers) == 403
    assert engine.asked == []


@pytest.mark.parametrize("origin", [b"http://127.0.0.1:8700", b"http://localhost:5173"])
def test_local_pages_are_let_through(front: Front, engine: Engine, origin: bytes):
    ask(front, API_PORT, "/v1/productions", headers={b"host": b"localhost:8700", b"origin": origin})
    assert len(engine.asked) == 1


def test_under_the_public_name_only_webhooks_are_let_through(engine: Engine):
    front = Front(engine, API_PORT, "studio.example")
    front.api_id = "abc"
    named = {b"host": b"studio.example"}
    ask(front, API_PORT, "/v1/webhooks/replicate/ask_1", headers=named)
    assert len(engine.asked) == 1
    assert ask(front, API_PORT, "/v1/productions", headers=named) == 403
    assert ask(front, GATEWAY_PORT, "/v1/webhooks/replicate/ask_1", headers=named) == 403
    page = {**named, b"origin": b"https://studio.example"}
    assert ask(front, API_PORT, "/v1/webhooks/replicate/ask_1", headers=page) == 403
    assert len(engine.asked) == 1


def test_before_the_stacks_stand_the_api_says_that_it_starts(engine: Engine):
    assert ask(Front(engine, API_PORT), API_PORT, "/v1/health") == 503


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def front(engine: Engine) -> Front:
    front = Front(engine, API_PORT)
    front.api_id = "abc"
    return front


def ask(
    front: Front, port: int, path: str, raw: bytes | None = None, headers: dict[bytes, bytes] | None = None
) -> int | None:
    """The status with which the front itself answered, if it did."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "server": ("127.0.0.1", port),
        "path": path,
        "raw_path": raw or path.encode(),
        "headers": list(({b"host": b"127.0.0.1:8700"} if headers is None else headers).items()),
    }

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    # In a thread of its own: `asyncio.run` takes the main thread's event loop away, which the API's tests need.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, front(scope, receive, send)).result()
    return sent[0]["status"] if sent else None

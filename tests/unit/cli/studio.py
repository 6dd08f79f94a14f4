"""A studio of canned answers, over real HTTP and in the real envelope."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typer.testing import CliRunner

from infra.cli.main import app

PRODUCTION = "prod_06edj3p5w3r8t0z6m8rkq2k9aa"
ONE = f"/productions/{PRODUCTION}"
CHECKPOINT = "cp_0f1e2d3c4b5a69788796a5b4"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    kind: str = "application/json"
    promised: int | None = None
    """The length it claims to have, where that is not its own."""


def data(value: Any, status: int = 200) -> Answer:
    envelope = {
        "data": value,
        "error": None,
        "meta": {"request_id": "r", "timestamp": "t", "next_cursor": None},
    }
    return Answer(status, json.dumps(envelope).encode())


def problem(status: int, code: str, message: str, **details: Any) -> Answer:
    error = {"code": code, "message": message, "details": details}
    return Answer(status, json.dumps({"data": None, "error": error, "meta": {}}).encode())


def file(body: bytes, promised: int | None = None) -> Answer:
    return Answer(200, body, "video/mp4", promised)


def told(*events: dict[str, Any]) -> Answer:
    """Events as Server-Sent Events, with the API's time to come back before them."""
    blocks = [f"event: {e['type']}\ndata: {json.dumps(e)}\nid: {e['id']}\n\n" for e in events]
    return Answer(200, ("retry: 500\n\n" + "".join(blocks)).encode(), "text/event-stream")


ALL_TOLD = Answer(204)


@dataclass
class Studio:
    """Routes are `METHOD /path` below `/v1`. The answers of one come one after the other; the last one stays."""

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    """(route, body) of each request; a JSON body as its value."""
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def api(self) -> str:
        return f"{self.address}/v1"

    def on(self, route: str, *answers: Answer) -> None:
        self.answers[route] = list(answers)

    def next(self, route: str) -> Answer:
        waiting = self.answers.get(route) or [problem(404, "NOT_FOUND", f"there is nothing at {route}")]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def serving() -> Iterator[Studio]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            route = f"{self.command} {self.path.removeprefix('/v1')}"
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            is_json = self.headers.get("content-type") == "application/json"
            studio.asked.append((route, json.loads(body) if is_json else body or None))
            studio.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = studio.next(route)
            self.send_response(answer.status)
            if answer.status != 204:
                self.send_header("content-type", answer.kind)
                length = len(answer.body) if answer.promised is None else answer.promised
                self.send_header("content-length", str(length))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

        def log_message(self, *_arguments: Any) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        studio = Studio(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield studio
        finally:
            server.shutdown()
            thread.join()


def rushes(studio: Studio, *arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments, "--api", studio.api, "--token", "token"])


# ---------------------------------------------------------------------- what it tells of


class Telling:
    """Numbers events as the API does: from 1, without gaps."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, type: str, **facts: Any) -> dict[str, Any]:
        self._count += 1
        return {
            "id": self._count,
            "type": type,
            "at": f"2026-01-01T00:00:{self._count:02d}.000Z",
            "data": facts,
        }


def shown(status: str, phase: str = "plan", **more: Any) -> dict[str, Any]:
    """A production as `GET /productions/{id}` shows it."""
    error = {"code": "REFUSED", "message": "the model said no", "item": "beat_00"}
    return {
        "id": PRODUCTION,
        "kind": "ad",
        "title": "A calm ad",
        "status": status,
        "phase": phase,
        "current_checkpoint": CHECKPOINT if status == "paused" else None,
        "created_at": "2026-01-01T00:00:00.000Z",
        "progress": {"branch": "main", "message": f"{phase}: {status}", "percent": 25},
        "branches": [],
        "artifacts": [],
        "cost_usd": 0.0,
        "reserved_usd": 0.0,
        "estimated_usd": 0.0,
        "budget_usd": None,
        "result": None,
        "error": error if status == "failed" else None,
        "models": {},
        "request": {},
        **more,
    }


def item(name: str, phase: str = "storyboard", **more: Any) -> dict[str, Any]:
    """An artifact of a production."""
    return {
        "name": name,
        "phase": phase,
        "media": "image",
        "state": "ready",
        "version": 1,
        "reused": False,
        "url": "http://link",
        "error": None,
        "estimate_usd": 0.025,
        "model": "flux_dev",
        "stand_in": False,
        **more,
    }


def held(**more: Any) -> dict[str, Any]:
    """A production that its budget holds."""
    reason = {"code": "BUDGET_EXCEEDED", "message": "beat_01 can cost up to $0.0250", "item": "beat_01"}
    money = {"cost_usd": 0.98, "estimated_usd": 1.23, "budget_usd": 1.0}
    return shown("paused", "storyboard", error=reason, **money | more)


def looks_ahead(
    studio: Studio, checkpoint: str, most_usd: float = 0.0, revision: int | None = None, **more: Any
) -> None:
    """Going on from `checkpoint` makes the rest, for so much at most."""
    money = {"usd": most_usd / 2, "most_usd": most_usd, "seconds": 60.0}
    outlook = {**money, "exact": True, "stale": ["chunk_00", "final"], **more}
    query = f"?revision={revision}" if revision else ""
    studio.on(f"GET {ONE}/checkpoints/{checkpoint}/outlook{query}", data(outlook))


def waits(studio: Studio, most_usd: float = 0.0) -> None:
    """At its only checkpoint, from which going on costs so much at most."""
    only = {
        "id": CHECKPOINT,
        "branch": "main",
        "phase": "storyboard",
        "version": 3,
        "created_at": "2026-01-01",
    }
    studio.on(f"GET {ONE}/checkpoints/tree", data([{**only, "parent_id": None, "children": []}]))
    looks_ahead(studio, CHECKPOINT, most_usd)


def plays(studio: Studio, end: str, **found: Any) -> None:
    """A production that is made, and comes to its rest."""
    tell = Telling()
    items = [{"name": "draft", "media": "text", "state": "waiting"}]
    studio.on("POST /productions", data({"id": PRODUCTION}, 202))
    studio.on(
        f"GET {ONE}/events",
        told(tell("production.status", status="queued"), tell("production.status", status="running")),
        told(tell("phase.started", phase="plan", items=items)),
        told(tell("artifact.ready", phase="plan", name="draft", reused=False)),
        told(tell("production.status", status=end, checkpoint_id=CHECKPOINT)),
        ALL_TOLD,
    )
    studio.on(f"GET {ONE}", data(shown(end, **found)))

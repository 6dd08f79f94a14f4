"""OpenAI on the wire: a small server on loopback that speaks its protocol of chats and transcriptions, and fails as
told.

    with OpenAIDouble() as openai:
        openai.faults.chats = ["lost after accepting"]
        ...
        assert len(openai.accepted) == 1

By hand: `python -m tests.doubles.openai --port 8901`, then the settings it prints.
"""

import hashlib
import json
import secrets
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from rushes.productions.recipe import canonical_json
from tests.doubles.chat_documents import document_for
from tests.doubles.transcriptions import form_of, objection, transcription

KEY = "sk-test-key-of-the-double"
_ECHO = f"the request had Authorization: Bearer {KEY}"
"""Every error repeats what it was sent, as some servers do: none of it may get any further."""


def _error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": f"{message}; {_ECHO}", **more}}


REFUSALS: dict[str, tuple[int, dict[str, str], Any]] = {
    "throttled": (429, {"Retry-After": "7"}, _error("Rate limit reached", code="rate_limit_exceeded")),
    "throttled, milliseconds": (429, {"retry-after-ms": "1500"}, _error("Rate limit reached")),
    "throttled, reset": (429, {"x-ratelimit-reset-requests": "1m2.5s"}, _error("Rate limit reached")),
    "no quota": (429, {}, _error("You exceeded your current quota", code="insufficient_quota")),
    "failed": (500, {}, _error("The server had an error", type="server_error")),
    "bad gateway": (502, {}, _error("Bad gateway")),
    "no room": (503, {"Retry-After": "3"}, _error("The engine is overloaded")),
    "gateway timed out": (504, {}, _error("Gateway timed out")),
    "overloaded": (529, {}, _error("Overloaded")),
    "strange gateway": (524, {}, _error("A timeout occurred")),
    "bad key": (401, {}, _error("Incorrect API key provided", code="invalid_api_key")),
    "bad key, Gemini": (400, {}, [_error("API key not valid. Please pass a valid API key.")]),
    "forbidden": (403, {}, _error("Country not supported")),
    "no credit": (402, {}, _error("Insufficient credits", code=402)),
    "no model": (404, {}, _error("The model does not exist", code="model_not_found")),
    "bad model, OpenRouter": (400, {}, _error("openai/none is not a valid model ID", code=400)),
    "bad input": (400, {}, _error("Invalid schema for response_format", type="invalid_request_error")),
    "too much": (422, {}, _error("word " * 200)),
    "moderated": (403, {}, _error("Your input was flagged", code=403, metadata={"reasons": ["violence"]})),
    "no fitting answer": (400, {}, _error("Failed to generate JSON", code="json_validate_failed")),
    "redirected": (307, {"Location": "/v1/elsewhere"}, {}),
}
WITHIN_200: dict[str, Any] = {
    "throttled in a 200": _error("Rate limited upstream", code=429),
    "bad input in a 200": _error("Bad request", code=400),
    "failed in a 200": _error("Something", code="unheard_of"),
    "no completion": {"object": "list", "data": []},
}


@dataclass
class Faults:
    """What goes wrong. The list is used up from the front, one entry a request; what is not said goes well."""

    chats: list[str] = field(default_factory=list)
    """A key of `REFUSALS` or `WITHIN_200`, or `lost before accepting`, `lost after accepting`, `cut in transit`,
    `failed after accepting`, `held` (until the end), `garbage`, or of an answer: `refused`, `filtered`, `truncated`,
    `empty`, `not JSON`, `breaks the schema`, `without usage`."""
    transcriptions: list[str] = field(default_factory=list)
    """The same, and of an answer: `silent`, `text only`, `without words`, `without usage`, `made up` (over silence),
    `beyond the sound`, `in the padding`, `backwards`, `not a number`, `no time`, `no list`."""
    answers_after: float = 0
    """Seconds before a request is answered."""
    replies: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    """Status, headers and JSON to answer with as they are, before anything else is looked at."""
    looks: int = 200
    """Status of everything that costs nothing; 0 hangs up."""


class OpenAIDouble:
    """A context manager. `accepted` has the body of every chat that would be billed, in order; `transcribed` the form
    of every transcription."""

    def __init__(
        self, port: int = 0, keeps: bool = True, filters: bool = True, charges: dict[str, Any] | None = None
    ) -> None:
        """`keeps` what is to be stored; `filters` lists by metadata; `charges` goes into each answer's usage, as
        OpenRouter's `cost` does."""
        self.faults = Faults()
        self.keeps, self.filters, self.charges = keeps, filters, charges or {}
        self.chats = 0
        self.accepted: list[dict[str, Any]] = []
        self.transcriptions = 0
        self.transcribed: list[dict[str, list[bytes]]] = []
        self.headers: list[dict[str, str]] = []
        """Of every request, names in lower case."""
        self.kept: dict[str, dict[str, Any]] = {}
        self.ended = threading.Event()
        self._lock = threading.RLock()
        self._server = _Server(("127.0.0.1", port), type("Bound", (_Handler,), {"double": self}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "OpenAIDouble":
        # The default looks only twice a second whether to stop.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def by_question(self) -> Counter[str]:
        """How often each question was accepted, whatever it was called by."""
        return Counter(
            hashlib.sha256(
                canonical_json({k: v for k, v in body.items() if k != "metadata"}).encode()
            ).hexdigest()
            for body in self.accepted
        )

    def next_fault(self) -> str:
        with self._lock:
            self.chats += 1
            return self.faults.chats.pop(0) if self.faults.chats else ""

    def next_transcription_fault(self) -> str:
        with self._lock:
            self.transcriptions += 1
            return self.faults.transcriptions.pop(0) if self.faults.transcriptions else ""

    def complete(self, body: dict[str, Any], fault: str) -> dict[str, Any]:
        """Accepts a chat: the completion it is answered with, and billed for."""
        completion = _completion(body, fault, self.charges)
        with self._lock:
            self.accepted.append(body)
            if self.keeps and body.get("store"):
                self.kept[completion["id"]] = completion | {"metadata": body.get("metadata") or {}}
        return completion

    def transcribe(self, form: dict[str, list[bytes]], fault: str) -> dict[str, Any]:
        """Accepts a transcription: what it is answered with, and billed for."""
        with self._lock:
            self.transcribed.append(form)
        return transcription(form, fault)

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """The newest first."""
        wanted = {name[9:-1]: value for name, value in query.items() if name.startswith("metadata[")}
        with self._lock:
            kept = list(reversed(self.kept.values()))
        rows = [row for row in kept if not self.filters or wanted.items() <= row["metadata"].items()]
        return {"object": "list", "data": rows[: int(query.get("limit", 20))], "has_more": False}


def _completion(body: dict[str, Any], fault: str, charges: dict[str, Any]) -> dict[str, Any]:
    schema = body["response_format"]["json_schema"]["schema"]
    text = json.dumps(document_for(schema, body["messages"][0]["content"]), ensure_ascii=False)
    message = {"role": "assistant", "content": text, "refusal": None}
    match fault:
        case "refused":
            message |= {"content": None, "refusal": "I can't help with that."}
        case "filtered" | "empty":
            message["content"] = None
        case "truncated":
            message["content"] = text[: len(text) // 2]
        case "not JSON":
            message["content"] = f"Here is your film: {text}"
        case "breaks the schema":
            message["content"] = json.dumps({"product": 12})
    ends = {"truncated": "length", "filtered": "content_filter"}
    read, written = sum(len(each["content"]) for each in body["messages"]) // 4, len(text) // 4
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written, **charges}
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": body["model"],
        "choices": [
            {"index": 0, "message": message, "finish_reason": ends.get(fault, "stop"), "logprobs": None}
        ],
        **({} if fault == "without usage" else {"usage": usage}),
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    double: OpenAIDouble
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url, double = urlsplit(self.path), self.double
        match url.path.strip("/").split("/"):
            case _ if not self._known():
                pass
            case _ if double.faults.looks == 0:
                self._hang_up()
            case _ if double.faults.looks != 200:
                self._answer(double.faults.looks, _error("no"))
            case ["v1", "models"]:
                self._answer(200, {"object": "list", "data": [{"id": "gpt-6-luna", "object": "model"}]})
            case ["v1", "key"]:
                self._answer(200, {"data": {"label": "double", "limit": None}})
            case ["v1", "chat", "completions"] if double.keeps:
                self._answer(200, double.listed(dict(parse_qsl(url.query))))
            case ["v1", "chat", "completions", job_id] if job_id in double.kept:
                self._answer(200, double.kept[job_id])
            case _:
                self._answer(404, _error("Not found"))

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        double = self.double
        match urlsplit(self.path).path:
            case _ if not self._known():
                pass
            case "/v1/chat/completions":
                body, fault = json.loads(sent), double.next_fault()
                self._respond(lambda: double.complete(body, fault), fault)
            case "/v1/audio/transcriptions":
                form, fault = form_of(self.headers["Content-Type"], sent), double.next_transcription_fault()
                if refusal := objection(form):
                    self._answer(refusal[0], _error(refusal[1]))
                else:
                    self._respond(lambda: double.transcribe(form, fault), fault)
            case _:
                self._answer(404, _error("Not found"))

    def _respond(self, accept: Callable[[], dict[str, Any]], fault: str) -> None:
        if self.double.faults.replies:
            status, headers, said = self.double.faults.replies.pop(0)
            self._answer(status, said, headers)
        elif fault == "lost before accepting":
            self._hang_up()
        elif fault in REFUSALS:
            status, headers, said = REFUSALS[fault]
            self._answer(status, said, headers)
        elif fault in WITHIN_200:
            self._answer(200, WITHIN_200[fault])
        else:
            self._deliver(accept(), fault)

    def _deliver(self, answer: dict[str, Any], fault: str) -> None:
        time.sleep(self.double.faults.answers_after)
        match fault:
            case "held":
                self.double.ended.wait()
            case "lost after accepting":
                self._hang_up()
            case "cut in transit":
                whole = json.dumps(answer).encode()
                self._send(200, whole[:40], {"Content-Type": "application/json"}, len(whole))
                self._hang_up()
            case "failed after accepting":
                self._answer(500, _error("The server had an error"))
            case "garbage":
                self._send(200, b"\x00<html>welcome</html>\xff", {"Content-Type": "application/json"})
            case _:
                self._answer(200, answer)

    def _known(self) -> bool:
        self.double.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.headers["Authorization"] == f"Bearer {KEY}":
            return True
        self._answer(401, _error("Incorrect API key provided", code="invalid_api_key"))
        return False

    def _answer(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(said).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _send(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _main() -> None:
    import argparse

    parser = argparse.ArgumentParser(description="A double of OpenAI's API on loopback.")
    parser.add_argument("--port", type=int, default=8901)
    parser.add_argument("--seconds", type=float, default=0, help="how long an answer takes")
    given = parser.parse_args()
    with OpenAIDouble(given.port) as double:
        double.faults.answers_after = given.seconds
        print(f"export OPENAI_BASE_URL={double.url}", f"export OPENAI_API_KEY={KEY}", sep="\n", flush=True)
        double.ended.wait()


if __name__ == "__main__":
    _main()

"""Replicate on the wire: a small server on loopback that speaks its protocol, makes real files, and fails as told.

    with ReplicateDouble() as replicate:
        replicate.faults.creates = ["lost after accepting"]
        ...
        assert len(replicate.accepted) == 1

By hand: `python -m tests.doubles.replicate --port 8902`, then `REPLICATE_BASE_URL` and the other settings it prints.
"""

import json
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from rushes.providers.replicate.webhooks import sign
from tests.doubles.predictions import TERMINAL, Prediction, model_called, now

TOKEN = "r8_test_token_of_the_double"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

REFUSALS: dict[str, tuple[int, dict[str, str], dict[str, Any]]] = {
    "throttled": (429, {"Retry-After": "7"}, {"detail": "Request was throttled."}),
    "throttled, reset": (429, {"ratelimit-reset": "5"}, {"detail": "Request was throttled."}),
    "throttled, in words": (
        429,
        {},
        {"detail": "Request was throttled. Expected available in 1 second.", "status": 429},
    ),
    "no room": (503, {}, {"detail": "Service unavailable"}),
    "bad input": (422, {}, {"title": "Input validation failed", "detail": "- input: prompt is required"}),
    "no credit": (402, {}, {"title": "Insufficient credit", "detail": f"No credit left for {TOKEN}"}),
    "failed": (500, {}, {"detail": "Internal server error"}),
}


@dataclass
class Faults:
    """What goes wrong. Lists are used up from the front, one entry a request; what is not said goes well."""

    creates: list[str] = field(default_factory=list)
    """A key of `REFUSALS`, or `failed after accepting`, `lost before accepting`, `lost after accepting`, `nonsense`."""
    ends: list[str] = field(default_factory=list)
    """Of the jobs: `succeeded`, `canceled`, `aborted`, or `failed: ` and the model's words."""
    webhooks: str = "once"
    """`once`, `early` (before the POST's answer), `twice`, `late`, `never`, `forged`, `stale`."""
    late_by: float = 1
    """Seconds."""
    outputs: str = "whole"
    """`whole`, `expired`, `truncated`, `other kind`, `foreign`, `redirected`, `busy`, `none`."""
    listing: str = "whole"
    """`whole`, `missing`, `without webhooks`, `bare` (neither webhook nor input), `malformed`, `failed`."""
    page_size: int = 100
    pace: dict[str, float] = field(default_factory=dict)
    """Media → how long a job takes, in shares of the catalog's seconds."""
    answers_after: float = 0
    """Seconds before a create is answered."""


class ReplicateDouble:
    """A context manager. `accepted` has every job that Replicate would bill or run, in order."""

    def __init__(self, port: int = 0) -> None:
        self.faults = Faults()
        self.accepted: list[Prediction] = []
        self.creates = 0
        self.cancels: list[str] = []
        self.deliveries: list[tuple[str, int]] = []
        """(job, status of our answer; 0 without one) of every webhook sent."""
        self._lock = threading.RLock()
        self._timers: list[threading.Timer] = []
        self._server = _Server(("127.0.0.1", port), type("Bound", (_Handler,), {"double": self}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "ReplicateDouble":
        # The default looks only twice a second whether to stop.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.cancel()
        self._server.shutdown()
        self._server.server_close()

    # ------------------------------------------------------------------ what tests ask

    def paid_jobs(self) -> list[Prediction]:
        """Jobs that ran, or still do: those that cost money."""
        return [job for job in self.accepted if job.status not in ("canceled", "aborted")]

    def by_input(self) -> Counter[str]:
        """How often each input was accepted."""
        return Counter(job.digest() for job in self.accepted)

    # ------------------------------------------------------------------ jobs

    def job(self, job_id: str) -> Prediction | None:
        with self._lock:
            return next((job for job in self.accepted if job.id == job_id), None)

    def accept(self, job: Prediction) -> None:
        seconds = self.faults.pace.get(job.model.media, 0) * job.model.seconds
        with self._lock:
            self.accepted.append(job)
            end = self.faults.ends.pop(0) if self.faults.ends else "succeeded"
        if self.faults.webhooks == "early":
            self.finish(job, end)
        else:
            self._later(seconds, lambda: self.finish(job, end))

    def finish(self, job: Prediction, end: str) -> None:
        with self._lock:
            if job.status in TERMINAL:
                return
            job.status, _, words = end.partition(": ")
            job.error = words or None
            job.completed_at = now()
            if job.status == "succeeded" and self.faults.outputs != "none":
                self._make(job)
        self._tell(job)

    def _make(self, job: Prediction) -> None:
        if job.model.role == "transcript":
            try:
                job.output = job.said()
            except OSError as error:
                job.status, job.error = "failed", f"Invalid input: {error}"
            return
        host = "https://files.example.com" if self.faults.outputs == "foreign" else self.url
        made = f"{host}/made/{job.id}/out.{job.suffix()}"
        job.output = [made] if "num_outputs" in job.input or "flux-" in job.model.name else made

    def cancel(self, job: Prediction) -> None:
        with self._lock:
            self.cancels.append(job.id)
        self.finish(job, "canceled")

    def page(self, after: str, offset: int) -> dict[str, Any]:
        """The newest first, like Replicate's."""
        with self._lock:
            jobs = [job for job in reversed(self.accepted) if job.created_at >= after]
        hidden = {"without webhooks": ("webhook",), "bare": ("webhook", "input")}.get(self.faults.listing, ())
        rows = [job.json(self.url) for job in jobs[offset : offset + self.faults.page_size]]
        following = offset + self.faults.page_size
        more = urlencode({"created_after": after, "cursor": following})
        return {
            "previous": None,
            "next": f"{self.url}/v1/predictions?{more}" if following < len(jobs) else None,
            "results": [{name: row[name] for name in row if name not in hidden} for row in rows],
        }

    # ------------------------------------------------------------------ webhooks

    def _tell(self, job: Prediction) -> None:
        if not job.webhook:
            return
        match self.faults.webhooks:
            case "never":
                pass
            case "late":
                self._later(self.faults.late_by, lambda: self.deliver(job))
            case "twice":
                self.deliver(job)
                self.deliver(job)
            case _:
                self.deliver(job)

    def deliver(self, job: Prediction) -> int:
        """Posts the webhook; the status of the answer, 0 without one."""
        body = json.dumps(job.json(self.url)).encode()
        secret = "whsec_Zm9yZ2Vk" if self.faults.webhooks == "forged" else SECRET
        timestamp = int(time.time()) - (3600 if self.faults.webhooks == "stale" else 0)
        message = f"msg_{job.id}"
        request = urllib.request.Request(job.webhook or "", body, {"Content-Type": "application/json"})
        request.add_header("webhook-id", message)
        request.add_header("webhook-timestamp", str(timestamp))
        request.add_header("webhook-signature", sign(secret, message, timestamp, body))
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                status = response.status
        except urllib.error.HTTPError as error:
            with error:
                status = error.code
        except OSError:
            status = 0
        with self._lock:
            self.deliveries.append((job.id, status))
        return status

    def _later(self, seconds: float, call: Callable[[], Any]) -> None:
        timer = threading.Timer(seconds, call)
        timer.daemon = True
        self._timers.append(timer)
        timer.start()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # callers may hang up
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    double: ReplicateDouble
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        match url.path.strip("/").split("/"):
            case ["made", job_id, _]:
                self._file(job_id)
            case ["v1", *_] if self.headers["Authorization"] != f"Bearer {TOKEN}":
                self._answer(401, {"title": "Unauthenticated", "detail": "Invalid token", "status": 401})
            case ["v1", "account"]:
                self._answer(200, {"type": "user", "username": "double"})
            case ["v1", "webhooks", "default", "secret"]:
                self._answer(200, {"key": SECRET})
            case ["v1", "predictions"]:
                self._list({name: values[0] for name, values in parse_qs(url.query).items()})
            case ["v1", "predictions", job_id] if job := self.double.job(job_id):
                self._answer(200, job.json(self.double.url))
            case _:
                self._answer(404, {"detail": "The requested resource could not be found.", "status": 404})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        match urlsplit(self.path).path.strip("/").split("/"):
            case _ if self.headers["Authorization"] != f"Bearer {TOKEN}":
                self._answer(401, {"title": "Unauthenticated", "detail": "Invalid token", "status": 401})
            case ["v1", "models", owner, name, "predictions"]:
                self._create(f"{owner}/{name}", json.loads(sent))
            case ["v1", "predictions"]:
                body = json.loads(sent)
                self._create(str(body.get("version")), body)
            case ["v1", "predictions", job_id, "cancel"] if job := self.double.job(job_id):
                self.double.cancel(job)
                self._answer(200, job.json(self.double.url))
            case _:
                self._answer(404, {"detail": "The requested resource could not be found.", "status": 404})

    def _create(self, name: str, body: dict[str, Any]) -> None:
        double, model = self.double, model_called(name)
        double.creates += 1
        fault = double.faults.creates.pop(0) if double.faults.creates else ""
        if fault == "lost before accepting":
            return self._hang_up()
        if fault in REFUSALS:
            status, headers, said = REFUSALS[fault]
            return self._answer(status, said, headers)
        if model is None:
            return self._answer(404, {"detail": "The requested resource could not be found.", "status": 404})
        job = Prediction(secrets.token_hex(13), model, body["input"], body.get("webhook"))
        answer = job.json(double.url)
        double.accept(job)
        time.sleep(double.faults.answers_after)
        match fault:
            case "lost after accepting":
                self._hang_up()
            case "failed after accepting":
                self._answer(500, {"detail": "Internal server error"})
            case "nonsense":
                self._send(201, b"<html>created</html>", {"Content-Type": "text/html"})
            case _:
                self._answer(201, answer)
        return None

    def _list(self, query: dict[str, str]) -> None:
        match self.double.faults.listing:
            case "missing":
                self._answer(404, {"detail": "The requested resource could not be found."})
            case "failed":
                self._answer(502, {"detail": "Bad gateway"})
            case "malformed":
                self._answer(200, {"results": ["?"]})
            case _:
                self._answer(
                    200, self.double.page(query.get("created_after", ""), int(query.get("cursor", 0)))
                )

    def _file(self, job_id: str) -> None:
        job = self.double.job(job_id)
        fault = "expired" if job is None else self.double.faults.outputs
        match fault:
            case "expired":
                self._answer(404, {"detail": "gone"})
            case "busy":
                self._answer(503, {"detail": "try again"}, {"Retry-After": "3"})
            case "redirected":
                self._send(302, b"", {"Location": "http://169.254.169.254/latest/meta-data"})
            case "other kind":
                self._send(200, b"<html>a page</html>", {"Content-Type": "text/html"})
            case _:
                assert job
                file = job.file()
                self._send(200, file[: len(file) // 2] if fault == "truncated" else file, length=len(file))

    def _answer(self, status: int, said: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(said).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _send(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        """`length` is what is promised; a body that is shorter ends with the connection."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or (length is not None and length > len(body))

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _main() -> None:
    import argparse

    parser = argparse.ArgumentParser(description="A double of Replicate's API on loopback.")
    parser.add_argument("--port", type=int, default=8902)
    parser.add_argument(
        "--pace", type=float, default=0, help="how long jobs take, in shares of the catalog's seconds"
    )
    given = parser.parse_args()
    with ReplicateDouble(given.port) as double:
        double.faults.pace = dict.fromkeys(("image", "video", "audio"), given.pace)
        print(f"export REPLICATE_BASE_URL={double.url}", f"export REPLICATE_API_TOKEN={TOKEN}", sep="\n")
        print(f"export REPLICATE_WEBHOOK_SECRET={SECRET}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    _main()

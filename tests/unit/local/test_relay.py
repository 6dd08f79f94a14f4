"""The relay brings the news of pending jobs to the route that providers would call, and never dies."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from infra.local.relay import AT_ONCE, Relay
from rushes.aws.clock import stamp
from rushes.errors import AnswerLost, Transient
from rushes.providers.port import Report
from rushes.providers.replicate.webhooks import verified
from rushes.records.asks import Ask
from rushes.records.orders import Order

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BEGAN = datetime.now(UTC)
ORDER = Order(
    owner="me", production_id="p", branch="main", execution="e", name="beat_00", fingerprint="f", token="t"
)


@dataclass
class Studio:
    """Everything the relay stands between: what is pending, the providers, our own API, and the clock."""

    pending: list[Ask] = field(default_factory=list)
    reports: dict[str, Any] = field(default_factory=dict)
    """Job → its report, or the error of asking for it."""
    traces: dict[str, Any] = field(default_factory=dict)
    """The same by ask, for those whose answer was lost."""
    refusals: list[Exception] = field(default_factory=list)
    """What our API fails with, used up from the front."""
    delivered: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    seconds: float = 0
    secret: str | None = SECRET

    def relay(self, pace: float = 1.0) -> Relay:
        catalog = SimpleNamespace(
            providers=lambda: {
                "replicate": SimpleNamespace(webhook_secret="REPLICATE_WEBHOOK_SECRET"),
                "openai": SimpleNamespace(webhook_secret=None),
            },
            provider=lambda name: SimpleNamespace(look=self.look),
            account=lambda name: SimpleNamespace(webhook_secret=self.secret),
        )
        services: Any = SimpleNamespace(
            asks=SimpleNamespace(pending=lambda: iter(self.pending)),
            catalog=catalog,
            door=SimpleNamespace(traced=lambda ask: said(self.traces.get(ask.id))),
            clock=lambda: BEGAN + timedelta(seconds=self.seconds),
        )
        return Relay(services, self.post, pace)

    def look(self, job_id: str) -> Report:
        self.looks.append(job_id)
        return said(self.reports[job_id])

    def post(self, path: str, headers: dict[str, str], body: bytes) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.delivered.append((path, headers, body))


def said(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


def ask(id: str = "ask_1", job: str | None = "job", provider: str = "replicate", at: float = 0) -> Ask:
    asked = stamp(BEGAN + timedelta(seconds=at))
    return Ask(
        id=id,
        order=ORDER,
        provider=provider,
        model="m",
        at=asked,
        job_id=job,
        accounts=(),
        expected=0,
        held=0,
    )


def report(status: Any = "succeeded", job: str = "job") -> Report:
    return Report(job, status, {"id": job, "status": status})


def looked_at(relay: Relay) -> list[str]:
    due = relay.due()
    for one in due:
        relay.look(one)
    return [one.id for one in due]


@pytest.fixture
def studio() -> Studio:
    return Studio(pending=[ask()], reports={"job": report("running")})


def test_a_jobs_end_is_delivered_to_its_webhook_and_signed(studio: Studio):
    studio.reports["job"] = report("succeeded")
    studio.seconds = 2
    looked_at(studio.relay())
    ((path, headers, body),) = studio.delivered
    assert path == "/v1/webhooks/replicate/ask_1"
    assert verified(SECRET, headers, body) == {"id": "job", "status": "succeeded"}


@pytest.mark.parametrize("status", ["failed", "succeeded"])
def test_every_end_is_told_and_work_in_progress_is_not(studio: Studio, status: str):
    relay = studio.relay()
    studio.seconds = 2
    looked_at(relay)
    assert studio.delivered == []
    studio.reports["job"] = report(status)
    studio.seconds = 4
    looked_at(relay)
    assert [json.loads(body)["status"] for _, _, body in studio.delivered] == [status]


@pytest.mark.parametrize(("age", "pause"), [(0, 1), (5, 1), (60, 6), (149, 14.9), (3600, 15)])
def test_the_older_a_job_the_rarer_it_is_looked_at(studio: Studio, age: float, pause: float):
    relay = studio.relay()
    studio.pending = [ask(at=-age)]
    relay.look(studio.pending[0])
    studio.seconds = pause - 0.1
    assert looked_at(relay) == []
    studio.seconds = pause + 0.1
    assert looked_at(relay) == ["ask_1"]


def test_the_pace_shortens_every_wait(studio: Studio):
    relay = studio.relay(pace=0.1)
    studio.seconds = 0.05
    assert looked_at(relay) == []
    studio.seconds = 0.15
    assert looked_at(relay) == ["ask_1"]


def test_a_request_whose_answer_was_lost_is_looked_for_after_a_moment(studio: Studio):
    studio.pending = [ask(job=None)]
    studio.traces["ask_1"] = report("succeeded", "found")
    relay = studio.relay()
    studio.seconds = 3
    looked_at(relay)
    assert studio.delivered == []
    studio.seconds = 6
    looked_at(relay)
    assert [json.loads(body)["id"] for _, _, body in studio.delivered] == ["found"]


@pytest.mark.parametrize("answer", [None, AnswerLost("nobody can tell"), Transient("busy")])
def test_a_request_that_left_no_trace_is_no_news(studio: Studio, answer: Any):
    studio.pending, studio.traces["ask_1"], studio.seconds = [ask(job=None)], answer, 6
    looked_at(studio.relay())
    assert studio.delivered == []


def test_who_sends_no_webhooks_is_not_stood_in_for(studio: Studio):
    studio.pending, studio.seconds = [ask(provider="openai"), ask(provider="gone")], 60
    assert looked_at(studio.relay()) == []


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), OSError("gone")])
def test_what_could_not_be_delivered_is_delivered_later(studio: Studio, error: Exception):
    relay = studio.relay()
    studio.reports["job"], studio.refusals, studio.seconds = report(), [error], 2
    looked_at(relay)
    assert studio.delivered == []
    studio.seconds = 4
    looked_at(relay)
    assert len(studio.delivered) == 1


def test_what_was_delivered_is_given_time_and_then_delivered_again_if_nothing_came_of_it(studio: Studio):
    relay = studio.relay()
    studio.reports["job"], studio.seconds = report(), 2
    looked_at(relay)
    studio.seconds = 10
    assert looked_at(relay) == []
    studio.seconds = 18
    assert looked_at(relay) == ["ask_1"]
    assert len(studio.delivered) == 2


def test_without_a_secret_nothing_is_delivered_unsigned(studio: Studio):
    studio.secret, studio.reports["job"], studio.seconds = None, report(), 2
    looked_at(studio.relay())
    assert studio.delivered == []


def test_only_so_many_are_looked_at_at_once(studio: Studio):
    studio.pending, studio.seconds = [ask(f"ask_{number}") for number in range(10)], 5
    assert len(studio.relay().due()) == AT_ONCE


def test_it_works_by_itself_through_every_mishap_until_it_is_told_to_leave(studio: Studio):
    studio.reports["job"], studio.refusals, studio.seconds = report(), [], 60
    told, leaving, rounds = threading.Event(), threading.Event(), 0
    relay = studio.relay(pace=0.01)

    def pending() -> Any:
        nonlocal rounds
        rounds += 1
        studio.seconds += 20
        if rounds == 1:
            raise Transient("the table is busy")
        if studio.delivered:
            told.set()
        return iter(studio.pending)

    relay.services.asks.pending = pending  # type: ignore[method-assign]
    relay.start(leaving)
    try:
        assert told.wait(10)
    finally:
        leaving.set()

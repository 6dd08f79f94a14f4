"""The relay: nobody outside can call a laptop, so it asks how pending jobs stand, and brings the news itself.

What it brings goes to the route the provider would have called, signed as the provider would have signed it: behind
that route nothing knows who came. It only ever looks; it never asks for work that costs money.
"""

import json
import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from rushes.errors import RushesError
from rushes.providers.port import Report
from rushes.providers.replicate.webhooks import sign
from rushes.providers.tls import trusted
from rushes.records.asks import Ask
from rushes.services import Services

AT_ONCE = 4
"""Looks at the same time."""
SOONEST, LATEST = 1.0, 15.0
"""Seconds between two looks at a job: a tenth of its age, within these."""
UNANSWERED_FOR = 5.0
"""Seconds after which a request without an answer is looked for at the provider."""
ROUND, IDLE_ROUND = 0.5, 2.0
"""Seconds between two rounds: with something pending, and without."""

Post = Callable[[str, dict[str, str], bytes], None]
"""(path, headers, body) → our own API. Raises `httpx.HTTPError`."""

_PASSING = (RushesError, BotoCoreError, ClientError, httpx.HTTPError, OSError, ValueError)
_log = logging.getLogger("rushes.relay")


@dataclass
class Relay:
    """`pace` stretches or shortens every wait."""

    services: Services
    post: Post
    pace: float = 1.0
    _next: dict[str, float] = field(default_factory=dict, init=False)
    """Ask → when it is looked at next, in Unix seconds."""
    _looking: set[str] = field(default_factory=set, init=False)

    def start(self, leaving: threading.Event) -> None:
        """Works in threads of its own until `leaving` is set. They are daemons: a look that hangs delays no end."""
        threading.Thread(target=self._work, args=(leaving,), daemon=True, name="relay").start()

    def due(self) -> list[Ask]:
        """The asks whose turn it is, the oldest first; no more than may be looked at now."""
        pending = [ask for ask in self.services.asks.pending() if self._tells(ask)]
        self._next = {ask.id: self._next.get(ask.id, self._after(ask, self._asked(ask))) for ask in pending}
        now = self._now()
        turn = [ask for ask in pending if self._next[ask.id] <= now and ask.id not in self._looking]
        return turn[: AT_ONCE - len(self._looking)]

    def look(self, ask: Ask) -> None:
        """One look; an end is delivered. What goes wrong is tried again later."""
        try:
            report = self._report(ask)
            if report and report.status != "running":
                self._deliver(ask, report)
                self._next[ask.id] = (
                    self._now() + LATEST * self.pace
                )  # it takes a while to fetch what was made
                return
        except _PASSING as error:
            _log.debug("%s: %s", ask.id, error)
        self._next[ask.id] = self._after(ask, self._now())

    def _work(self, leaving: threading.Event) -> None:
        pause = 0.0
        while not leaving.wait(pause * self.pace):
            try:
                for ask in self.due():
                    self._looking.add(ask.id)
                    threading.Thread(target=self._look_aside, args=(ask,), daemon=True, name="look").start()
            except _PASSING as error:
                _log.debug("the pending jobs could not be listed: %s", error)
            pause = ROUND if self._next else IDLE_ROUND

    def _look_aside(self, ask: Ask) -> None:
        try:
            self.look(ask)
        finally:
            self._looking.discard(ask.id)

    def _report(self, ask: Ask) -> Report | None:
        if ask.job_id is not None:
            return self.services.catalog.provider(ask.provider).look(ask.job_id)
        return self.services.door.traced(ask) if self._age(ask) > UNANSWERED_FOR else None

    def _deliver(self, ask: Ask, report: Report) -> None:
        secret = self.services.catalog.account(ask.provider).webhook_secret
        if not secret:
            raise ValueError(f"nobody can sign for {ask.provider}")
        body, message, now = (
            json.dumps(report.body).encode(),
            f"msg_{secrets.token_hex(12)}",
            str(int(self._now())),
        )
        headers = {
            "content-type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": now,
            "webhook-signature": sign(secret, message, now, body),
        }
        self.post(f"/v1/webhooks/{ask.provider}/{ask.id}", headers, body)

    def _tells(self, ask: Ask) -> bool:
        """Only whoever sends webhooks is stood in for."""
        provider = self.services.catalog.providers().get(ask.provider)
        return provider is not None and provider.webhook_secret is not None

    def _after(self, ask: Ask, moment: float) -> float:
        return moment + min(max(self._age(ask) / 10, SOONEST), LATEST) * self.pace

    def _age(self, ask: Ask) -> float:
        return self._now() - self._asked(ask)

    def _now(self) -> float:
        return self.services.clock().timestamp()

    @staticmethod
    def _asked(ask: Ask) -> float:
        return datetime.fromisoformat(ask.at).timestamp()


def poster(url: str) -> Post:
    """Posts below `url`, whatever proxy the environment names."""

    def post(path: str, headers: dict[str, str], body: bytes) -> None:
        answer = httpx.post(
            url + path, headers=headers, content=body, trust_env=False, verify=trusted(), timeout=30
        )
        answer.raise_for_status()

    return post

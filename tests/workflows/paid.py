"""A studio whose artists are paid: the real adapters, and on the wire the doubles of those who are paid."""

import time
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from rushes.providers.catalog import entries
from tests.doubles import openai, replicate
from tests.doubles.openai import KEY, OpenAIDouble
from tests.doubles.predictions import Prediction
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble
from tests.workflows.host import HostProcess
from tests.workflows.studio import PATIENCE, Studio

PACE = {"image": 0.02, "video": 0.02, "audio": 0.005}


def quickly_cut(directory: Path) -> Path:
    """The catalog Rushes comes with, but for the cutting room, which takes no time."""
    catalog = files("rushes.providers").joinpath("catalog.yaml").read_text()
    real, quick = "rushes.providers.cutting_room:CuttingRoom", "tests.fakes.quick_cut:QuickCut"
    assert real in catalog
    path = directory / "catalog.yaml"
    path.write_text(catalog.replace(real, quick))
    return path


def paid_host(directory: Path, replicate: ReplicateDouble, openai: OpenAIDouble) -> HostProcess:
    """Not started yet. Of the providers, only the doubles have a key."""
    catalog = quickly_cut(directory)
    return HostProcess(
        directory,
        RUSHES_CATALOG=str(catalog),
        RUSHES_RELAY_PACE="0.5",
        RUSHES_AT_ONCE="3",
        OPENAI_API_KEY=KEY,
        OPENAI_BASE_URL=openai.url,
        REPLICATE_API_TOKEN=TOKEN,
        REPLICATE_BASE_URL=replicate.url,
        REPLICATE_WEBHOOK_SECRET=SECRET,
        OPENROUTER_API_KEY="",
        GEMINI_API_KEY="",
        GROQ_API_KEY="",
    )


class PaidStudio(Studio):
    """What the doubles are asked for counts from now on, and nothing goes wrong unless it is said."""

    def __init__(
        self, host: HostProcess, replicate_double: ReplicateDouble, openai_double: OpenAIDouble
    ) -> None:
        super().__init__(host)
        self.replicate, self.openai = replicate_double, openai_double
        self.replicate.faults = replicate.Faults(pace=dict(PACE))
        self.openai.faults, self.openai.keeps = openai.Faults(), True
        self._jobs, self._chats = len(self.replicate.accepted), len(self.openai.accepted)
        self._creates, self._asked = self.replicate.creates, self.openai.chats
        self._deliveries, self._cancels = len(self.replicate.deliveries), len(self.replicate.cancels)

    # ------------------------------------------------------------------ what the doubles were asked for

    def jobs(self, media: str | None = None) -> list[Prediction]:
        """Those Replicate accepted, in order."""
        return [job for job in self.replicate.accepted[self._jobs :] if media in (None, job.model.media)]

    def creates(self) -> int:
        return self.replicate.creates - self._creates

    def chats(self) -> int:
        """Requests; `answers` were given to some."""
        return self.openai.chats - self._asked

    def answers(self) -> list[dict[str, Any]]:
        return self.openai.accepted[self._chats :]

    def cancels(self) -> list[str]:
        return self.replicate.cancels[self._cancels :]

    def deliveries(self) -> list[tuple[str, int]]:
        """(job, status of our answer) of the webhooks that told of these jobs."""
        ours = {job.id for job in self.jobs()}
        return [told for told in self.replicate.deliveries[self._deliveries :] if told[0] in ours]

    def charged(self) -> int:
        """Micro-dollars: what the doubles would bill. A job that failed or was cancelled is not billed."""
        jobs = sum(
            price_of(job) for job in self.jobs() if job.status not in ("failed", "canceled", "aborted")
        )
        return jobs + sum(map(self._price_of_chat, self.answers()))

    def _price_of_chat(self, body: dict[str, Any]) -> int:
        kept = next(row for row in self.openai.kept.values() if row["metadata"] == body["metadata"])
        return -(-(kept["usage"]["prompt_tokens"] * 10 + kept["usage"]["completion_tokens"] * 50) // 100)

    # ------------------------------------------------------------------ what the studio says

    def costs(self, production_id: str) -> dict[str, Any]:
        return self.host.call("GET", f"/productions/{production_id}/costs").json()["data"]

    def item(self, production_id: str, name: str) -> dict[str, Any]:
        return next(item for item in self.show(production_id)["artifacts"] if item["name"] == name)

    def made(self, production_id: str) -> set[str]:
        return {item["name"] for item in self.show(production_id)["artifacts"] if item["state"] == "ready"}

    def set_budget(self, production_id: str, usd: float | None) -> None:
        answer = self.host.call("PATCH", f"/productions/{production_id}", json={"budget_usd": usd})
        assert answer.status_code == 200, answer.text


def price_of(job: Prediction) -> int:
    """Micro-dollars of a job, by the catalog."""
    price = next(model for model in entries().models if model.id == job.model.id).price
    seconds = job.input.get("duration", 0)
    usd = price.clips[seconds] if price.clips else price.usd * (seconds if price.unit == "second" else 1)
    return round(usd * 1_000_000)


def most_committed(entries: list[dict[str, Any]]) -> float:
    """Dollars: the highest that reservations and expenses together ever were."""
    held: Counter[str] = Counter()
    highest = committed = 0.0
    for entry in sorted(entries, key=lambda entry: entry["at"]):
        ask = entry["ask_id"] or ""
        if entry["movement"] == "reserved":
            held[ask] = entry["usd"]
            committed += entry["usd"]
        elif entry["movement"] in ("spent", "released"):
            committed += (entry["usd"] if entry["movement"] == "spent" else 0) - held.pop(ask, 0)
        highest = max(highest, committed)
    return round(highest, 6)


def each_once(studio: PaidStudio, production_id: str) -> None:
    """Nobody was asked twice for the same, and the ledger has what the doubles bill, to the micro-dollar."""
    digests = Counter(job.digest() for job in studio.jobs())
    assert set(digests.values()) <= {1}, digests
    settled(studio, production_id)


def settled(studio: PaidStudio, production_id: str) -> None:
    """Nothing is held any more, and what was spent is what the doubles bill."""
    found, costs = studio.show(production_id), studio.costs(production_id)
    assert found["reserved_usd"] == costs["reserved_usd"] == 0
    assert found["cost_usd"] == costs["total_usd"] == studio.charged() / 1_000_000


def eventually(seen: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)

"""A provider that costs money, in memory: it counts what it was asked for, and fails as it is told to."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from rushes.errors import AnswerLost, RushesError, Spoiled, Transient
from rushes.phase import Assembly, Brief, Item, Stage
from rushes.productions.recipe import Recipe
from rushes.providers.port import Accepted, Finished, Job, Report

COST = 100_000


@dataclass
class Placed:
    """A job the bureau has accepted, and will be paid for unless it fails."""

    id: str
    ask_id: str
    text: str
    status: str = "running"

    @property
    def body(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "text": self.text}


@dataclass
class Bureau:
    """`during` is called while a request is being answered; `inline` answers with the file itself."""

    inline: bool = False
    lists: bool = True
    """Whether it can be asked for the job of a request."""
    name: str = "bureau"
    jobs: dict[str, Placed] = field(default_factory=dict)
    refusals: list[RushesError] = field(default_factory=list)
    """Raised by the next requests, before anything is accepted."""
    losses: int = 0
    """How many of the next answers are lost on their way."""
    failures: int = 0
    """How many of the next jobs will fail."""
    broken_downloads: int = 0
    ends: list[RushesError] = field(default_factory=list)
    """What the next jobs turn out to have come to, when their files are fetched."""
    cost: int | None = None
    """What it says a job cost; None where the catalog's price holds."""
    during: Callable[[Placed], None] = lambda job: None
    asked: Counter[str] = field(default_factory=Counter)
    """Accepted requests by recipe."""
    cancelled: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def billed(self) -> int:
        """Jobs that have to be paid."""
        return sum(job.status != "failed" for job in self.jobs.values())

    def submit(self, job: Job) -> Finished | Accepted:
        if self.refusals:
            raise self.refusals.pop(0)
        placed = Placed(f"job-{next(self._numbers)}", job.ask_id, job.recipe.prompt)
        self.jobs[placed.id] = placed
        self.asked[job.recipe.fingerprint] += 1
        if self.failures:
            self.failures -= 1
            placed.status = "failed"
        elif self.inline:
            placed.status = "succeeded"
        self.during(placed)
        if self.losses:
            self.losses -= 1
            raise AnswerLost("the answer was lost")
        return self._file(placed, job) if self.inline else Accepted(placed.id)

    def work(self) -> None:
        """Every job that runs comes to its end."""
        for job in self.jobs.values():
            job.status = "succeeded" if job.status == "running" else job.status

    def find(self, job: Job, since: str) -> Report | None:
        if not self.lists:
            raise AnswerLost("it cannot be asked for its jobs")
        placed = next((p for p in self.jobs.values() if p.ask_id == job.ask_id), None)
        return self.report(placed.body) if placed else None

    def look(self, job_id: str) -> Report:
        if job_id not in self.jobs:
            raise Spoiled("it does not know the job any more")
        return self.report(self.jobs[job_id].body)

    def report(self, body: dict[str, Any]) -> Report:
        return Report(body["id"], body["status"], body)

    def collect(self, report: Report, job: Job) -> Finished:
        if report.status == "failed":
            raise Transient("the machine overheated")
        if self.ends:
            raise self.ends.pop(0)
        if self.broken_downloads:
            self.broken_downloads -= 1
            raise Transient("the download broke off")
        return self._file(self.jobs[report.job_id], job)

    def cancel(self, job_id: str) -> Report:
        self.cancelled.append(job_id)
        if self.jobs[job_id].status == "running":
            self.jobs[job_id].status = "failed"
        return self.look(job_id)

    def _file(self, placed: Placed, job: Job) -> Finished:
        path = job.folder / "made.json"
        path.write_text(json.dumps(placed.text))
        return Finished(path, made_by="the bureau", cost_micro_usd=self.cost, job_id=placed.id)


class Errand:
    """The phase `words` as a few texts of one model, side by side: name → prompt."""

    name = "words"
    reads = ()

    def __init__(self, model: str, texts: dict[str, str]) -> None:
        self.items = {name: self._item(name, model, prompt) for name, prompt in texts.items()}

    def _item(self, name: str, model: str, prompt: str) -> Item:
        facts = {"media": "text", "model": model, "version": "1", "prompt": prompt}
        return Item(name, Recipe.model_validate(facts))

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        return (tuple((item,) for item in self.items.values()),)

    def assemble(self, brief: Brief) -> Assembly:
        return Assembly(keeps=frozenset(), documents=())

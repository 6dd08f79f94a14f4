"""Pay once: whatever fails, at any line, a recipe is asked for once, and what was paid for is kept.

Each course of events below is walked first without a fault, to count its steps: every call that changes something at
the table, the bucket, the task tokens or the provider. Then it is walked again for each step, and dies right after it.
To die anywhere between two steps is the same: what was only read is lost either way.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from rushes.errors import RushesError, Transient
from rushes.productions.artifact import Artifact
from rushes.records.accounts import COMMITTED, COST, accounts_of
from rushes.services import Services
from tests.conftest import make_table
from tests.fakes.bureau import Bureau, Placed
from tests.fakes.engine import FakeCallbacks, FakeExecutions
from tests.unit.foundation.conftest import Walk, callbacks, paid

PRICE = 100_000
STEPS = {"write", "put", "copy", "succeed", "fail", "submit"}


class Killed(BaseException):
    """The function dies here: nothing after this line runs, and no handler hears of it."""


class Mine:
    """Goes off once, after the n-th step."""

    def __init__(self, step: int | None = None) -> None:
        self.steps = 0
        self.armed = False
        self.step = step

    def around(self, call: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        answer = call(*arguments, **named)
        self.steps += self.armed
        if self.armed and self.steps == self.step:
            raise Killed
        return answer


class Mined:
    """An adapter with a mine behind each of its steps."""

    def __init__(self, adapter: Any, mine: Mine) -> None:
        self._adapter, self._mine = adapter, mine

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._adapter, name)
        return partial(self._mine.around, found) if name in STEPS else found


class Course:
    """One order's way through the door, as the workflow, the provider and the network go it."""

    def __init__(self, services: Services, clock: Any, owner: str, mine: Mine, kind: str) -> None:
        self.bureau = Bureau()
        self.clock, self.mine, self.kind = clock, mine, kind
        self.services = mined(paid(afresh(services), self.bureau), self.bureau, mine)
        self.bureau.during = self._during
        self.walk = Walk(self.services, None, owner)
        self.recipe = self.walk.recipes("words")[0]
        self._prepare()

    def _prepare(self) -> None:
        match self.kind:
            case "its answer is lost" | "its answer is lost and nothing is told":
                self.bureau.losses = 1
            case "its answer is lost and it cannot be looked for":
                self.bureau.losses, self.bureau.lists = 1, False
            case "its job fails once":
                self.bureau.failures = 1
            case "its download breaks off once":
                self.bureau.broken_downloads = 1
            case "it is throttled once":
                self.bureau.refusals = [Transient("slow down", retry_after=2)]

    def _during(self, job: Placed) -> None:
        if self.kind == "it is told before the request is answered":
            job.status = "succeeded"
            self._tell(job)

    @property
    def told(self) -> int:
        """How often each end is told."""
        if self.kind in ("nothing is told", "its answer is lost and nothing is told"):
            return 0
        return 2 if self.kind == "it is told twice" else 1

    def run(self) -> Any:
        """The task is tried until it is answered, as the workflow does; its last answer."""
        answer = None
        for _ in range(30):
            order = self.walk.order(self.recipe)
            self._surviving(lambda order=order: self.services.door.start(order))
            self.bureau.work()
            for job in list(self.bureau.jobs.values()):
                for _ in range(self.told):
                    self._tell(job)
            answer = callbacks(self.services).answers.get(order.token)
            if isinstance(answer, dict):
                break
            self.clock.skip(seconds=5 if answer else 130)
        return answer

    def _tell(self, job: Placed) -> None:
        """The provider tells once more when it was not heard."""
        for _ in range(2):
            if self._surviving(lambda: self.services.door.news(job.ask_id, job.body)):
                return

    def _surviving(self, call: Callable[[], None]) -> bool:
        """A function of ours runs: only there are mines."""
        before, self.mine.armed = self.mine.armed, True
        try:
            call()
        except (Killed, RushesError):
            return False
        finally:
            self.mine.armed = before
        return True

    def artifact(self) -> Artifact:
        return self.services.productions.artifact(self.walk.production, "first", 1)


def afresh(services: Services) -> Services:
    """With an empty table: moto copies the whole of it at every transaction."""
    name = f"table-{uuid4().hex}"
    make_table(services.client("dynamodb"), name)
    made = replace(services, settings=services.settings.model_copy(update={"table": name}))
    made.__dict__.update(callbacks=FakeCallbacks(), executions=FakeExecutions())
    return made


def mined(services: Services, bureau: Bureau, mine: Mine) -> Services:
    provider = services.catalog.provider
    bureaus = Mined(bureau, mine)
    services.catalog.provider = lambda name: bureaus if provider(name) is bureau else provider(name)
    services.__dict__.update(
        table=Mined(services.table, mine),
        bucket=Mined(services.bucket, mine),
        callbacks=Mined(services.callbacks, mine),
    )
    return services


COURSES = [
    "all is well",
    "nothing is told",
    "it is told twice",
    "it is told before the request is answered",
    "its answer is lost",
    "its answer is lost and nothing is told",
    "its answer is lost and it cannot be looked for",
    "its job fails once",
    "its download breaks off once",
    "it is throttled once",
]


@pytest.mark.parametrize("kind", COURSES)
def test_killed_at_any_step_a_recipe_is_paid_once_and_what_was_made_is_kept(
    services: Services, clock: Any, kind: str
) -> None:
    smooth = Course(services, clock, "smooth", Mine(), kind)
    answer = smooth.run()
    check(smooth, answer)
    for step in range(1, smooth.mine.steps + 1):
        course = Course(services, clock, f"owner-{step}", Mine(step), kind)
        check(course, course.run())


def check(course: Course, answer: Any) -> None:
    """What must hold at the end of every course."""
    bureau, services = course.bureau, course.services
    fingerprint = course.recipe["fingerprint"]
    where = (course.kind, course.mine.step)
    assert answer == {"name": "first", "version": 1}, where
    assert services.bucket.read(f"{course.walk.owner}/productions/{course.walk.id}/first_v1.json") == b'"a"'
    # Died between the intention and the request, and the provider cannot say so: it may have been paid.
    unknown = not bureau.lists and not bureau.jobs
    assert bureau.billed == (0 if unknown else 1), where
    assert bureau.asked[fingerprint] == bureau.billed + (course.kind == "its job fails once"), where
    assert (course.artifact().model == "gratis") == unknown, where
    tally = services.table.get(accounts_of(course.walk.production)[0].pk, "now#tally").counters
    assert tally == {COMMITTED: PRICE, COST: PRICE}, where
    entries = services.productions.ledger(course.walk.production)
    assert sum(e.micro_usd for e in entries if e.movement == "spent") == PRICE, where
    reserved = sum(e.micro_usd for e in entries if e.movement == "reserved")
    released = sum(e.micro_usd for e in entries if e.movement == "released")
    assert reserved - released == PRICE, where
    assert list(services.asks.pending()) == [], where

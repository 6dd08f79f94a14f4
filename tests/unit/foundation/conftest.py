"""A studio small enough to be walked by hand: each step of the workflow is one call."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from rushes.productions.production import Production
from rushes.records.orders import Order
from rushes.services import Services
from rushes.studio import begin, phases
from rushes.studio.cursor import Stopped, stopped
from rushes.studio.review import Continued, Wish, continue_from, open_review
from tests.fakes.artists import PHASES, FakeArtist, short
from tests.fakes.bureau import Bureau
from tests.fakes.engine import FakeCallbacks


class Walk:
    """One production's way through its workflow, as the state machine would go it."""

    def __init__(self, services: Services, artist: Any, owner: str = "me", **request: Any) -> None:
        self.services = services
        self.artist = artist
        self.owner = owner
        body = {"kind": "ad", "prompt": "a prompt", **request}
        self.id = begin.begin(services, owner, short(body)).id
        self._tokens = count(1)

    @property
    def production(self) -> Production:
        return self.services.productions.load(self.owner, self.id)

    @property
    def cursor(self) -> phases.Cursor:
        return self.cursor_of("main")

    def cursor_of(self, line: str) -> phases.Cursor:
        """Of a branch, or of an edit."""
        production = self.production
        edit = production.edits.get(line)
        return phases.Cursor(
            owner=self.owner,
            production_id=self.id,
            branch=edit.branch if edit else line,
            edit=edit.id if edit else None,
            execution=production.execution_name(line),
        )

    def recipes(self, phase: str) -> list[dict[str, str]]:
        """Enters the phase; what is left to be made, in the order the workflow would walk it."""
        stages = phases.ask_recipes(self.services, PHASES[phase], self.cursor)["stages"]
        return [recipe for stage in stages for chain in stage["chains"] for recipe in chain["recipes"]]

    def order(self, recipe: dict[str, str]) -> Order:
        token = f"{self.id}-token-{next(self._tokens)}"
        wanted = {key: recipe[key] for key in ("name", "fingerprint")}
        return Order(**self.cursor.model_dump(), **wanted, token=token)

    def render(self, order: Order) -> Any:
        self.services.door.start(order)
        return callbacks(self.services).answers.get(order.token)

    def make(self, phase: str) -> None:
        for recipe in self.recipes(phase):
            self.render(self.order(recipe))

    def assemble(self, phase: str) -> str:
        return phases.assemble(self.services, PHASES[phase], self.cursor)["checkpoint_id"]

    def review(self, checkpoint_id: str) -> str:
        token = f"{self.id}-review-{next(self._tokens)}"
        open_review(self.services, self.owner, self.id, checkpoint_id, token)
        return token

    def to_review(self, phase: str) -> tuple[str, str]:
        """The phase from its beginning to its open review: (checkpoint id, review's token)."""
        self.make(phase)
        checkpoint_id = self.assemble(phase)
        return checkpoint_id, self.review(checkpoint_id)

    def go_on(self, checkpoint_id: str, **wish: Any) -> Continued:
        return continue_from(self.services, self.owner, self.id, Wish(checkpoint_id, **wish))

    def stopped(self, error: str, cause: str = "", execution: str | None = None, line: str = "main") -> None:
        """The engine tells that an execution ended badly."""
        at = self.cursor_of(line)
        told = at.model_copy(update={"execution": execution or at.execution}).model_dump()
        stopped(self.services, Stopped(**told, error=error, cause=cause))

    def events(self) -> list[str]:
        return [event.type for event in self.services.productions.events(self.production, 0)]


def callbacks(services: Services) -> FakeCallbacks:
    return services.callbacks


@pytest.fixture
def artist() -> FakeArtist:
    return FakeArtist()


@pytest.fixture
def studio(services: Services, artist: FakeArtist) -> Services:
    """The services with a fake artist behind the door."""
    services.catalog.provider = lambda name: artist
    return services


@pytest.fixture
def walk(studio: Services, artist: FakeArtist) -> Walk:
    return Walk(studio, artist)


class FakeFunctions:
    """Remembers what was to be called later."""

    def __init__(self) -> None:
        self.called: list[tuple[str, dict[str, Any]]] = []

    def call_later(self, function: str, event: dict[str, Any]) -> None:
        self.called.append((function, event))


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


@pytest.fixture
def agency(services: Services, bureau: Bureau) -> Services:
    """The services with a bureau behind the door that has to be paid, and an artist that need not."""
    return paid(services, bureau)


def paid(services: Services, bureau: Bureau) -> Services:
    settings = services.settings.model_copy(update={"catalog": "tests/fakes/paid.yaml"})
    made = replace(services, settings=settings)
    made.__dict__.update(
        setting=lambda name: "a key",
        callbacks=services.callbacks,
        executions=services.executions,
        functions=FakeFunctions(),
    )
    artist = FakeArtist()
    made.catalog.provider = lambda name: artist if name == "fake" else bureau
    return made

"""Errands: productions that want a few paid texts, and what the books say of them."""

from threading import RLock, Thread
from typing import Any

from rushes.productions.ledger import Movement
from rushes.productions.production import Production
from rushes.productions.work import WorkItem
from rushes.records.accounts import COMMITTED, COST, Account, accounts_of
from rushes.records.orders import Order
from rushes.services import Services
from rushes.studio import phases
from tests.fakes.bureau import Bureau, Errand
from tests.unit.foundation.conftest import Walk, callbacks

PRICE = 100_000
SECOND_PRICE = 50_000


class Client(Walk):
    """A production of one errand; its tasks are called one by one."""

    def __init__(
        self,
        services: Services,
        model: str = "sketch_text",
        texts: dict[str, str] | None = None,
        **request: Any,
    ) -> None:
        super().__init__(services, None, **request)
        self.errand = Errand(model, texts or {"first": "a"})
        self.enter()

    def enter(self) -> list[dict[str, Any]]:
        """The phase is begun, or begun anew; what is left to be made."""
        stages = phases.ask_recipes(self.services, self.errand, self.cursor)["stages"]
        return [recipe for stage in stages for chain in stage["chains"] for recipe in chain["recipes"]]

    def fingerprint(self, name: str = "first") -> str:
        return self.errand.items[name].recipe.fingerprint

    def wants(self, name: str = "first") -> Order:
        return self.order({"name": name, "fingerprint": self.fingerprint(name)})

    def calls(self, name: str = "first") -> Order:
        """The task calls the door."""
        order = self.wants(name)
        self.services.door.start(order)
        return order

    def insists(self, clock: Any, name: str = "first", most: int = 40) -> Any:
        """The task calls as the workflow does, until it has an artifact or is refused; the last answer."""
        for _ in range(most):
            answer = self.answer(self.calls(name))
            if isinstance(answer, dict) or (answer and answer[0] != "Transient"):
                return answer
            clock.skip(seconds=20 if answer else 130)
        return None

    def answer(self, order: Order) -> Any:
        return callbacks(self.services).answers.get(order.token)

    def item(self, name: str = "first") -> WorkItem:
        return self.services.productions.work_item(self.production, "main", name)

    def open_ask(self, name: str = "first") -> str:
        (ask_id,) = self.services.renders.open_asks("me", [self.fingerprint(name)])
        return ask_id

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [e.data for e in self.services.productions.events(self.production, 0) if e.type == kind]

    def booked(self, movement: Movement) -> list[int]:
        return [
            e.micro_usd for e in self.services.productions.ledger(self.production) if e.movement == movement
        ]

    @property
    def tally(self) -> dict[str, int]:
        return tally(self.services, accounts_of(self.production)[0])


def tally(services: Services, account: Account) -> dict[str, int]:
    """Its counters, without those that stand at zero."""
    row = services.table.get(account.pk, "now#tally")
    return {name: n for name, n in row.counters.items() if n} if row else {}


def account(production: Production, kind: str) -> Account:
    return next(of for of in accounts_of(production) if of.kind == kind)


def paid_and_settled(price: int = PRICE) -> dict[str, int]:
    return {COMMITTED: price, COST: price}


def tell(services: Services, bureau: Bureau, job: int = 1) -> None:
    """The bureau's webhook says how the n-th job stands."""
    placed = bureau.jobs[f"job-{job}"]
    services.door.news(placed.ask_id, placed.body)


def stop(services: Services) -> None:
    """What was to be stopped later is stopped now."""
    called = list(services.functions.called)
    services.functions.called.clear()
    for name, event in called:
        assert name == "stop"
        services.door.stop(**event)


class OneAtATime:
    """An AWS client whose calls do not overlap: moto's transactions are not atomic between threads, DynamoDB's are."""

    def __init__(self, client: Any) -> None:
        self._client, self._lock = client, RLock()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(**arguments: Any) -> Any:
            with self._lock:
                return method(**arguments)

        return call


def one_at_a_time(services: Services) -> None:
    services.table._client = OneAtATime(services.table._client)


def at_once(calls: list[Any], abreast: int = 10) -> None:
    """Calls all of them, so many at a time."""
    waiting = list(reversed(calls))

    def work() -> None:
        while waiting:
            try:
                call = waiting.pop()
            except IndexError:
                return
            call()

    threads = [Thread(target=work) for _ in range(abreast)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

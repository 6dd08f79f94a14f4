"""Delivery, steps 7 to 10 of the door: what was made becomes an artifact, and all who wait for it are answered."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rushes.aws.bucket import Bucket
from rushes.aws.callbacks import Callbacks
from rushes.errors import Conflict, NotFound, RushesError, Transient
from rushes.productions.artifact import Artifact, Made, Origin, file_name, key_of
from rushes.productions.failure import Failure
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.productions.work import WorkItem
from rushes.records import productions as records
from rushes.records.asks import Ask
from rushes.records.orders import Order
from rushes.records.renders import Render, Renders, save_waiter
from rushes.rendering.books import Books, Overtaken
from rushes.rendering.standing_in import setback_of


class Delivery:
    def __init__(
        self,
        productions: records.Productions,
        renders: Renders,
        books: Books,
        bucket: Bucket,
        callbacks: Callbacks,
        now: Callable[[], str],
    ) -> None:
        self._productions = productions
        self._renders = renders
        self._books = books
        self._bucket = bucket
        self._callbacks = callbacks
        self._now = now

    # ------------------------------------------------------------------ 7 to 9: settle

    def settle(
        self,
        production: Production,
        order: Order,
        render: Render,
        recipe: Recipe,
        made: Made,
        file: Path,
        ask: Ask | None = None,
    ) -> None:
        artifact = self._allocate(production, order, recipe, made)
        self._bucket.put(key_of(order.owner, production.id, artifact.file), file)
        try:
            done = self._books.settle(production, order, render, artifact, made, ask)
        except (records.Deleted, NotFound):
            self._bucket.delete_all(key_of(order.owner, production.id, artifact.file))
            raise
        except Conflict as error:
            raise Overtaken("somebody else settled it first") from error
        self._answer(order, artifact)
        self.answer_everyone(None, done)

    # ------------------------------------------------------------------ 10: answer

    def answer_everyone(self, order: Order | None, render: Render) -> None:
        waiters = self._renders.waiters(order or render.holder)
        if order and order.token not in {waiter.token for waiter in waiters}:
            waiters = [order, *waiters]
        for waiter in waiters:
            try:
                artifact = self._adopt(waiter, render)
            except RushesError as error:
                self.fail(waiter, error)
                continue
            self._answer(waiter, artifact)

    def _answer(self, waiter: Order, artifact: Artifact) -> None:
        self._callbacks.succeed(waiter.token, {"name": artifact.name, "version": artifact.version})
        self._renders.answered(waiter)

    def _adopt(self, order: Order, render: Render) -> Artifact:
        """The render's result as an artifact of the order's production. What is there already is not made again."""
        assert render.made
        assert render.origin
        production = self._productions.load(order.owner, order.production_id)
        found = self._productions.made_from(production, order.name, order.fingerprint)
        if found:
            self.show(production, order, state="ready", version=found.version, ext=found.ext)
            return found
        recipe = self._productions.recipe(production, order.recipe)
        artifact = self._allocate(production, order, recipe, render.made, render.origin)
        key = key_of(order.owner, production.id, artifact.file)
        try:
            self._bucket.copy(_key(order.owner, render.origin, artifact.ext), key)
        except NotFound as error:
            # The production that had it was deleted this very moment: what is left of the render is void.
            self._renders.forget_copy(order.owner, order.recipe, render.origin)
            raise Transient("what was to be reused has just been deleted; it is made again") from error
        try:
            self._books.reuse(production, order, artifact)
        except (records.Deleted, NotFound):
            self._bucket.delete_all(key)
            raise
        except Conflict:
            pass  # it was answered twice at once, and the other was first
        return artifact

    def _allocate(
        self, production: Production, order: Order, recipe: Recipe, made: Made, origin: Origin | None = None
    ) -> Artifact:
        facts = dict(made.facts)
        if order.stand_in:
            facts["instead_of"] = self._productions.recipe(production, order.fingerprint).model
        draft = Artifact(
            **made.model_dump(exclude={"facts"}),
            facts=facts,
            name=order.name,
            version=0,
            fingerprint=order.fingerprint,
            stand_in=order.stand_in,
            parents=tuple(ingredient.name for ingredient in recipe.ingredients),
            origin=origin,
            created_at=self._now(),
        )
        return self._productions.allocate(production, draft)

    # ------------------------------------------------------------------ what went wrong

    def call_back(self, order: Order, error: RushesError) -> None:
        """Tells everybody who waits for the order's recipe: it failed for good, or is to be asked for again."""
        for waiter in self._renders.waiters(order):
            if setback_of(error):
                self.fail(waiter, Transient(error.message))
                continue
            with suppress(NotFound):
                production = self._productions.load(waiter.owner, waiter.production_id)
                self.tell(production, waiter, error)
            self.fail(waiter, error)

    def fail(self, waiter: Order, error: RushesError) -> None:
        name = "Transient" if isinstance(error, Transient) else "Refused"
        self._callbacks.fail(waiter.token, name, f"{waiter.name}: {error.message}")
        self._renders.answered(waiter)

    def tell(self, production: Production, order: Order, error: RushesError) -> None:
        failure = Failure(code=error.code, message=error.message, item=order.name)
        self._books.failed(production, order, failure)

    # ------------------------------------------------------------------ the item, as people see it

    def await_result(self, production: Production, order: Order, item: WorkItem) -> None:
        """The order waits from now on, and its item is shown as being made."""
        shown = item.model_copy(update={"state": "rendering", "failure": None})
        changes = [records.save_work(production, shown), save_waiter(order)]
        self._productions.remember(production, changes)

    def show(self, production: Production, order: Order, **shown: Any) -> None:
        with suppress(NotFound):
            item = self._productions.work_item(production, order.line, order.name)
            fresh = item.model_copy(update={"failure": None, **shown})
            self._productions.remember_work(production, [fresh])


def _key(owner: str, origin: Origin, ext: str) -> str:
    return key_of(owner, origin.production_id, file_name(origin.name, origin.version, ext))

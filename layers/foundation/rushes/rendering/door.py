"""The one door to whatever makes artifacts: reuse → intend → ask → settle. Nobody goes around it.

Who writes what, when, for a recipe that costs money. Every line may be the last one this process runs.

    task, webhook                       table                                           provider, bucket
    ─────────────                       ─────                                           ────────────────
 1  start: wait for the result          waiter
 2    look what is known                                                                (fetch the ingredients)
 3    intend                            render: asked, ask: asking, reservation,
                                        ledger: reserved      (one transaction)
 4    ask, once                                                                         POST, with the ask's id
 5    remember the job                  ask: running, job id
      … nobody waits; the task sleeps on its token …                                    works
 6  news: the webhook                                                                   GET the output
 7    give it a version                 artifact: not ready
 8    keep the file                                                                     put {name}_v{n}
 9    settle                            render: done, ask: settled, artifact and work:
                                        ready, ledger: spent, accounts, events
                                                              (one transaction)
10    answer every waiter, each with an artifact of its own production (a copy costs nothing)

3 is a conditional write of the render: of any number of tasks one goes on to 4, and whoever comes later finds `asked`
and never asks. So at most one request is made for an ask, and at most one ask is open for a recipe.

Died after …     what the next call finds, and does
  1, 2           nothing: it intends
  3, 4           `asked`, no job id: it asks the provider for the job that carries the ask's id, or whose input is this.
                 Found: 5. Surely absent, and the ask so old that no function can still be at 4: given back, and asked
                 anew. Nobody can tell: it waits for the webhook; when that does not come either, the ask is lost: it
                 counts as paid, and only what is free stands in for it.
  5              `asked`, with a job id: one look at the job. Still at work: it waits again. Ended: 6.
  6, 7, 8        the same; the recipe finds the version it was given
  9              `done`: 10
A webhook that comes before 5 says the job's id itself. One that comes twice, or late, finds `done` and goes to 10. One
that comes for an ask that was given up is adopted all the same. What comes out of order changes nothing: an end is an
end, and "still at work" is never news.

1 to 5 stand here, 6 and what it says of a job in `outcome`, 7 to 10 in `delivery`, every transaction in `books`.

What our own CPU makes costs nothing, so 3 is a claim with a lease, and who finds a dead claim makes it again.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from rushes.aws.callbacks import Callbacks
from rushes.errors import (
    AnswerLost,
    NotFound,
    Refused,
    RushesError,
    Spoiled,
    Transient,
    Unavailable,
)
from rushes.productions.production import FINISHED, Production
from rushes.productions.recipe import Recipe
from rushes.productions.work import WorkItem
from rushes.providers.catalog import Catalog
from rushes.providers.models import Model
from rushes.providers.port import Accepted, Job, PaidProvider, Report
from rushes.records import productions as records
from rushes.records.asks import Ask, Asks
from rushes.records.orders import Order
from rushes.records.renders import Render, Renders, Setback
from rushes.rendering.books import Books, Overtaken
from rushes.rendering.delivery import Delivery
from rushes.rendering.inspect import inspected
from rushes.rendering.jobs import Jobs
from rushes.rendering.outcome import Outcome, looking_again
from rushes.rendering.sources import Missing
from rushes.rendering.standing_in import stand_in

ASKED_WITHIN = timedelta(seconds=20)
"""Between the intention and the request. Whoever is later than that does not ask."""

HEARD_WITHIN = timedelta(seconds=75)
"""From the intention on: no function can still be asking then, and an accepted job is in the provider's list."""

TRIES = 6
"""After so many setbacks in a row another model is tried."""

LAST_TRIES = 15
"""After so many, without another model, it is given up."""

GIVEN_UP = timedelta(minutes=15)
"""No function lives longer: who asked and did not answer is dead."""

_log = logging.getLogger("rushes")
_UNFORESEEN = Refused("something broke inside Rushes; the function's log has the details")


class Door:
    def __init__(
        self,
        *,
        productions: records.Productions,
        renders: Renders,
        asks: Asks,
        books: Books,
        delivery: Delivery,
        outcome: Outcome,
        jobs: Jobs,
        callbacks: Callbacks,
        catalog: Catalog,
        clock: Callable[[], datetime],
        stamp: Callable[[datetime], str],
    ) -> None:
        self._productions = productions
        self._renders = renders
        self._asks = asks
        self._books = books
        self._delivery = delivery
        self._outcome = outcome
        self._jobs = jobs
        self._callbacks = callbacks
        self._catalog = catalog
        self._clock = clock
        self._stamp = stamp

    # ------------------------------------------------------------------ a task wants an artifact

    def start(self, order: Order) -> None:
        """Answers the order's task: now, or when the render it waits for is done. Raises only what nobody foresaw."""
        try:
            looking_again(lambda: self._pursue(order))
        except Superseded as error:
            self._callbacks.fail(order.token, "Superseded", error.message)
        except RushesError as error:
            self._give_up(order, error)
        except Exception:
            self._give_up(order, _UNFORESEEN)
            raise

    def _pursue(self, order: Order) -> None:
        production, item = self._wanted(order)
        order = order.model_copy(update={"stand_in": item.stand_in, "phase": item.phase})
        self._delivery.await_result(production, order, item)
        render = self._renders.find(order.owner, order.recipe)
        recipe = self._productions.recipe(production, order.recipe)
        model = self._catalog.get(recipe.model)
        if render and render.state == "done":
            self._delivery.answer_everyone(order, render)
        elif not self._catalog.paid(model):
            self._make(production, order, recipe, model)
        elif render and render.state == "asked":
            self._look_after(order, render)
        elif render and render.setback and (instead := self._instead(production, order, render, model)):
            self._stand_in(production, order, render, instead)
        else:
            self._ask(production, order, render, recipe, model)

    def _wanted(self, order: Order) -> tuple[Production, WorkItem]:
        """Raises `Superseded` when the production does not want this any more: cancelled, deleted, begun anew."""
        try:
            production = self._productions.load(order.owner, order.production_id)
            production.check_cursor(order.line, order.execution)
            return production, self._productions.work_item(production, order.line, order.name)
        except Refused as error:
            raise Superseded(error.message) from error

    # ------------------------------------------------------------------ 2 to 5: ask a provider

    def _ask(
        self, production: Production, order: Order, render: Render | None, recipe: Recipe, model: Model
    ) -> None:
        if render and render.not_before and render.not_before > self._stamp(self._clock()):
            raise Transient(f"{model.title} asked for a pause until {render.not_before}")
        provider: PaidProvider = self._catalog.provider(model.provider)
        with self._jobs.prepared(production, recipe, model) as job:
            for source in job.sources:
                source.path()  # what can fail, fails before the intention
            ask = self._books.intend(production, order, render, model, model.estimate(recipe))
            self._submit(ask, provider, replace(job, ask_id=ask.id, webhook=self._jobs.webhook(ask)))

    def _submit(self, ask: Ask, provider: PaidProvider, job: Job) -> None:
        """One request. What it answers is written down; what it does not answer is looked for."""
        try:
            if self._age(ask) > ASKED_WITHIN:
                raise Transient("the intention came too late, and is written anew")
            submission = provider.submit(job)
        except AnswerLost:
            ask = self._asks.find(ask.id) or ask
            if ask.state == "asking":
                self._search(ask, job.model, alone=True)
        except RushesError as error:
            self._outcome.set_back(ask, error)
        else:
            if isinstance(submission, Accepted):
                self._books.running(ask, submission.job_id)
            else:
                self._outcome.keep(ask, job, submission)

    # ------------------------------------------------------------------ an open ask: one look

    def _look_after(self, order: Order, render: Render) -> None:
        ask = self._asks.find(render.ask_id or "")
        if ask is None or not ask.pending:
            raise Overtaken("it has just ended")
        model = self._catalog.get(ask.model)
        alone = order.succeeds(ask.order)
        if ask.job_id or alone or self._catalog.tells(model) or self._age(ask) > GIVEN_UP:
            self._look_at(ask, model, alone)

    def sweep(self) -> None:
        """Looks at every ask that should have ended by now: when its task is gone and its webhook lost, nobody else
        would."""
        for ask in self._asks.pending():
            model = self._catalog.get(ask.model)
            if self._age(ask) < GIVEN_UP:
                continue
            try:
                self._look_at(ask, model, alone=False)
            except RushesError as error:
                _log.warning("%s could not be looked at: %s", ask.id, error.message)

    def _look_at(self, ask: Ask, model: Model, alone: bool) -> None:
        if ask.job_id is None:
            self._search(ask, model, alone)
            return
        try:
            report = self._catalog.provider(ask.provider).look(ask.job_id)
        except Unavailable as error:
            raise Transient(error.message) from error  # without a key nobody can look; the job goes on
        except Spoiled as error:
            self._outcome.set_back(ask, error)
        else:
            self._outcome.heard(ask, report)

    def _search(self, ask: Ask, model: Model, alone: bool) -> None:
        """The request's answer was lost: is there a job? `alone`: nobody else will come back to it soon."""
        try:
            report = self.traced(ask)
        except AnswerLost as error:
            if self._catalog.tells(model) and self._age(ask) < timedelta(seconds=model.patience):
                return  # the webhook may still come
            self._outcome.set_back(ask, error)
            return
        if report:
            self._outcome.heard(ask, report)
        elif self._age(ask) > HEARD_WITHIN:
            self._books.close(ask, "released")
            raise Overtaken("it was never accepted")
        elif alone:
            raise Transient(f"{model.title} may not have heard; it is looked for again")

    def traced(self, ask: Ask) -> Report | None:
        """The job that an ask without an answer started; None when the provider has none.

        Raises `AnswerLost` when it cannot tell, `Transient`.
        """
        with self._jobs.remembered(ask) as job:
            return self._catalog.provider(ask.provider).find(job, ask.at)

    # ------------------------------------------------------------------ 6: news of a job

    def news(self, ask_id: str, body: dict[str, Any]) -> None:
        """What a webhook said, verified. Once, twice, early, late: the end is the same.

        Raises `Transient` when it has to be delivered again.
        """
        looking_again(lambda: self._take_in(ask_id, body))

    def _take_in(self, ask_id: str, body: dict[str, Any]) -> None:
        ask = self._asks.find(ask_id)
        if ask is None:
            return
        report = self._catalog.provider(ask.provider).report(body)
        if ask.pending or (ask.state != "settled" and report.status == "succeeded"):
            self._outcome.heard(ask, report)
            return
        # Heard before. Whoever heard it may have died before it told the waiters.
        render = self._renders.find(ask.owner, ask.fingerprint)
        if render and render.state == "done":
            self._delivery.answer_everyone(None, render)
        elif render and render.state == "free" and render.setback:
            self._delivery.call_back(ask.order, Transient(render.setback.message))

    def stop(self, production_id: str, ask_ids: list[str]) -> None:
        """A production does not want these any more. A job nobody else wants is stopped, if it still can be, and what
        became of it is booked."""
        for ask in filter(None, map(self._asks.find, ask_ids)):
            waiters = self._renders.waiters(ask.order)
            for waiter in waiters:
                if waiter.production_id == production_id:
                    self._renders.answered(waiter)
            others = {w.production_id for w in (ask.order, *waiters)} - {production_id}
            if ask.pending and not any(self._goes_on(ask.owner, other) for other in others):
                try:
                    self._stop(ask)
                except RushesError as error:  # it goes on, then, and its end is booked when it is told
                    _log.warning("%s could not be stopped: %s", ask.id, error.message)

    def _goes_on(self, owner: str, production_id: str) -> bool:
        with suppress(NotFound):
            production = self._productions.load(owner, production_id)
            return bool(production.edits) or production.status not in FINISHED
        return False

    def _stop(self, ask: Ask) -> None:
        provider: PaidProvider = self._catalog.provider(ask.provider)
        report = None if ask.job_id else self.traced(ask)
        job_id = report.job_id if report else ask.job_id
        if job_id:
            self._outcome.heard(ask, provider.cancel(job_id))
        elif self._age(ask) > HEARD_WITHIN:
            self._books.close(ask, "released")

    # ------------------------------------------------------------------ what went wrong, and what is tried instead

    def _instead(self, production: Production, order: Order, render: Render, model: Model) -> Recipe | None:
        """The stand-in that is due, or None when the same model is to be asked again. Raises what it failed with."""
        setback = render.setback
        assert setback
        recipe = self._productions.recipe(production, order.fingerprint)
        first = self._catalog.get(recipe.model)
        line = [first, *self._catalog.fallbacks(first)]
        left = line[line.index(model) + 1 :] if model in line else []
        others = (other for other in left if setback.kind != "paid" or other.free)
        instead = next(filter(None, (stand_in(recipe, other) for other in others)), None)
        if setback.kind == "passing" and render.setbacks < (TRIES if instead else LAST_TRIES):
            return None
        if instead:
            return instead
        self._renders.free(render)  # whoever retries begins anew
        raise Failed(setback)

    def _stand_in(self, production: Production, order: Order, render: Render, instead: Recipe) -> None:
        self._productions.remember_recipes(production, [instead])
        shown = {"stand_in": instead.fingerprint, "model": instead.model}
        self._delivery.show(production, order, state="rendering", **shown)
        self._renders.answered(order)  # the wait for the first recipe ends here
        self._renders.free(render)  # whoever wants it another time begins anew
        self._pursue(order)

    def _give_up(self, order: Order, error: RushesError) -> None:
        """Says so in the table when it will fail again, gives a claim up, and answers whoever waits."""
        try:
            production, item = self._wanted(order)
        except Superseded as superseded:
            self._callbacks.fail(order.token, "Superseded", superseded.message)
            return
        order = order.model_copy(update={"stand_in": item.stand_in, "phase": item.phase})
        render = self._renders.find(order.owner, order.recipe)
        if render and render.state == "claimed" and render.holder == order:
            self._renders.free(render)
            for waiter in self._renders.waiters(order):
                if waiter.token != order.token:
                    gave_up = f"whoever made {order.name} gave up; it is made again"
                    self._delivery.fail(waiter, Transient(gave_up))
        if isinstance(error, Missing):
            self._delivery.show(production, order, state="waiting")
        elif isinstance(error, Refused):
            self._delivery.tell(production, order, error)
        self._delivery.fail(order, error)

    # ------------------------------------------------------------------ made here, for nothing

    def _make(self, production: Production, order: Order, recipe: Recipe, model: Model) -> None:
        render, ours = self._renders.claim(order)
        if not ours:
            if render.state == "done":
                self._delivery.answer_everyone(order, render)
            return
        with self._jobs.prepared(production, recipe, model) as job:
            finished = self._catalog.provider(model.provider).submit(job)
            made = inspected(finished, recipe, model, cost_micro_usd=0)
            self._delivery.settle(production, order, render, recipe, made, finished.path)

    # ------------------------------------------------------------------ small words

    def _age(self, ask: Ask) -> timedelta:
        return self._clock() - datetime.fromisoformat(ask.at)


class Superseded(Refused):
    """The production does not want this any more."""


class Failed(Refused):
    """What a render was set back by, once nothing is left to try."""

    def __init__(self, setback: Setback) -> None:
        super().__init__(setback.message)
        self.code = setback.code

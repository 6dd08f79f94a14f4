"""Outcome: how an ask ends. What was made is kept; what was not is booked, and whoever waits is told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from rushes.errors import AnswerLost, Billed, NotFound, Refused, RushesError, Spoiled, Transient
from rushes.productions.artifact import Made
from rushes.providers.catalog import Catalog
from rushes.providers.port import Finished, Job, Report
from rushes.records import productions as records
from rushes.records.asks import Ask, Asks
from rushes.records.renders import Render, Renders
from rushes.rendering.books import Books, Overtaken
from rushes.rendering.delivery import Delivery
from rushes.rendering.inspect import inspected
from rushes.rendering.jobs import Jobs
from rushes.rendering.standing_in import setback_of

_LOOKS = 10


def looking_again(step: Callable[[], None]) -> None:
    """Repeats what somebody else was quicker at: the next look shows what they did."""
    for _ in range(_LOOKS):
        with suppress(Overtaken):
            return step()
    raise Transient("too many at once at one render")


class Outcome:
    def __init__(
        self,
        *,
        productions: records.Productions,
        renders: Renders,
        asks: Asks,
        books: Books,
        delivery: Delivery,
        jobs: Jobs,
        catalog: Catalog,
        clock: Callable[[], datetime],
        stamp: Callable[[datetime], str],
    ) -> None:
        self._productions = productions
        self._renders = renders
        self._asks = asks
        self._books = books
        self._delivery = delivery
        self._jobs = jobs
        self._catalog = catalog
        self._clock = clock
        self._stamp = stamp

    def heard(self, ask: Ask, report: Report) -> None:
        """6 to 10. Raises `Transient` when what was made could not be fetched yet."""
        if report.status == "running":
            if ask.job_id is None:
                self._books.running(ask, report.job_id)
            return
        render = self._renders.find(ask.owner, ask.fingerprint)
        if report.status == "succeeded" and render and render.state == "done":
            self._books.close(ask, "settled", cost=ask.expected)  # another ask made it; this one is paid, too
            return
        with self._jobs.remembered(ask) as job:
            try:
                finished = self._catalog.provider(ask.provider).collect(report, job)
            except RushesError as error:
                if isinstance(error, Transient) and report.status == "succeeded":
                    raise
                self.set_back(ask, error)
            else:
                self.keep(ask, job, finished)

    def set_back(self, ask: Ask, error: RushesError) -> None:
        """The ask is closed: given back, or booked where the provider may have been paid. Every waiter is told.

        What may be mended is left at the render as a setback: the task calls again, and that call decides.
        """
        cost = 0
        if isinstance(error, AnswerLost):
            cost = ask.held
        elif isinstance(error, Billed):
            cost = ask.expected if error.cost_micro_usd is None else error.cost_micro_usd
        hint = error.retry_after if isinstance(error, Transient) else None
        freed = self._books.close(
            ask,
            "lost" if isinstance(error, AnswerLost) else "settled" if cost else "released",
            cost=cost,
            setback=setback_of(error),
            not_before=self._stamp(self._clock() + timedelta(seconds=hint)) if hint else None,
        )
        if freed:  # otherwise they wait for somebody else by now
            self._delivery.call_back(ask.order, error)

    def keep(self, ask: Ask, job: Job, finished: Finished) -> None:
        """What a provider made becomes an artifact of whoever asked for it, or of the next who waits for it."""
        cost = ask.expected if finished.cost_micro_usd is None else finished.cost_micro_usd
        try:
            made = inspected(finished, job.recipe, job.model, cost_micro_usd=cost)
        except Refused as error:
            self.set_back(ask, Spoiled(error.message, cost))
            return
        looking_again(lambda: self._settle(ask, job, made, finished.path))

    def _settle(self, ask: Ask, job: Job, made: Made, file: Path) -> None:
        ask = self._asks.find(ask.id) or ask
        render = self._renders.find(ask.owner, ask.fingerprint) or Render(state="free", holder=ask.order)
        if render.state == "done":
            if ask.state != "settled":
                self._books.close(ask, "settled", cost=made.cost_micro_usd)
            self._delivery.answer_everyone(None, render)
            return
        for order in (ask.order, *self._renders.waiters(ask.order)):
            with suppress(records.Deleted, NotFound):
                production = self._productions.load(order.owner, order.production_id)
                self._delivery.settle(production, order, render, job.recipe, made, file, ask)
                return
        self._books.close(ask, "settled", cost=made.cost_micro_usd)  # everybody who wanted it was deleted

"""The books: what the table says of money and of who makes what. Every method is one transaction, or nothing."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from rushes.errors import BudgetExceeded, Conflict, NotFound
from rushes.ids import new_id
from rushes.productions.artifact import Artifact, Made, Origin
from rushes.productions.events import Event
from rushes.productions.failure import Failure
from rushes.productions.ledger import Entry, Movement, usd
from rushes.productions.production import Production
from rushes.productions.progress import progress
from rushes.productions.work import WorkItem, told
from rushes.providers.models import Estimate, Model
from rushes.records import productions as records
from rushes.records.accounts import Account, Accounts, accounts_of
from rushes.records.asks import Ask, Asks, State, save_ask
from rushes.records.orders import Order
from rushes.records.renders import Render, Renders, Setback, save_copy, save_render
from rushes.records.rows import Change, Changed, Table


class Overtaken(Conflict):
    """Somebody else moved the render on first. Look again."""


class Books:
    def __init__(
        self,
        table: Table,
        productions: records.Productions,
        renders: Renders,
        asks: Asks,
        accounts: Accounts,
        now: Callable[[], str],
    ) -> None:
        self._table = table
        self._productions = productions
        self._renders = renders
        self._asks = asks
        self._accounts = accounts
        self._now = now

    # ------------------------------------------------------------------ before the provider is asked

    def intend(
        self, production: Production, order: Order, render: Render | None, model: Model, price: Estimate
    ) -> Ask:
        """Writes down that the provider is going to be asked, and reserves what that can cost at most.

        Raises `BudgetExceeded`, or `Overtaken` when the render or the production has moved on; nothing is written then.
        """
        most, accounts = price.most, accounts_of(production)
        ask = Ask(
            id=new_id("ask"),
            order=order,
            provider=model.provider,
            model=model.id,
            at=self._now(),
            accounts=accounts,
            expected=price.expected,
            held=most,
        )
        asked = (render or Render(state="free", holder=order)).asked(ask.id, order)
        budgets = {account: self._accounts.budget(account, production) for account in accounts}
        self._check(order, budgets, most)
        reservations = [account.reserving(most, budgets[account]) for account in accounts]
        entry = self._entry(ask, production, "reserved", most)
        changes: list[Change] = [*reservations, save_render(asked), save_ask(ask), entry]
        try:
            self._productions.write_if_unchanged(production, changes)
        except Changed as error:
            if error.position < len(accounts):
                account = accounts[error.position]
                raise self._exceeded(order, account, budgets[account] or 0, most) from error
            raise Overtaken("somebody else was quicker") from error
        return ask.model_copy(update={"version": 1})

    def _check(self, order: Order, budgets: dict[Account, int | None], most: int) -> None:
        """What can never fit need not be tried; DynamoDB's condition decides about the rest."""
        for account, budget in budgets.items():
            if budget is not None and most > budget:
                raise self._exceeded(order, account, budget, most)

    def _exceeded(self, order: Order, account: Account, budget: int, most: int) -> BudgetExceeded:
        left = max(0, budget - self._accounts.committed(account))
        return BudgetExceeded(
            f"{order.name} can cost up to ${usd(most):.4f}, and of the {account.kind}'s budget of "
            f"${usd(budget):.2f} only ${usd(left):.4f} is left; raise it, then continue",
            needed_usd=usd(most),
            left_usd=usd(left),
            budget_usd=usd(budget),
            account=account.kind,
        )

    # ------------------------------------------------------------------ when the provider has answered

    def running(self, ask: Ask, job_id: str) -> None:
        """The job's id, before anything else. Whoever was quicker (the webhook) knew it, too."""
        with suppress(Changed):
            self._asks.write(ask.running(job_id))

    def close(
        self,
        ask: Ask,
        state: State,
        *,
        cost: int = 0,
        setback: Setback | None = None,
        not_before: str | None = None,
    ) -> bool:
        """The ask made nothing. What it held is given back, but for `cost`; its render is free again.

        False when the render was another's by now. Raises `Overtaken` when somebody else closed it.
        """
        ended = ask.ended(state, cost)
        changes: list[Change] = [save_ask(ended)]
        render = self._renders.find(ask.owner, ask.fingerprint)
        freed = render is not None and render.ask_id == ask.id
        if render and freed:
            changes.append(save_render(render.freed(setback, not_before)))
        order = ask.order
        try:
            production = self._productions.load(order.owner, order.production_id)
            entries = self._closing_entries(ask, production, cost)
            events = [_cost_event(cost - ask.spent, order.name)] if cost > ask.spent else []
            bookings = [*ask.bookings(ended), *self._spent(ask, production, cost)]
            self._productions.commit(production, [*changes, *bookings, *entries], events)
        except (records.Deleted, NotFound):
            self._close_of_deleted(ask, ended, changes)
        except Conflict as error:
            raise Overtaken("somebody else closed it first") from error
        return freed

    def _close_of_deleted(self, ask: Ask, ended: Ask, changes: Sequence[Change]) -> None:
        """The campaign's and the client's accounts outlive the production's."""
        try:
            self._table.write([*changes, *ask.bookings(ended, but=_own(ask))])
        except Changed as error:
            raise Overtaken("somebody else closed it first") from error

    def _closing_entries(self, ask: Ask, production: Production, cost: int, version: int = 0) -> list[Change]:
        """An ask is reserved once, and then spent or released. What is heard of it after that corrects the books."""
        if ask.pending and not cost and not version:
            return [self._entry(ask, production, "released", ask.held)]
        if ask.pending:
            return [self._entry(ask, production, "spent", cost, version)]
        if cost == ask.spent:
            return []
        note = "heard of after it had been given up"
        return [self._entry(ask, production, "spent", cost - ask.spent, version, note)]

    def _spent(self, ask: Ask, production: Production, cost: int) -> list[Change]:
        """What its checkpoint has cost: what was spent on making it, and on its edits."""
        more, order = cost - ask.spent, ask.order
        return [records.add_spent(production, order.branch, order.phase, more)] if more else []

    # ------------------------------------------------------------------ when it is made

    def settle(
        self,
        production: Production,
        order: Order,
        render: Render,
        artifact: Artifact,
        made: Made,
        ask: Ask | None,
    ) -> Render:
        """The result, the artifact, the work and the money, at once.

        Raises `Conflict` when somebody else settled it first, `Deleted`.
        """
        origin = Origin(production_id=production.id, name=artifact.name, version=artifact.version)
        done = render.finished(made, origin)
        changes: list[Change] = [
            # What our own CPU made twice is the same thing twice: no condition.
            save_render(done, anyway=ask is None),
            save_copy(order.owner, order.recipe, origin),
        ]
        cost = made.cost_micro_usd
        if ask is None:
            changes.append(self._made_entry(production, order, artifact, "spent"))
        elif ask.order.production_id == production.id:
            ended = ask.ended("settled", cost, made.job_id)
            changes += [save_ask(ended), *ask.bookings(ended), *self._spent(ask, production, cost)]
            changes += self._closing_entries(ask, production, cost, artifact.version)
        else:  # the production that asked is gone, and what its accounts had to pay is another's for nothing
            ended, cost = ask.ended("settled", cost, made.job_id), 0
            changes += [save_ask(ended), *ask.bookings(ended, but=_own(ask))]
            changes.append(self._made_entry(production, order, artifact, "reused"))
        self._ready(production, order, artifact, changes, cost)
        return done

    def reuse(self, production: Production, order: Order, artifact: Artifact) -> None:
        """Raises `Conflict` when the same was reused meanwhile, `Deleted`."""
        here = Origin(production_id=production.id, name=artifact.name, version=artifact.version)
        entry = self._made_entry(production, order, artifact, "reused")
        self._ready(production, order, artifact, [save_copy(order.owner, order.recipe, here), entry], 0)

    def _ready(
        self, production: Production, order: Order, artifact: Artifact, also: Sequence[Change], cost: int
    ) -> None:
        changes = [*also, records.save_artifact(production, artifact.model_copy(update={"ready": True}))]
        events = []
        work = self._productions.work(production, order.line)
        if order.name in work:  # what came late is kept, though nobody looks at that line any more
            item = work[order.name] = with_artifact(work[order.name], artifact)
            changes.append(records.save_work(production, item))
            events.append(Event(type="artifact.ready", data=told(item, cost)))
            if order.edit is None or order.edit in production.edits:
                events.append(progress(production, order.line, work, self._now()))
        if cost:
            events.append(_cost_event(cost, order.name))
        self._productions.commit(production, changes, events)

    # ------------------------------------------------------------------ when it failed

    def failed(self, production: Production, order: Order, failure: Failure) -> None:
        """Says so at the item. A production that was deleted has nobody to tell."""
        try:
            item = self._productions.work_item(production, order.line, order.name)
            failed = item.model_copy(update={"state": "failed", "failure": failure})
            event = Event(type="artifact.failed", data=told(failed) | {"error": failure.model_dump()})
            self._productions.commit(production, [records.save_work(production, failed)], [event])
        except (NotFound, Conflict):
            return

    # ------------------------------------------------------------------ entries

    def _entry(
        self,
        ask: Ask,
        production: Production,
        movement: Movement,
        amount: int,
        version: int = 0,
        note: str | None = None,
    ) -> Change:
        entry = Entry(
            movement=movement,
            micro_usd=amount,
            branch=ask.order.branch,
            phase=ask.order.phase,
            artifact=ask.order.name,
            version=version,
            model=ask.model,
            fingerprint=ask.fingerprint,
            at=self._now(),
            ask_id=ask.id,
            note=note,
        )
        return records.save_entry(production, entry)

    def _made_entry(
        self, production: Production, order: Order, artifact: Artifact, movement: Movement
    ) -> Change:
        """Of what cost nothing: made here, or reused."""
        entry = Entry(
            movement=movement,
            micro_usd=0,
            branch=order.branch,
            phase=order.phase,
            artifact=artifact.name,
            version=artifact.version,
            model=artifact.model,
            fingerprint=order.recipe,
            at=self._now(),
        )
        return records.save_entry(production, entry)


def with_artifact(item: WorkItem, artifact: Artifact) -> WorkItem:
    """The item with its artifact. One that wants something else by now, or has an earlier version of this, keeps it."""
    has_earlier = item.state == "ready" and item.version is not None and item.version < artifact.version
    if item.fingerprint != artifact.fingerprint or has_earlier:
        return item
    return item.model_copy(
        update={
            "state": "ready",
            "version": artifact.version,
            "ext": artifact.ext,
            "model": artifact.model,
            "reused": artifact.origin is not None,
            "failure": None,
        }
    )


def _cost_event(cost: int, name: str) -> Event:
    return Event(type="cost.updated", data={"added_usd": usd(cost), "artifact": name})


def _own(ask: Ask) -> Account:
    return ask.accounts[0]

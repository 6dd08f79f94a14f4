"""Accounts: where money is counted. A production has one, and so have the campaign and the client it belongs to.

    {owner}#production#{id}   now#tally   counters committed_micro_usd, cost_micro_usd
    {owner}#campaign#{id}     now#tally   the same
                              budget      what it may cost, if anybody said so
    {owner}#client#{id}       …

`committed` is what was spent and what is reserved. A reservation adds to it on the condition that the sum stays within
the budget; so of many at once exactly those that fit succeed. A production's budget stands in the production itself.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.ledger import usd
from rushes.productions.production import Production
from rushes.records.rows import Add, Put, Row, Table

Kind = Literal["production", "campaign", "client"]
COMMITTED, COST = "committed_micro_usd", "cost_micro_usd"
_TALLY = "now#tally"


class Account(BaseModel):
    model_config = ConfigDict(frozen=True)

    owner: str
    kind: Kind
    id: str

    @property
    def pk(self) -> str:
        return f"{self.owner}#{self.kind}#{self.id}"

    def adding(self, committed: int, cost: int = 0) -> Add:
        """Micro-dollars, which may be negative."""
        counters = {COMMITTED: committed, **({COST: cost} if cost else {})}
        return Add(self.pk, _TALLY, counters)

    def reserving(self, amount: int, budget: int | None) -> Add:
        """The write fails when the amount does not fit."""
        fits = {} if budget is None else {COMMITTED: budget - amount}
        return Add(self.pk, _TALLY, {COMMITTED: amount}, unless_above=fits)


class Standing(BaseModel):
    """An account, looked at: dollars."""

    budget_usd: float | None
    spent_usd: float
    reserved_usd: float


def accounts_of(production: Production) -> tuple[Account, ...]:
    """Its own first."""
    own = Account(owner=production.owner, kind="production", id=production.id)
    kinds: Sequence[tuple[Kind, str | None]] = (
        ("campaign", production.request.get("campaign_id")),
        ("client", production.request.get("client_id")),
    )
    return (own, *(Account(owner=production.owner, kind=kind, id=of) for kind, of in kinds if of))


class Accounts:
    def __init__(self, table: Table) -> None:
        self._table = table

    def budget(self, account: Account, production: Production) -> int | None:
        """Micro-dollars, or None where nobody set a limit."""
        if account.kind == "production":
            return production.budget_micro_usd
        row = self._table.get(account.pk, "budget")
        return row.body["micro_usd"] if row else None

    def set_budget(self, account: Account, micro_usd: int | None) -> None:
        self._table.write([Put(Row(account.pk, "budget", {"micro_usd": micro_usd}))])

    def committed(self, account: Account) -> int:
        row = self._table.get(account.pk, _TALLY)
        return row.counters.get(COMMITTED, 0) if row else 0

    def standing(self, account: Account) -> Standing:
        """Of a campaign or a client."""
        rows = self._table.get_many([(account.pk, _TALLY), (account.pk, "budget")])
        counters = rows[account.pk, _TALLY].counters if (account.pk, _TALLY) in rows else {}
        budget = rows[account.pk, "budget"].body["micro_usd"] if (account.pk, "budget") in rows else None
        spent = counters.get(COST, 0)
        return Standing(
            budget_usd=None if budget is None else usd(budget),
            spent_usd=usd(spent),
            reserved_usd=usd(counters.get(COMMITTED, 0) - spent),
        )

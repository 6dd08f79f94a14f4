"""Asks: each request to a paid provider, written down before it is made.

    ask#{id}   ask     in the owner index's partition `asks#pending` while its end is not known

    asking ──► running ──► settled        the provider's answer, then its job's end
       │          └──────► released       it came to nothing, and cost nothing
       └──► lost                          nobody can tell: counted as spent, and never asked again

An ask that was released or lost may still be heard of: what it made is adopted, and its cost booked.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.records.accounts import Account
from rushes.records.orders import Order
from rushes.records.rows import Add, Put, Row, Table

State = Literal["asking", "running", "settled", "released", "lost"]
_PENDING = "asks#pending"


class Ask(BaseModel):
    """One request for one order. Money is whole micro-dollars."""

    model_config = ConfigDict(frozen=True)

    id: str
    order: Order
    """Whose task asked; `order.owner` pays."""
    provider: str
    model: str
    at: str
    state: State = "asking"
    job_id: str | None = None
    accounts: tuple[Account, ...]
    expected: int
    """What it costs by the catalog."""
    held: int
    """What of the accounts' commitments is this ask's: reserved, or spent."""
    spent: int = 0
    """What of it was booked as spent."""
    version: int = 0

    @property
    def owner(self) -> str:
        return self.order.owner

    @property
    def fingerprint(self) -> str:
        """Of the recipe that was asked for."""
        return self.order.recipe

    @property
    def pending(self) -> bool:
        return self.state in ("asking", "running")

    def running(self, job_id: str) -> "Ask":
        return self.model_copy(update={"state": "running", "job_id": job_id})

    def ended(self, state: State, cost: int, job_id: str | None = None) -> "Ask":
        job = {"job_id": job_id} if job_id else {}
        return self.model_copy(update={"state": state, "held": cost, "spent": cost, **job})

    def bookings(self, ended: "Ask", but: Account | None = None) -> list[Add]:
        """What the accounts have to add when this ask becomes that one; `but` is gone."""
        committed, cost = ended.held - self.held, ended.spent - self.spent
        if not (committed or cost):
            return []
        return [account.adding(committed, cost) for account in self.accounts if account != but]


class Asks:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, ask_id: str) -> Ask | None:
        row = self._table.get(_pk(ask_id), "ask")
        return Ask(**row.body, version=row.version) if row else None

    def pending(self) -> Iterator[Ask]:
        """Every ask whose end is not known, of all owners, the oldest first."""
        rows = self._table.query(_PENDING, indexed=True)
        return (Ask(**row.body, version=row.version) for row in rows)

    def write(self, ask: Ask) -> None:
        """Raises `Changed` when somebody else moved it on first."""
        self._table.write([save_ask(ask)])


def save_ask(ask: Ask) -> Put:
    """Expects the version that was loaded; a new ask must not exist."""
    body = ask.model_dump(mode="json", exclude={"version"})
    index = (_PENDING, f"{ask.at}#{ask.id}") if ask.pending else None
    return Put(Row(_pk(ask.id), "ask", body, ask.version + 1, index), expect=ask.version)


def _pk(ask_id: str) -> str:
    return f"ask#{ask_id}"

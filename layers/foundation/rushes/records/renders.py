"""The records of renders: who is making what, and who waits for it. One partition for each recipe of an owner:

    {owner}#render#{fingerprint}   render                                    who makes it, then the result
                                   waiter#{token's hash}                     a task that waits for the result
                                   copy#{production}#{name}#{version}        where the result's bytes are

A waiter is written before the claim is read, and the result before the waiters are read. So either the maker sees the
waiter, or the waiter sees the result; never neither.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.artifact import Made, Origin
from rushes.records.orders import Order
from rushes.records.rows import Change, Changed, Delete, Put, Row, Table


class Setback(BaseModel):
    """Why a render came to nothing so far.

    `passing` may be tried again; `unavailable` needs another model; of `paid` nobody pays for another.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["passing", "unavailable", "paid"]
    code: str
    message: str


class Render(BaseModel):
    """The making of one recipe for one owner: `claimed` by our own CPU, or `asked` of a provider."""

    model_config = ConfigDict(frozen=True)

    state: Literal["free", "claimed", "asked", "done"]
    holder: Order
    """Whose task makes it, or made it."""
    lease_until: str = ""
    """After this time the maker of a claimed render is taken for dead."""
    ask_id: str | None = None
    """The request that is to make it."""
    setback: Setback | None = None
    setbacks: int = 0
    """How many there were in a row."""
    not_before: str | None = None
    """A provider asked to be left alone until then."""
    made: Made | None = None
    origin: Origin | None = None
    version: int = 0

    def held_by_the_living(self, order: Order, now: str) -> bool:
        """False when the holder is an earlier call for the very work that asks again, or its lease is over."""
        return self.state == "claimed" and not order.succeeds(self.holder) and now < self.lease_until

    def asked(self, ask_id: str, order: Order) -> "Render":
        return self.model_copy(
            update={"state": "asked", "ask_id": ask_id, "holder": order, "not_before": None}
        )

    def freed(self, setback: Setback | None, not_before: str | None = None) -> "Render":
        """Nobody makes it any more. Without a setback it is as if nobody ever had."""
        count = self.setbacks + 1 if setback else 0
        return self.model_copy(
            update={
                "state": "free",
                "ask_id": None,
                "setback": setback,
                "setbacks": count,
                "not_before": not_before,
            }
        )

    def finished(self, made: Made, origin: Origin) -> "Render":
        return self.freed(None).model_copy(update={"state": "done", "made": made, "origin": origin})


class Renders:
    """`now` gives the time; `lease` is how long a maker may take before it is taken for dead."""

    def __init__(
        self, table: Table, now: Callable[[], datetime], stamp: Callable[[datetime], str], lease: timedelta
    ):
        self._table = table
        self._now = now
        self._stamp = stamp
        self._lease = lease

    def waiters(self, order: Order) -> list[Order]:
        return [Order(**row.body) for row in self._table.query(_pk(order), "waiter#")]

    def answered(self, waiter: Order) -> None:
        self._table.write([Delete(_pk(waiter), _waiter_sk(waiter))])

    def find(self, owner: str, fingerprint: str) -> Render | None:
        row = self._table.get(_partition(owner, fingerprint), "render")
        return Render(**row.body, version=row.version) if row else None

    def done(self, owner: str, fingerprints: Iterable[str]) -> set[str]:
        """Those of the recipes that have a result."""
        keys = {(_partition(owner, fp), "render"): fp for fp in fingerprints}
        rows = self._table.get_many(list(keys))
        return {keys[key] for key, row in rows.items() if row.body["state"] == "done"}

    def open_asks(self, owner: str, fingerprints: Iterable[str]) -> list[str]:
        """The ids of the asks that are to make these recipes."""
        rows = self._table.get_many([(_partition(owner, fp), "render") for fp in fingerprints])
        return [row.body["ask_id"] for row in rows.values() if row.body["state"] == "asked"]

    def claim(self, order: Order) -> tuple[Render, bool]:
        """The render of this recipe, and whether it is now ours to make. One of many claimers wins."""
        while True:
            found = self.find(order.owner, order.recipe)
            now = self._now()
            if found and (found.state == "done" or found.held_by_the_living(order, self._stamp(now))):
                return found, False
            claim = Render(
                state="claimed",
                holder=order,
                lease_until=self._stamp(now + self._lease),
                version=found.version if found else 0,
            )
            try:
                self._table.write([save_render(claim)])
                return claim.model_copy(update={"version": claim.version + 1}), True
            except Changed:
                continue

    def free(self, render: Render) -> None:
        """Gives a claim up, or forgets a setback, unless somebody else has moved it on."""
        with suppress(Changed):
            self._table.write([save_render(render.freed(None))])

    def forget_copy(self, owner: str, fingerprint: str, gone: Origin) -> None:
        """A file is deleted: the render lives on with another copy, or is forgotten with its last one."""
        pk = _partition(owner, fingerprint)
        copies = {row.sk: Origin(**row.body) for row in self._table.query(pk, "copy#")}
        deletions: list[Change] = [Delete(pk, sk) for sk, origin in copies.items() if origin == gone]
        left = [origin for origin in copies.values() if origin != gone]
        render = self.find(owner, fingerprint)
        if render and render.origin == gone:
            if left:
                deletions.append(save_render(render.model_copy(update={"origin": left[0]})))
            else:
                deletions.append(Delete(pk, "render"))
        self._table.write(deletions)


def save_waiter(order: Order) -> Put:
    return Put(Row(_pk(order), _waiter_sk(order), order.model_dump()))


def save_render(render: Render, anyway: bool = False) -> Put:
    """Expects the version that was loaded, unless it is to be written `anyway`."""
    body = render.model_dump(mode="json", exclude={"version"})
    row = Row(_pk(render.holder), "render", body, render.version + 1)
    return Put(row, expect=None if anyway else render.version)


def save_copy(owner: str, fingerprint: str, origin: Origin) -> Put:
    """Where else the result's bytes are."""
    sk = f"copy#{origin.production_id}#{origin.name}#{origin.version:05d}"
    return Put(Row(_partition(owner, fingerprint), sk, origin.model_dump()))


def _partition(owner: str, fingerprint: str) -> str:
    return f"{owner}#render#{fingerprint}"


def _pk(order: Order) -> str:
    return _partition(order.owner, order.recipe)


def _waiter_sk(order: Order) -> str:
    return "waiter#" + hashlib.sha256(order.token.encode()).hexdigest()[:24]

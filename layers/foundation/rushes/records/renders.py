"""The records of renders: who is making what, and who waits for it. One partition for each recipe of an owner:

    {owner}#render#{fingerprint}   render                                    the claim, then the result
                                   waiter#{token's hash}                     a task that waits for the result
                                   copy#{production}#{name}#{version}        where the result's bytes are

A waiter is written before the claim is read, and the result before the waiters are read. So either the maker sees the
waiter, or the waiter sees the result; never neither.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.artifact import Made, Origin
from rushes.records.rows import Change, Changed, Delete, Put, Row, Table


class Order(BaseModel):
    """One task of one execution that wants an artifact by a recipe."""

    model_config = ConfigDict(frozen=True)

    owner: str
    production_id: str
    branch: str
    execution: str
    name: str
    fingerprint: str
    token: str

    def same_work(self, other: "Order") -> bool:
        return (self.production_id, self.branch, self.name) == (other.production_id, other.branch, other.name)


class Render(BaseModel):
    """The making of one recipe for one owner."""

    model_config = ConfigDict(frozen=True)

    state: Literal["claimed", "submitted", "done"]
    holder: Order
    """Whose task makes it."""
    lease_until: str
    """After this time the maker is taken for dead."""
    job_id: str | None = None
    made: Made | None = None
    origin: Origin | None = None
    version: int = 0

    def held_by_the_living(self, order: Order, now: str) -> bool:
        """False when the holder is an earlier execution of the very work that asks again, or its lease is over."""
        succeeded = self.holder.same_work(order) and self.holder.token != order.token
        return not succeeded and now < self.lease_until


class Renders:
    """`now` gives the time; `lease` is how long a maker may take before it is taken for dead."""

    def __init__(
        self, table: Table, now: Callable[[], datetime], stamp: Callable[[datetime], str], lease: timedelta
    ):
        self._table = table
        self._now = now
        self._stamp = stamp
        self._lease = lease

    def wait(self, order: Order) -> None:
        self._table.write([Put(Row(_pk(order), _waiter_sk(order), order.model_dump()))])

    def waiters(self, order: Order) -> list[Order]:
        return [Order(**row.body) for row in self._table.query(_pk(order), "waiter#")]

    def answered(self, waiter: Order) -> None:
        self._table.write([Delete(_pk(waiter), _waiter_sk(waiter))])

    def find(self, owner: str, fingerprint: str) -> Render | None:
        row = self._table.get(_partition(owner, fingerprint), "render")
        return Render(**row.body, version=row.version) if row else None

    def claim(self, order: Order) -> tuple[Render, bool]:
        """The render of this recipe, and whether it is now ours to make. One of many claimers wins."""
        while True:
            found = self.find(order.owner, order.fingerprint)
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
                self._table.write([self._save(claim)])
                return claim.model_copy(update={"version": claim.version + 1}), True
            except Changed:
                continue

    def finished(self, render: Render, made: Made, origin: Origin) -> list[Change]:
        """The changes that record the result, to be committed with the artifact they belong to."""
        done = render.model_copy(update={"state": "done", "made": made, "origin": origin})
        return [
            Put(self._save(done).row),  # whoever made it second made the same thing: no condition
            self.copied(render.holder.owner, render.holder.fingerprint, origin),
        ]

    def copied(self, owner: str, fingerprint: str, origin: Origin) -> Put:
        sk = f"copy#{origin.production_id}#{origin.name}#{origin.version:05d}"
        return Put(Row(_partition(owner, fingerprint), sk, origin.model_dump()))

    def release(self, render: Render) -> None:
        """Gives a claim up, if it is still ours."""
        current = self.find(render.holder.owner, render.holder.fingerprint)
        if current and current.state != "done" and current.holder == render.holder:
            self._table.write([Delete(_pk(render.holder), "render")])

    def forget_copy(self, owner: str, fingerprint: str, gone: Origin) -> None:
        """A file is deleted: the render lives on with another copy, or is forgotten with its last one."""
        pk = _partition(owner, fingerprint)
        copies = {row.sk: Origin(**row.body) for row in self._table.query(pk, "copy#")}
        deletions: list[Change] = [Delete(pk, sk) for sk, origin in copies.items() if origin == gone]
        left = [origin for origin in copies.values() if origin != gone]
        render = self.find(owner, fingerprint)
        if render and render.origin == gone:
            if left:
                deletions.append(self._save(render.model_copy(update={"origin": left[0]})))
            else:
                deletions.append(Delete(pk, "render"))
        self._table.write(deletions)

    def _save(self, render: Render) -> Put:
        pk = _pk(render.holder)
        body = render.model_dump(mode="json", exclude={"version"})
        return Put(Row(pk, "render", body, render.version + 1), expect=render.version)


def _partition(owner: str, fingerprint: str) -> str:
    return f"{owner}#render#{fingerprint}"


def _pk(order: Order) -> str:
    return _partition(order.owner, order.fingerprint)


def _waiter_sk(order: Order) -> str:
    return "waiter#" + hashlib.sha256(order.token.encode()).hexdigest()[:24]

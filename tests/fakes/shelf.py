"""A table and a bucket in memory, for courses too long for moto, which copies every row at every call.

The table keeps the port's promises, DynamoDB's limits among them: `tests/contracts` says which, and holds it to them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rushes.errors import NotFound
from rushes.records.rows import Add, Change, Changed, Delete, Exists, Put, Row

_TRANSACTION_LIMIT = 100


class ShelfTable:
    """Rows as `(pk, sk) → row`; a body is kept as JSON text, as in the real table, so that nobody shares it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], tuple[Row, str]] = {}

    def get(self, pk: str, sk: str) -> Row | None:
        found = self.rows.get((pk, sk))
        return _whole(*found) if found else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]:
        return {key: _whole(*self.rows[key]) for key in keys if key in self.rows}

    def query(
        self,
        pk: str,
        prefix: str = "",
        *,
        after: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        indexed: bool = False,
    ) -> Iterator[Row]:
        """As the real one does, a query includes the row at `after`."""
        found = []
        for row, body in self.rows.values():
            partition, sort = (row.index or ("", "")) if indexed else (row.pk, row.sk)
            if partition == pk and sort.startswith(prefix) and _beyond(sort, after, newest_first):
                found.append((sort, row, body))
        found.sort(key=lambda each: each[0], reverse=newest_first)
        return iter([_whole(row, body) for _, row, body in found[:limit]])

    def write(self, changes: Sequence[Change]) -> None:
        keys = [_key(change) for change in changes]
        assert len(keys) <= _TRANSACTION_LIMIT, f"a transaction of {len(keys)} actions"
        assert len(set(keys)) == len(keys), "a transaction with two actions on one item"
        for position, change in enumerate(changes):
            if not self._holds(change):
                raise Changed(position)
        for change in changes:
            self._do(change)

    def pour(self, changes: Sequence[Change]) -> None:
        for start in range(0, len(changes), _TRANSACTION_LIMIT):
            self.write(changes[start : start + _TRANSACTION_LIMIT])

    def _holds(self, change: Change) -> bool:
        row, _ = self.rows.get(_key(change), (None, ""))
        if isinstance(change, Exists):
            return row is not None and change.version in (None, row.version)
        if isinstance(change, Put):
            there = row.version if row else None
            return change.expect is None or (row is None if change.expect == 0 else there == change.expect)
        if isinstance(change, Add):
            counters = row.counters if row else {}
            return all(
                name not in counters or counters[name] <= most for name, most in change.unless_above.items()
            )
        return True

    def _do(self, change: Change) -> None:
        key = _key(change)
        if isinstance(change, Put):
            self.rows[key] = (replace(change.row, body={}), json.dumps(change.row.body, ensure_ascii=False))
        elif isinstance(change, Delete):
            self.rows.pop(key, None)
        elif isinstance(change, Add):
            row, body = self.rows.get(key, (Row(*key), "{}"))
            sums = {name: row.counters.get(name, 0) + amount for name, amount in change.counters.items()}
            self.rows[key] = (replace(row, counters={**row.counters, **sums}), body)


def _key(change: Change) -> tuple[str, str]:
    return (change.row.pk, change.row.sk) if isinstance(change, Put) else (change.pk, change.sk)


def _beyond(sort: str, after: str | None, newest_first: bool) -> bool:
    return after is None or (sort <= after if newest_first else sort >= after)


def _whole(row: Row, body: str) -> Row:
    return replace(row, body=json.loads(body), counters=dict(row.counters))


class ShelfBucket:
    """Files as `key → bytes`."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, key: str, path: Path) -> None:
        self.files[key] = path.read_bytes()

    def put_bytes(self, key: str, body: bytes) -> None:
        self.files[key] = body

    def fetch(self, key: str, path: Path) -> None:
        path.write_bytes(self.read(key))

    def read(self, key: str) -> bytes:
        if key not in self.files:
            raise NotFound("the file is gone", file=key.rsplit("/", 1)[-1])
        return self.files[key]

    def size(self, key: str) -> int:
        return len(self.read(key))

    def copy(self, source: str, target: str) -> None:
        self.files[target] = self.read(source)

    def delete_all(self, prefix: str) -> None:
        self.files = {key: body for key, body in self.files.items() if not key.startswith(prefix)}

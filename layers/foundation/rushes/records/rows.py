"""Rows and changes: what the records ask of a table, whoever keeps it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rushes.errors import RushesError


@dataclass(frozen=True)
class Row:
    """One item. `body` is JSON text in the table: DynamoDB's numbers would not give floats back exactly."""

    pk: str
    sk: str
    body: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    index: tuple[str, str] | None = None
    """(partition, sort) in the owner index, for things that are listed."""
    expires_at: int | None = None
    """Unix seconds after which DynamoDB deletes it."""
    counters: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Put:
    """`expect` is the version the item must have now: 0 means it must not exist, None that anything goes."""

    row: Row
    expect: int | None = None


@dataclass(frozen=True)
class Add:
    """Adds to counters of an item, which need not exist. A counter in `unless_above` must not be above that before."""

    pk: str
    sk: str
    counters: dict[str, int]
    unless_above: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Delete:
    pk: str
    sk: str


@dataclass(frozen=True)
class Exists:
    """Changes nothing: the write is refused when the item is not there, or not at `version`, if one is given."""

    pk: str
    sk: str
    version: int | None = None


Change = Put | Add | Delete | Exists


class Changed(RushesError):
    """A condition failed: the item at `position` of the write is not what was expected. Nothing was written."""

    code = "CHANGED"
    status = 409

    def __init__(self, position: int) -> None:
        super().__init__("somebody else changed it first", position=position)
        self.position = position


class Table(Protocol):
    """The port. `rushes.aws.table` keeps it in DynamoDB."""

    def get(self, pk: str, sk: str) -> Row | None: ...

    def get_many(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]: ...

    def query(
        self,
        pk: str,
        prefix: str = "",
        *,
        after: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        indexed: bool = False,
    ) -> Iterator[Row]: ...

    def write(self, changes: Sequence[Change]) -> None: ...

    def pour(self, changes: Sequence[Change]) -> None: ...

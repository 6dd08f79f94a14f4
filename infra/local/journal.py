"""Nothing the engine acknowledged is lost by `kill -9`: a journal beside its snapshots.

The engine itself saves only when it is stopped in good order, and always everything. Saving the whole table before
each answer costs what the table weighs (5,000 items: half a second, all of it on the event loop), so the
state is a snapshot plus what happened since, as databases have it:

- every DynamoDB write, as the request it was, is appended before its answer is sent: 0.01 ms, whatever the
  table's size. Requests are replayed in the order they were applied, so conditions decide as they did then;
- every change of an execution's status, as its record;
- objects need nothing: the engine writes them to files before it answers.

A `write(2)` that returned survives the process; only a power cut could lose it. Snapshots are taken after a
deployment, on a good stop, and when the journal has grown; each names the journal that continues it, so that a
crash between the two is no harm.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

GROWN_BYTES = 8 * 1024 * 1024
"""Replays in about two seconds."""
_NUMBERED = re.compile(r"journal-(\d+)\.jsonl")
_CONTINUES = re.compile(r'\{"journal": (\d+),')


class Journal:
    """The files of one state directory. Records are JSON values, one a line."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._lock = threading.Lock()
        self._number = max([0, *self._numbers()])
        self._file = self._open(self._number)
        self._size = 0
        self._closed = False

    def append(self, record: Any) -> None:
        line = json.dumps(record).encode() + b"\n"
        with self._lock:
            if not self._closed:
                os.write(self._file, line)
                self._size += len(line)

    @property
    def grown(self) -> bool:
        return self._size > GROWN_BYTES

    def records(self) -> Iterator[Any]:
        """What happened since the newest snapshot. A last line cut short was never acknowledged."""
        since = self._continued()
        for number in sorted(self._numbers()):
            if number < since:
                continue
            with self._path(number).open("rb") as file:
                for line in file:
                    if line.endswith(b"\n"):
                        yield json.loads(line)

    def begin(self, snapshots: Callable[[int], None]) -> None:
        """Starts a new journal, has `snapshots` write all state (which must name the number it is given), and drops
        the journals before it. No write may be applied to the engine meanwhile."""
        with self._lock:
            os.close(self._file)
            self._number += 1
            self._file, self._size = self._open(self._number), 0
        snapshots(self._number)
        for number in self._numbers():
            if number < self._number:
                self._path(number).unlink()

    def close(self) -> None:
        """The last snapshot has everything: what a late thread still appends is dropped."""
        with self._lock:
            self._closed = True
            os.close(self._file)

    def _continued(self) -> int:
        """The number in the table's snapshot; without one, everything there is."""
        snapshot = self._directory / "dynamodb.json"
        if not snapshot.exists():
            return 0
        with snapshot.open() as file:
            found = _CONTINUES.match(file.read(64))
        return int(found[1]) if found else 0

    def _numbers(self) -> list[int]:
        found = map(_NUMBERED.fullmatch, os.listdir(self._directory))
        return [int(match[1]) for match in found if match]

    def _path(self, number: int) -> Path:
        return self._directory / f"journal-{number}.jsonl"

    def _open(self, number: int) -> int:
        return os.open(self._path(number), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

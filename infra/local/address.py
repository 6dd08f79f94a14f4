"""Where the running host is: `local.json`, and the lock that says whether it still runs."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from infra.local.errors import HostError

LOOKS = 10
"""Who asks whether a host runs holds its lock for an instant: look more than once before believing that one does."""


@dataclass(frozen=True)
class Address:
    """What a client needs. `token` is a bearer for the local user; `gateway` speaks AWS for boto3 and the AWS CLI."""

    api: str
    token: str
    state_machines: dict[str, str]
    pid: int
    user: str
    gateway: str
    table: str
    bucket: str


def running(directory: Path) -> Address | None:
    """The host that runs on `directory`, or None: also after a crash left its `local.json` behind."""
    file = directory / "local.json"
    if not file.exists() or not _locked(directory):
        return None
    return Address(**json.loads(file.read_text()))


def publish(directory: Path, address: Address) -> None:
    """Whole or not at all, and for the user's eyes only: it holds a token."""
    partial = directory / "local.json.tmp"
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(address), file, indent=2)
    partial.rename(directory / "local.json")


def withdraw(directory: Path) -> None:
    (directory / "local.json").unlink(missing_ok=True)


@contextmanager
def only_one(directory: Path) -> Iterator[None]:
    """Holds the directory's lock, which the kernel drops with the process. Raises HostError if another holds it."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("a") as lock:
        if not any(_taken(lock) for _ in range(LOOKS)):
            raise HostError(_already(directory))
        yield


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(0.02)
        return False
    return True


def _already(directory: Path) -> str:
    other = running(directory)
    where = f"{other.api} (pid {other.pid})" if other else "starting"
    return f"Rushes already runs on {directory}: {where}. Use that one, or stop it first."


def _locked(directory: Path) -> bool:
    try:
        with (directory / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False

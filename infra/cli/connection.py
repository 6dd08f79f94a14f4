"""Which studio a command speaks to: one named by `--api`, the one that runs here, or one started for the command."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.cli.client import Client
from infra.local.address import Address, running
from infra.local.errors import HostError
from infra.local.templates import ROOT

_START_SECONDS = 180  # the first start also synthesizes the template


def home() -> Path:
    """Where the embedded studio keeps its state: `RUSHES_HOME`, or `.rushes` in the repository."""
    return Path(os.environ.get("RUSHES_HOME") or ROOT / ".rushes").resolve()


@contextmanager
def connected(api: str | None, token: str | None, say: Callable[[str], None]) -> Iterator[Client]:
    """A client for the studio. One that was started for this command is stopped after it; its state stays.

    Raises HostError with a sentence that says what to do.
    """
    if api or running(home()):
        yield Client(*address_of(api, token))
        return
    with _started(say) as address:
        yield Client(address.api, address.token)


def address_of(api: str | None, token: str | None) -> tuple[str, str]:
    """The API's URL and a token of a studio that runs already. Raises HostError if there is none."""
    if api and token:
        return api.rstrip("/"), token
    if api:
        raise HostError("--api needs --token (or RUSHES_TOKEN): a bearer token that studio accepts")
    found = running(home())
    if not found:
        raise HostError("no studio runs here; `rushes up` starts one")
    return found.api, token or found.token


@contextmanager
def _started(say: Callable[[str], None]) -> Iterator[Address]:
    say("No studio runs here; starting one for this command")
    port, gateway = _free_ports(2)
    command = [sys.executable, "-m", "infra.local.up", "--directory", str(home())]
    command += ["--port", str(port), "--gateway-port", str(gateway)]
    # A session of its own: Ctrl-C is for the command, which then stops the engine in good order.
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield _awaited(process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _awaited(process: subprocess.Popen[str]) -> Address:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        found = running(home())
        if found:
            return found
        if process.poll() is not None:
            told = process.stderr.read().strip() if process.stderr else ""
            raise HostError(told or f"the studio stopped while it started (exit code {process.returncode})")
        time.sleep(0.05)
    raise HostError(f"the studio did not start within {_START_SECONDS} seconds; see {home()}")


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on just now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()

"""The embedded host as a process of its own, so that tests can kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import boto3
import httpx
from botocore.config import Config

from infra.local.address import Address, running
from infra.local.templates import ROOT

UP_WITHIN = 600.0
"""Seconds; the first start on a fresh checkout also synthesizes the template."""


class HostProcess:
    """`settings` are environment variables of the host."""

    def __init__(self, directory: Path, **settings: str) -> None:
        self.directory = directory
        self._environment = {**os.environ, **settings}
        self._port, self._gateway_port = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.address: Address

    @property
    def api(self) -> str:
        return self.address.api

    @property
    def token(self) -> str:
        return self.address.token

    def spawn(self) -> subprocess.Popen[bytes]:
        """Starts it without waiting for it."""
        command = [sys.executable, "-m", "infra.local.up", *self._options()]
        with (self.directory / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=output, stderr=output
            )
        return self._process

    def start(self) -> "HostProcess":
        """Answers when it is up; raises AssertionError with its output if it does not come up."""
        process = self.spawn()
        deadline = time.monotonic() + UP_WITHIN
        while not (found := running(self.directory)) or found.pid != process.pid:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise AssertionError((self.directory / "output.log").read_text())
            time.sleep(0.02)
        self.address = found
        return self

    def kill(self) -> None:
        """`kill -9`: nothing is saved, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def restart(self) -> "HostProcess":
        """Kills it and starts it again on the same state."""
        self.kill()
        return self.start()

    def aws(self, service: str, retries: int = 3) -> Any:
        """A boto3 client of the engine."""
        return boto3.client(
            service,
            config=Config(retries={"total_max_attempts": retries + 1}),
            endpoint_url=self.address.gateway,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def call(self, method: str, path: str, token: str | None = None, **more: Any) -> httpx.Response:
        """`path` below `/v1`; with the local user's token unless another (or "", none) is given."""
        bearer = self.token if token is None else token
        headers = {**({"authorization": f"Bearer {bearer}"} if bearer else {}), **more.pop("headers", {})}
        return httpx.request(method, self.api + path, headers=headers, timeout=300, trust_env=False, **more)

    def workers(self) -> list[int]:
        """Process ids of the functions that run for this host."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and self._is_worker(entry)
        ]

    def _is_worker(self, entry: Path) -> bool:
        try:
            command, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
        except OSError:  # it ended meanwhile
            return False
        return b"infra.local.worker" in command and f"STATE_DIR={self.directory}/".encode() in environment

    def _options(self) -> list[str]:
        ports = ["--port", str(self._port), "--gateway-port", str(self._gateway_port)]
        return ["--directory", str(self.directory), *ports]

    def _end(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, number)
            self._process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

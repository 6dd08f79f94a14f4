"""Starts and stops the embedded engine: ministack, in this process, in a thread of its own, on loopback.

There is one per process, because ministack reads its environment when it is imported and keeps its state in its
modules. The process's environment becomes the engine's: whatever it runs talks to this engine, never to AWS.
"""

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.errors import HostError
from infra.local.settings import Environment, public_name, whole_number

ADDRESS = "127.0.0.1"
REGION = "us-east-1"
STARTED_WITHIN = 30.0
STOPPED_WITHIN = 15.0
LOG_BYTES = 20 * 1024 * 1024
"""A log longer than that is begun anew at the next start."""
IDLE_WORKER_SECONDS = 60
"""A burst's surplus processes live that long; one of each function stays."""


def calls_at_once(environment: Environment) -> int:
    """How many calls of one function run at the same time: enough to keep the cores busy while some wait for a
    provider, few enough to share them. `RUSHES_AT_ONCE` overrides. Raises HostError when that is no number."""
    usual = 2 * (os.cpu_count() or 1) + 2
    return whole_number(environment, "RUSHES_AT_ONCE", usual, least=1, most=1000)


@dataclass
class Engine:
    """`directory` holds its state; the API is served on `port`, the AWS gateway on `gateway_port`. `at_once` calls of
    one function run at the same time."""

    directory: Path
    port: int
    gateway_port: int
    at_once: int
    _thread: threading.Thread | None = field(default=None, init=False)
    _failure: Exception | None = field(default=None, init=False)

    @property
    def endpoint(self) -> str:
        return f"http://{ADDRESS}:{self.gateway_port}"

    def start(self) -> None:
        """Raises HostError if a port is taken or the engine does not come up."""
        for port in (self.port, self.gateway_port):
            _require_free(port)
        self._prepare_environment()
        # Imported here: the engine reads its environment when it is imported.
        from infra.local.durable import DurableEngine
        from infra.local.front import Front

        self._durable = DurableEngine(self.directory / "state", self.at_once)
        self._front = Front(self._durable, self.port, public_name(os.environ))
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="engine")
        self._thread.start()
        if not self._started.wait(STARTED_WITHIN) or self._failure:
            raise HostError(
                f"The engine did not start: {self._failure}. See {self.directory / 'engine.log'}."
            )

    def serve_api(self, api_id: str) -> None:
        self._front.api_id = api_id

    def save(self) -> None:
        """Takes a snapshot; returns when it is on disk."""
        self._on_loop(self._durable.save)

    def tell_of_lost_executions(self) -> int:
        """Sends AWS's "FAILED" event for each execution that the last stop ended; answers how many."""
        from infra.local.durable import lost_executions, tell_of

        lost = lost_executions()
        for execution in lost:
            tell_of(execution)
        return len(lost)

    def stop(self) -> None:
        """Saves everything and waits until the threads and the functions' processes are gone."""
        from ministack.core import lambda_runtime

        from infra.local.durable import abandon_executions

        if not self._thread or not self._thread.is_alive():
            return
        self._on_loop(abandon_executions)
        lambda_runtime.reset()
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(STOPPED_WITHIN)
        lambda_runtime.reset()

    def _prepare_environment(self) -> None:
        state = self.directory / "state"
        os.environ.update(
            GATEWAY_PORT=str(self.gateway_port),
            BIND_HOST=ADDRESS,
            MINISTACK_REGION=REGION,
            PERSIST_STATE="1",
            STATE_DIR=str(state),
            S3_PERSIST="1",
            S3_DATA_DIR=str(state / "s3"),
            IOT_MTLS_ENABLED="0",
            SFTP_ENABLED="0",
            LAMBDA_WARM_TTL_SECONDS=str(IDLE_WORKER_SECONDS),
            # It would sweep the user's Docker for containers of its own, of which we start none.
            DOCKER_HOST=f"unix://{self.directory}/no-docker.sock",
            AWS_ENDPOINT_URL=self.endpoint,
            AWS_DEFAULT_REGION=REGION,
            AWS_REGION=REGION,
            AWS_ACCESS_KEY_ID="test",
            AWS_SECRET_ACCESS_KEY="test",
            AWS_CONFIG_FILE=os.devnull,
            AWS_SHARED_CREDENTIALS_FILE=os.devnull,
            AWS_EC2_METADATA_DISABLED="true",
            NO_PROXY=f"{ADDRESS},localhost",
            no_proxy=f"{ADDRESS},localhost",
            LOG_LEVEL="WARNING",
            RUSHES_FUNCTIONS_LOG=str(_emptied_if_long(self.directory / "functions.log")),
        )
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            os.environ.pop(name, None)
        _log_to(self.directory / "engine.log")

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as failure:
            self._failure = failure
            logging.getLogger("ministack").exception("the engine ended")
        finally:
            self._started.set()

    async def _serve(self) -> None:
        from hypercorn.asyncio import serve
        from hypercorn.config import Config

        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        config = Config()
        config.bind = [f"{ADDRESS}:{self.port}", f"{ADDRESS}:{self.gateway_port}"]
        config.errorlog = logging.getLogger("hypercorn.error")
        config.loglevel = "ERROR"
        config.graceful_timeout = 1.0
        config.keep_alive_timeout = 120.0
        config.keep_alive_max_requests = 1_000_000
        serving = asyncio.create_task(
            serve(self._front, config, shutdown_trigger=self._stopping.wait)  # type: ignore[arg-type]
        )
        while not serving.done() and not _answers(self.gateway_port):
            await asyncio.sleep(0.01)
        if not serving.done():
            self._started.set()
        await serving

    def _on_loop(self, call: Callable[[], None]) -> None:
        async def run() -> None:
            call()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(STARTED_WITHIN)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise HostError(
                f"Port {port} is taken ({error.strerror}). Stop what uses it, or choose another with --port."
            ) from error


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.1)
        return probe.connect_ex((ADDRESS, port)) == 0


def _emptied_if_long(log: Path) -> Path:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.unlink()
    return log


def _log_to(path: Path) -> None:
    """The engine logs to the root logger; given a handler, it does not take stderr for it."""
    handler = logging.FileHandler(_emptied_if_long(path))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)

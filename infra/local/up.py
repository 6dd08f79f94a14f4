"""`rushes up`: the embedded host, from nothing to an address with a token, and back.

    with up(Path(".rushes")) as host:
        print(host.address.api)

Run as a module, it stays up until it is told to stop:
    python -m infra.local.up --directory .rushes --port 8700
"""

import argparse
import os
import re
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local import settings
from infra.local.address import Address, only_one, publish, withdraw
from infra.local.engine import ADDRESS, Engine, calls_at_once
from infra.local.errors import HostError
from infra.local.templates import ROOT

if TYPE_CHECKING:
    from infra.local.relay import Relay

DIRECTORY = ROOT / ".rushes"
DEFAULT_PORT = 8700
RENEWED_AT = 0.5
"""Share of a token's life after which it is renewed."""


@dataclass
class Host:
    address: Address
    lost_executions: int
    """How many executions the last stop interrupted; their productions have been told and go on by themselves."""


@contextmanager
def up(
    directory: Path = DIRECTORY,
    port: int | None = None,
    gateway_port: int | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Iterator[Host]:
    """Runs the host while the block runs. `directory` holds its state, its logs and `local.json`.

    `port` serves the API (default `RUSHES_PORT` or 8700), `gateway_port` AWS itself (default: the next one). `say`
    hears, in a few words, what is being done. Raises HostError: already running, port taken, no node, stack failed, a
    setting that is none.
    """
    directory = directory.resolve()
    port = port or settings.whole_number(os.environ, "RUSHES_PORT", DEFAULT_PORT, least=1, most=65534)
    engine = Engine(directory, port, gateway_port or port + 1, calls_at_once(os.environ))
    with only_one(directory):
        withdraw(directory)
        settings.complete(os.environ, port)
        say("starting the engine")
        engine.start()
        leaving = threading.Event()
        try:
            yield _brought_up(engine, leaving, say)
        finally:
            leaving.set()
            withdraw(directory)
            engine.stop()


def _brought_up(engine: Engine, leaving: threading.Event, say: Callable[[str], None]) -> Host:
    # boto3 is imported only now: it must read the environment that the engine has set.
    from infra.local.deploy import deploy
    from infra.local.identity import USERNAME, LocalUser

    say("deploying the template")
    outputs = deploy()
    user = LocalUser(engine.directory, outputs["UserPoolId"], outputs["UserPoolClientId"])
    token = user.token()
    engine.save()
    engine.serve_api(outputs["ApiId"])
    address = Address(
        api=f"http://{ADDRESS}:{engine.port}/v1",
        token=token.value,
        state_machines=_state_machines(outputs),
        pid=os.getpid(),
        user=USERNAME,
        gateway=engine.endpoint,
        table=outputs["TableName"],
        bucket=outputs["BucketName"],
    )
    relay = _relay(address, outputs)
    publish(engine.directory, address)
    relay.start(leaving)

    def renew() -> None:
        expires = token.expires
        while not leaving.wait(max(1.0, (expires - time.time()) * RENEWED_AT)):
            fresh = user.token()
            expires = fresh.expires
            publish(engine.directory, replace(address, token=fresh.value))

    threading.Thread(target=renew, daemon=True, name="token-renewal").start()
    threading.Thread(target=_warm, args=(address.api,), daemon=True, name="warm-up").start()
    return Host(address, lost_executions=engine.tell_of_lost_executions())


def _relay(address: Address, outputs: dict[str, str]) -> "Relay":
    import boto3

    from infra.local.relay import Relay, poster
    from rushes.aws.settings import Settings
    from rushes.services import Services

    known = Settings(
        table=address.table,
        bucket=address.bucket,
        state_machines=address.state_machines,
        catalog=os.environ.get("RUSHES_CATALOG"),
        secret=outputs["ProviderKeysName"],
        public_url=os.environ[settings.PUBLIC_URL] or None,
    )
    pace = settings.number(os.environ, "RUSHES_RELAY_PACE", 1, least=0.01, most=100)
    return Relay(Services(known, cache(boto3.client)), poster(address.api.removesuffix("/v1")), pace)


def _warm(api: str) -> None:
    """The API's first answer waits for a process to start and import; let that be nobody's request."""
    try:
        urllib.request.urlopen(f"{api}/health", timeout=30).close()
    except OSError:
        return  # whoever calls next will see for themselves


def _state_machines(outputs: dict[str, str]) -> dict[str, str]:
    """Pipeline → ARN: the outputs `StateMachineAdArn` …"""
    found = {name: re.fullmatch(r"StateMachine(\w+)Arn", name) for name in outputs}
    return {match[1].lower(): outputs[name] for name, match in found.items() if match}


def wait_until_told_to_stop() -> None:
    """Returns after Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.local.up", description=__doc__)
    parser.add_argument("--directory", type=Path, default=DIRECTORY)
    parser.add_argument("--port", type=int)
    parser.add_argument("--gateway-port", type=int)
    options = parser.parse_args(arguments)
    try:
        with up(options.directory, options.port, options.gateway_port) as host:
            print(f"{host.address.api} (gateway {host.address.gateway})", flush=True)
            wait_until_told_to_stop()
    except HostError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

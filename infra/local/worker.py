"""What the engine starts for each Lambda process: AWS's own runtime client, run in place in this checkout.

Three things are added to `python -m awslambdaric`:
- The process ends when the engine does, however the engine died. It watches its parent's id, once a second:
  Linux's parent-death signal would not do, for it follows the parent's *thread*, and the engine starts its workers
  from threads that end long before the worker should.
- What functions log goes to one file people can follow (`tail -f .rushes/functions.log`); the engine would keep
  it in its memory. It gets an empty line for each call instead: without one it waits 50 ms for a first line.
- Functions with the memory of heavy work are `nice`: the API answers while films are made on all cores.
"""

import os
import sys
import threading
import time
from typing import Any

HEAVY_MEMORY_MIB = 1769
"""From here on AWS gives a function a whole core (Lambda developer guide, "Configuring memory")."""


def end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def log_to(path: str) -> int:
    """Sends stdout and stderr to the file; answers a descriptor of what stdout was."""
    engine = os.dup(1)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(file, stream)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    return engine


def serve(engine: int) -> None:
    from awslambdaric import bootstrap
    from awslambdaric.lambda_runtime_client import LambdaRuntimeClient

    class Client(LambdaRuntimeClient):
        def wait_next_invocation(self) -> Any:
            os.write(engine, b"\n")
            return super().wait_next_invocation()

    bootstrap.run(os.environ["_HANDLER"], Client(os.environ["AWS_LAMBDA_RUNTIME_API"]))


def main() -> None:
    engine = log_to(os.environ["RUSHES_FUNCTIONS_LOG"])
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    if int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) >= HEAVY_MEMORY_MIB:
        os.nice(5)
    serve(engine)


if __name__ == "__main__":
    main()

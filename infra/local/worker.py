"""What the engine starts for each Lambda process: AWS's own runtime client, run in place in this checkout.

Three things are added to `python -m awslambdaric`:
- The process ends when the engine does, however the engine died. It watches its parent's id, once a second:
  Linux's parent-death signal would not do, for it follows the parent's *thread*, and the engine starts its workers
  from threads that end long before the worker should.
- What functions log goes to one file people can follow (`tail -f .rushes/functions.log`); the engine would keep
  it in its memory.
- Functions with the memory of heavy work are `nice`: the API answers while films are made on all cores.
"""

import os
import sys
import threading
import time

HEAVY_MEMORY_MIB = 1769
"""From here on AWS gives a function a whole core (Lambda developer guide, "Configuring memory")."""


def end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def log_to(path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(file, stream)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def main() -> None:
    log_to(os.environ["RUSHES_FUNCTIONS_LOG"])
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    if int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) >= HEAVY_MEMORY_MIB:
        os.nice(5)
    from awslambdaric.__main__ import main as serve

    serve([sys.argv[0], os.environ["_HANDLER"]])


if __name__ == "__main__":
    main()

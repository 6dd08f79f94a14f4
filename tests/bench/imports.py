"""Cold import of each function: what a new Lambda process spends before its first line of work."""

import subprocess
import sys

HANDLERS = [
    "functions.ad.handlers.plan",
    "functions.ad.handlers.storyboard",
    "functions.ad.handlers.chunks",
    "functions.ad.handlers.refine",
    "functions.highlights.handlers.listen",
    "functions.highlights.handlers.analyze",
    "functions.highlights.handlers.select",
    "functions.highlights.handlers.compile",
    "functions.uploads.on_object_created",
    "functions.render.start",
    "functions.review.open",
    "functions.review.stopped",
    "functions.api.main",
]
_PROBE = "import time; t = time.perf_counter(); import {}; print((time.perf_counter() - t) * 1000)"


def cold_imports(tries: int = 5) -> dict[str, float]:
    """Handler → milliseconds, the best of some tries (the others measure the machine's other work)."""
    return {handler: min(_import(handler) for _ in range(tries)) for handler in HANDLERS}


def _import(handler: str) -> float:
    command = [sys.executable, "-c", _PROBE.format(handler)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

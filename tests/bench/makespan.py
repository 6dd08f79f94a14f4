"""Makespan ÷ critical path: a 30-second ad on the embedded engine, with artists that take a real one's time, scaled.

The artists sleep for their catalog's `seconds` (plan 7, image 8, chunk 45, music 60) times PACE. The critical path is
what the slowest chain of them takes; one after the other is the sum of all.
"""

import tempfile
from pathlib import Path
from typing import Any

from rushes.providers.catalog import catalog
from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio

PACE = 0.5
CATALOG = Path(__file__).parents[1] / "fakes" / "quick.yaml"


def makespan() -> dict[str, float]:
    """Seconds: `makespan`, `critical_path`, `one_after_the_other`; and the two ratios."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"RUSHES_CATALOG": str(CATALOG), "QUICK_PACE": str(PACE), "RUSHES_AT_ONCE": "32"}
        host = HostProcess(Path(folder), **settings).start()
        try:
            studio = Studio(host)
            _warm(studio)
            production_id = studio.begin(
                "Sneakers against the clock, energetic", duration=30, auto_continue=True
            )
            studio.until(production_id, "completed")
            return _figures(studio, production_id)
        finally:
            host.stop()


def _warm(studio: Studio) -> None:
    """Starts the functions' processes, so that the figure is the workflow's and not Python's."""
    warm = studio.begin("Sneakers before the clock, energetic", duration=30, auto_continue=True, seed=1)
    studio.until(warm, "completed")


def _figures(studio: Studio, production_id: str) -> dict[str, float]:
    names = [item["name"] for item in studio.show(production_id)["artifacts"]]
    seconds = {model.role: model.seconds * PACE for model in catalog(str(CATALOG)).all()}
    images = sum(name.startswith("beat_") for name in names)
    chunks = [name for name in names if name.startswith("chunk_")]
    longest = max((chunk.count("_") for chunk in chunks), default=1)  # chunk_01_2 is the second of its chain
    critical = seconds["text"] + seconds["image"] + max(longest * seconds["video"], seconds["music"])
    total = seconds["text"] + images * seconds["image"] + len(chunks) * seconds["video"] + seconds["music"]
    took = _elapsed(studio, production_id)
    return {
        "makespan": took,
        "critical_path": critical,
        "one_after_the_other": total,
        "makespan ÷ critical path": took / critical,
        "times faster than one after the other": total / took,
    }


def _elapsed(studio: Studio, production_id: str) -> float:
    """From the request to the end, by the events' own clock."""
    from datetime import datetime

    events: list[dict[str, Any]] = studio.told(production_id)
    first, last = (datetime.fromisoformat(event["at"]) for event in (events[0], events[-1]))
    return (last - first).total_seconds()

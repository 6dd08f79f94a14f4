"""Makespan ÷ critical path: a 30-second ad on the embedded engine, by doubles on the wire that take their time.

The doubles take 7 s for the plan, 8 for an image, 45 for a chunk and 60 for the music, times PACE. The critical path is
what the slowest chain of them takes, and then our own stitching and mastering, as the catalog has them; one after the
other is the sum of all.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rushes.providers.catalog import Catalog, entries
from tests.doubles import files
from tests.doubles.openai import KEY, OpenAIDouble
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble
from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio

PACE = 0.5
PLAN, TAKES = 7, {"image": 8, "video": 45, "audio": 60}
"""Seconds, as DESIGN's users have measured them at the real providers."""


def makespan() -> dict[str, float]:
    """Seconds: `makespan`, `critical path`, `one after the other`; and the two ratios."""
    with doubles() as (openai, replicate, settings), tempfile.TemporaryDirectory() as folder:
        host = HostProcess(Path(folder), RUSHES_AT_ONCE="32", **settings).start()
        try:
            studio = Studio(host)
            _run(
                studio, seed=1
            )  # starts the functions' processes: the figure is the workflow's, not Python's
            _pace(openai, replicate, PACE)
            return _figures(studio, _run(studio, seed=2))
        finally:
            host.stop()


@contextmanager
def doubles() -> Iterator[tuple[OpenAIDouble, ReplicateDouble, dict[str, str]]]:
    """Both providers, with clips of the film's own size, made before anybody asks for them; and our settings."""
    files.SIZES["16:9"] = (1280, 720)
    files.film("16:9", 6)
    with OpenAIDouble() as openai, ReplicateDouble() as replicate:
        yield (
            openai,
            replicate,
            {
                "OPENAI_API_KEY": KEY,
                "OPENAI_BASE_URL": openai.url,
                "REPLICATE_API_TOKEN": TOKEN,
                "REPLICATE_BASE_URL": replicate.url,
                "REPLICATE_WEBHOOK_SECRET": SECRET,
            },
        )


def _pace(openai: OpenAIDouble, replicate: ReplicateDouble, pace: float) -> None:
    """The double's pace is in shares of the catalog's seconds."""
    catalog = Catalog(entries(), lambda name: "a key")
    models = catalog.settle({})
    known = {media: catalog.get(models[role]).seconds for role, media in _ROLES.items()}
    openai.faults.answers_after = PLAN * pace
    replicate.faults.pace = {media: pace * TAKES[media] / known[media] for media in TAKES}


_ROLES = {"image": "image", "video": "video", "music": "audio"}


def _run(studio: Studio, seed: int) -> str:
    prompt = f"Sneakers against the clock, energetic, take {seed}"
    production_id = studio.begin(prompt, duration=30, auto_continue=True, seed=seed)
    studio.until(production_id, "completed")
    return production_id


def _figures(studio: Studio, production_id: str) -> dict[str, float]:
    names = [item["name"] for item in studio.show(production_id)["artifacts"]]
    catalog = Catalog(entries(), lambda name: None)
    own = sum(catalog.get(model).seconds for model in ("stitch", "master", "poster"))
    images = sum(name.startswith("beat_") for name in names)
    chunks = [name for name in names if name.startswith("chunk_")]
    longest = max((chunk.count("_") for chunk in chunks), default=1)  # chunk_01_2 is the second of its chain
    plan, image, video, music = (PACE * each for each in (PLAN, *TAKES.values()))
    critical = plan + image + max(longest * video, music) + own
    total = plan + images * image + len(chunks) * video + music + own
    took = _elapsed(studio, production_id)
    return {
        "makespan": took,
        "critical path": critical,
        "one after the other": total,
        "makespan ÷ critical path": took / critical,
        "times faster than one after the other": total / took,
    }


def _elapsed(studio: Studio, production_id: str) -> float:
    """From the request to the end, by the events' own clock."""
    events: list[dict[str, Any]] = studio.told(production_id)
    first, last = (datetime.fromisoformat(event["at"]) for event in (events[0], events[-1]))
    return (last - first).total_seconds()

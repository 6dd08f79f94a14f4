"""The pipelines the API can start. A new pipeline is an entry here, its phases below, and its request."""

from functions.ad.request import AdRequest
from rushes.phase import Phase

PHASES = {"ad": ("plan", "storyboard", "chunks", "refine")}
"""Kind → the names of its phases."""

NewProduction = AdRequest
"""The body of `POST /v1/productions`, by its `kind`."""


def phases_of(kind: str) -> tuple[Phase, ...]:
    """The phases themselves: only an estimate needs them here, so they are imported only then."""
    from functions.ad.chunks import CHUNKS
    from functions.ad.plan import PLAN
    from functions.ad.refine import REFINE
    from functions.ad.storyboard import STORYBOARD

    return {"ad": (PLAN, STORYBOARD, CHUNKS, REFINE)}[kind]

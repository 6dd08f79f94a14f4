"""The pipelines the API can start. A new pipeline is an entry here, its phases and rules below, and its request."""

from collections.abc import Callable
from typing import Any

from functions.ad.request import AdRequest
from rushes.errors import NotFound
from rushes.phase import Phase
from rushes.productions.timeline import Timeline

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


def amending(kind: str, document: str) -> Callable[[Any, dict[str, Any]], Any]:
    """How people's changes become a document of the pipeline: its content and the changes → its new content."""
    from functions.ad.amending import amended
    from functions.ad.spec import Spec

    def spec(content: Any, changes: dict[str, Any]) -> Any:
        return amended(Spec.model_validate(content), changes).model_dump(mode="json")

    found = {("ad", "spec"): spec}.get((kind, document))
    if found is None:
        raise NotFound(f"a production of kind {kind} has no {document} to edit", document=document)
    return found


def timeline_of(kind: str) -> Callable[..., Timeline]:
    """Request, documents and artifacts → the film as an editing program wants it."""
    from functions.ad.timeline import timeline

    return {"ad": timeline}[kind]

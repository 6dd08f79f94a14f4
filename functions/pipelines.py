"""The pipelines there are. A new one is a folder beside this file, and an entry in each of these."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from functions.ad import request as ad
from functions.ad.request import AdRequest
from functions.highlights import request as highlights
from functions.highlights.request import HighlightsOutlook, HighlightsRequest
from rushes.errors import NotFound
from rushes.phase import Brief, Phase
from rushes.productions.commission import Commission
from rushes.productions.timeline import Timeline

if TYPE_CHECKING:  # only an adoption needs it
    from rushes.studio.adopting import Choice

PHASES = {"ad": ad.PHASES, "highlights": highlights.PHASES}
"""Kind → the names of its phases."""

NewProduction = Annotated[AdRequest | HighlightsRequest, Field(discriminator="kind")]
"""The body of `POST /v1/productions`, by its `kind`."""

Outlook = Annotated[AdRequest | HighlightsOutlook, Field(discriminator="kind")]
"""What an estimate is asked of."""


def commissioned(request: Mapping[str, Any]) -> Commission:
    """What a production is begun with, from its request."""
    return {"ad": ad.commission, "highlights": highlights.commission}[request["kind"]](request)


def phases_of(kind: str) -> tuple[Phase, ...]:
    """The phases themselves: only an estimate or an edit needs them here, so they are imported only then."""
    match kind:
        case "ad":
            from functions.ad.chunks import CHUNKS
            from functions.ad.plan import PLAN
            from functions.ad.refine import REFINE
            from functions.ad.storyboard import STORYBOARD

            return (PLAN, STORYBOARD, CHUNKS, REFINE)
        case "highlights":
            from functions.highlights.analyze import ANALYZE
            from functions.highlights.compile import COMPILE
            from functions.highlights.listen import LISTEN
            from functions.highlights.select import SELECT

            return (LISTEN, ANALYZE, SELECT, COMPILE)
    raise NotFound(f"there is no pipeline {kind!r}", kind=kind)


Amend = Callable[[Any, dict[str, Any], Brief], Any]
"""A document's content, the changes, and what its phase looks at → its new content."""


def amending(kind: str, document: str) -> Amend:
    """How people's changes become a document of the pipeline. Raises `NotFound` for what cannot be edited so."""

    def spec(content: Any, changes: dict[str, Any], _brief: Brief) -> Any:
        from functions.ad.amending import amended
        from functions.ad.spec import Spec

        return amended(Spec.model_validate(content), changes).model_dump(mode="json")

    def chosen(content: Any, changes: dict[str, Any], brief: Brief) -> Any:
        from functions.highlights.choice.amending import amended, context

        return amended(content, changes, context(brief.documents))

    def heard(content: Any, changes: dict[str, Any], _brief: Brief) -> Any:
        from functions.highlights.speech.correcting import corrected

        return corrected(content, changes)

    known: dict[tuple[str, str], Amend] = {
        ("ad", "spec"): spec,
        ("highlights", "transcript"): heard,
        ("highlights", "highlights"): chosen,
    }
    found = known.get((kind, document))
    if found is None:
        raise NotFound(f"a production of kind {kind} has no {document} to edit", document=document)
    return found


def choice_of(kind: str) -> "Choice | None":
    """What says which parts are made, where that is chosen in a phase of its own."""
    if kind != "highlights":
        return None
    from functions.highlights.choice.adopting import covers, taken
    from rushes.studio.adopting import Choice

    return Choice("highlights", covers, taken)


def timeline_of(kind: str) -> Callable[..., Timeline]:
    """Request, documents and artifacts → the film as an editing program wants it."""
    match kind:
        case "ad":
            from functions.ad.timeline import timeline
        case _:
            from functions.highlights.timeline import timeline
    return timeline

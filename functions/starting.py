"""How a production is begun over HTTP: with what it is given, where its pipeline begins with a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from functions.highlights.request import LECTURE
from functions.pipelines import commissioned
from rushes.ids import new_id
from rushes.productions.artifact import Artifact, key_of
from rushes.productions.commission import Commission
from rushes.services import Services
from rushes.studio.giving import Given, bring, copy_of, drafted_given, imagined


def started_from(
    services: Services, owner: str, request: Mapping[str, Any]
) -> tuple[Commission, Callable[[], Given] | None]:
    """What it is begun with; and what brings its file. Raises `NotFound`."""
    commission = commissioned(request)
    if commission.kind != "highlights":
        return commission, None
    home = services.productions.load(owner, request["lecture_of"])
    lecture = services.productions.artifact(home, LECTURE, 1)
    title = request.get("title") or home.title

    def give() -> Given:
        draft = drafted_given(services, LECTURE, *copy_of(lecture, home))
        return bring(services, owner, new_id("prod"), draft, key_of(owner, home.id, lecture.file))

    return replace(commission, title=title), give


def looked_for(
    services: Services, owner: str, request: Mapping[str, Any]
) -> tuple[Commission, tuple[Artifact, ...]]:
    """The same for an estimate, where nothing is brought. Raises `NotFound`."""
    commission = commissioned(request)
    if commission.kind != "highlights":
        return commission, ()
    if request["lecture_of"] is None:
        return commission, (imagined(services, LECTURE, request["seconds"]),)
    home = services.productions.load(owner, request["lecture_of"])
    return commission, (services.productions.artifact(home, LECTURE, 1),)

"""Checkpoints and artifacts: what each phase left, and what people have made of it."""

from fastapi import APIRouter, Request, Response

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.parameters import (
    ArtifactName,
    CheckpointId,
    OfCheckpoint,
    ProductionId,
    RevisionNumber,
    Version,
)
from functions.api.timelines import TimelineView, timeline_view
from functions.api.trees import (
    CheckpointDetail,
    CheckpointView,
    ComparisonView,
    LaterView,
    TreeNode,
    checkpoint_facts,
    comparison_view,
    later_view,
    revision_view,
    tree,
)
from functions.api.views import ArtifactView, artifact_view
from functions.pipelines import phases_of, timeline_of
from rushes.errors import NotFound
from rushes.services import services

router = APIRouter(prefix="/v1/productions/{production_id}", tags=["checkpoints"])


@router.get("/checkpoints", responses=answers(404, 422))
def list_checkpoints(
    request: Request, owner: Owner, production_id: ProductionId
) -> Envelope[list[CheckpointView]]:
    """Every checkpoint of every branch, oldest first."""
    found = services().productions.tree(owner, production_id)
    return Envelope(data=[CheckpointView(**checkpoint_facts(*each)) for each in found], meta=meta(request))


@router.get("/checkpoints/tree", responses=answers(404, 422))
def show_tree(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[list[TreeNode]]:
    """The checkpoints, nested."""
    return Envelope(data=tree(services().productions.tree(owner, production_id)), meta=meta(request))


@router.get("/checkpoints/{checkpoint_id}", responses=answers(404, 422))
def show_checkpoint(
    request: Request,
    response: Response,
    owner: Owner,
    production_id: ProductionId,
    checkpoint_id: CheckpointId,
) -> Envelope[CheckpointDetail]:
    """One checkpoint with the artifacts of its selection and all its revisions. Its ETag is for If-Match."""
    productions = services().productions
    production = productions.load(owner, production_id)
    checkpoint = productions.checkpoint(production, checkpoint_id)
    versions = {(a.name, a.version): a for a in productions.artifacts(production)}
    chosen = [versions[name, selected.version] for name, selected in checkpoint.selection.items()]
    data = CheckpointDetail(
        **checkpoint_facts(checkpoint, productions.spent_on(production, checkpoint.id)),
        artifacts=[artifact_view(services(), production, artifact) for artifact in chosen],
        revisions=[revision_view(each) for each in productions.revisions(production, checkpoint_id)],
    )
    response.headers["ETag"] = f'"{checkpoint.changes}"'
    return Envelope(data=data, meta=meta(request))


@router.get("/compare", responses=answers(404, 422))
def compare(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    left: OfCheckpoint,
    right: OfCheckpoint,
    left_revision: RevisionNumber = None,
    right_revision: RevisionNumber = None,
) -> Envelope[ComparisonView]:
    """Two checkpoints, of any branches: what is the same, what differs, in which recipes, and what it has cost."""
    from rushes.studio.comparing import compare

    production = services().productions.load(owner, production_id)
    found = compare(services(), production, (left, left_revision), (right, right_revision))
    return Envelope(data=comparison_view(services(), production, found), meta=meta(request))


@router.get("/checkpoints/{checkpoint_id}/outlook", responses=answers(404, 422))
def show_outlook(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    checkpoint_id: CheckpointId,
    revision: RevisionNumber = None,
) -> Envelope[LaterView]:
    """What `continue` from here to the end would make, and cost. What is there already costs nothing."""
    from rushes.studio.edits import outlook

    phases = phases_of(services().productions.load(owner, production_id).kind)
    found = outlook(services(), owner, production_id, checkpoint_id, phases, revision)
    return Envelope(data=later_view(found), meta=meta(request))


@router.get("/checkpoints/{checkpoint_id}/timeline", responses=answers(404, 409, 422))
def show_timeline(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    checkpoint_id: CheckpointId,
    revision: RevisionNumber = None,
) -> Envelope[TimelineView]:
    """The film as an editing program wants it: tracks of clips with links, everything in whole frames."""
    from rushes.studio.briefing import content_of, selected

    production = services().productions.load(owner, production_id)
    artifacts = selected(services(), production, checkpoint_id, revision)
    documents = {
        name: content_of(services(), production, artifact)
        for name, artifact in artifacts.items()
        if artifact.is_document
    }
    found = timeline_of(production.kind)(production.request, documents, artifacts)
    return Envelope(data=timeline_view(services(), production, found), meta=meta(request))


@router.get("/artifacts/{name}", tags=["artifacts"], responses=answers(404, 422))
def show_artifact(
    request: Request,
    owner: Owner,
    production_id: ProductionId,
    name: ArtifactName,
    version: Version = None,
) -> Envelope[ArtifactView]:
    """An artifact's facts, its recipe and a link to its file."""
    production = services().productions.load(owner, production_id)
    if version is None:
        ready = [a for a in services().productions.artifacts(production, name) if a.ready]
        if not ready:
            raise NotFound(f"there is no artifact {name!r} in this production yet", name=name)
        artifact = ready[-1]
    else:
        artifact = services().productions.artifact(production, name, version)
    recipe = services().productions.recipe(production, artifact.fingerprint)
    data = artifact_view(services(), production, artifact, recipe.model_dump(mode="json"))
    return Envelope(data=data, meta=meta(request))

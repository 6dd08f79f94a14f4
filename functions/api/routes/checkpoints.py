"""Checkpoints and artifacts: what each phase left."""

from fastapi import APIRouter, Request

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.parameters import ArtifactName, CheckpointId, ProductionId, Version
from functions.api.views import (
    ArtifactView,
    CheckpointDetail,
    CheckpointView,
    TreeNode,
    artifact_view,
    checkpoint_facts,
    tree,
)
from rushes.errors import NotFound
from rushes.services import services

router = APIRouter(prefix="/v1/productions/{production_id}", tags=["checkpoints"])


@router.get("/checkpoints", responses=answers(404, 422))
def list_checkpoints(
    request: Request, owner: Owner, production_id: ProductionId
) -> Envelope[list[CheckpointView]]:
    """Every checkpoint of every branch, oldest first."""
    production = services().productions.load(owner, production_id)
    found = services().productions.checkpoints(production)
    return Envelope(data=[CheckpointView(**checkpoint_facts(c)) for c in found], meta=meta(request))


@router.get("/checkpoints/tree", responses=answers(404, 422))
def show_tree(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[list[TreeNode]]:
    """The checkpoints, nested."""
    production = services().productions.load(owner, production_id)
    return Envelope(data=tree(services().productions.checkpoints(production)), meta=meta(request))


@router.get("/checkpoints/{checkpoint_id}", responses=answers(404, 422))
def show_checkpoint(
    request: Request, owner: Owner, production_id: ProductionId, checkpoint_id: CheckpointId
) -> Envelope[CheckpointDetail]:
    """One checkpoint with the artifacts of its selection."""
    production = services().productions.load(owner, production_id)
    checkpoint = services().productions.checkpoint(production, checkpoint_id)
    versions = {(a.name, a.version): a for a in services().productions.artifacts(production)}
    chosen = [versions[name, selected.version] for name, selected in checkpoint.selection.items()]
    data = CheckpointDetail(
        **checkpoint_facts(checkpoint),
        artifacts=[artifact_view(services(), production, artifact) for artifact in chosen],
    )
    return Envelope(data=data, meta=meta(request))


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

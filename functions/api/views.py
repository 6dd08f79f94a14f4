"""What the API shows of the domain. Links are presigned and expire after an hour."""

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, Field

from functions.api.money import dollars, reserved
from functions.api.results import Result, result_of
from rushes.productions.artifact import Artifact, file_name, key_of
from rushes.productions.checkpoint import Base
from rushes.productions.failure import Failure
from rushes.productions.ledger import usd
from rushes.productions.production import Production
from rushes.productions.progress import progress_facts
from rushes.productions.work import WorkItem
from rushes.providers.catalog import Catalog
from rushes.providers.models import Model
from rushes.records.productions import Status
from rushes.services import Services


class Summary(BaseModel):
    """A production in a list."""

    id: str = Field(examples=["prod_06edj3p5w3r8t0z6m8rkq2k9aa"])
    kind: str = Field(examples=["ad"])
    title: str
    status: str = Field(
        description="queued, running, paused, completed, failed or cancelled", examples=["paused"]
    )
    phase: str = Field(examples=["storyboard"])
    current_checkpoint: str | None = Field(
        description="The newest checkpoint: what `continue` wants while paused."
    )
    created_at: str


class BranchView(BaseModel):
    name: str
    status: str = Field(description="As a production's, or branched: another branch goes on in its place.")
    phase: str
    checkpoint_id: str | None
    base: Base | None = Field(description="The checkpoint, and its revision, that its phase works on.")
    error: Failure | None


class WorkView(BaseModel):
    """An artifact of the current branch: being made, or made."""

    name: str = Field(examples=["beat_00"])
    phase: str
    media: str
    state: str = Field(description="waiting, rendering, ready or failed")
    version: int | None
    reused: bool = Field(description="It was there already, and cost nothing.")
    url: str | None
    error: Failure | None
    estimate_usd: float = Field(description="What it was expected to cost when its phase began.")
    model: str | None = Field(description="Who made it, or is going to.")
    stand_in: bool = Field(description="Another model than the one that was asked for makes it.")


class ProductionView(Summary):
    progress: dict[str, Any] = Field(description="stage, percent, message, done, total, eta_seconds")
    branches: list[BranchView]
    active_branches: list[str] = Field(description="Those that are queued, running or paused.")
    artifacts: list[WorkView]
    cost_usd: float
    reserved_usd: float = Field(description="Held for what is being made; it cannot cost more.")
    estimated_usd: float
    budget_usd: float | None
    result: Result | None = Field(description="What came out, once it is completed.")
    error: Failure | None = Field(description="Why it failed, or, while it is paused, what it is held by.")
    models: dict[str, str] = Field(description="Role → model, settled when the production was created.")
    request: dict[str, Any]


class ArtifactView(BaseModel):
    id: str = Field(examples=["beat_00_v1"])
    name: str
    version: int
    media: str
    url: str
    bytes: int
    sha256: str
    facts: dict[str, Any] = Field(description="width, height, duration, frames, codecs …")
    provider: str
    model: str
    made_by: str
    cost_usd: float
    fingerprint: str
    parents: list[str]
    reused_from: dict[str, Any] | None
    edited_from: int | None = Field(
        description="Of a document in a person's words: the version they changed."
    )
    created_at: str
    recipe: dict[str, Any] | None = None


class ModelView(BaseModel):
    id: str = Field(examples=["hailuo"])
    title: str
    provider: str
    name: str = Field(description="What the provider calls it.")
    media: str
    role: str
    lengths: list[int] = Field(description="Seconds a video model can make in one go.")
    aspect_ratios: list[str]
    first_frame: bool
    last_frame: bool
    native_audio: bool
    seed: bool
    price: dict[str, Any]
    seconds: float = Field(description="Expected wall time of one render.")
    fallback: str | None = Field(description="The model that is tried when this one cannot be had.")
    available: bool = Field(description="Whether its provider has a key.")
    default: bool = Field(description="Whether it is chosen when no model is named.")


def summary(production: Production) -> dict[str, Any]:
    branch = production.current
    return {
        "id": production.id,
        "kind": production.kind,
        "title": production.title,
        "status": production.status,
        "phase": branch.phase,
        "current_checkpoint": branch.stands_at,
        "created_at": production.created_at,
    }


def production_view(services: Services, status: Status) -> ProductionView:
    production, branch = status.production, status.production.current
    work = {item.name: item for item in status.work if item.line == branch.name}
    urls = {name: _work_url(services, production, item) for name, item in work.items()}
    return ProductionView(
        **summary(production),
        progress=progress_facts(production, branch.name, work, services.now()),
        branches=[
            BranchView(
                name=line.name,
                status=line.status,
                phase=line.phase,
                checkpoint_id=line.checkpoint_id,
                base=line.base,
                error=line.failure,
            )
            for line in production.branches.values()
        ],
        active_branches=[line.name for line in production.branches.values() if line.live],
        artifacts=[
            WorkView(
                **item.model_dump(include={"name", "phase", "media", "state", "version", "reused"}),
                url=urls[item.name],
                error=item.failure,
                estimate_usd=usd(item.estimate_micro_usd),
                model=item.model,
                stand_in=item.stand_in is not None,
            )
            for item in work.values()
        ],
        cost_usd=usd(status.cost_micro_usd),
        reserved_usd=reserved(status),
        estimated_usd=usd(sum(item.estimate_micro_usd for item in status.work)),
        budget_usd=dollars(production.budget_micro_usd),
        result=result_of(services, production, work, urls) if production.status == "completed" else None,
        error=branch.failure,
        models=production.models,
        request=production.request,
    )


def artifact_view(
    services: Services, production: Production, artifact: Artifact, recipe: dict[str, Any] | None = None
) -> ArtifactView:
    return ArtifactView(
        id=f"{artifact.name}_v{artifact.version}",
        url=services.bucket.link(key_of(production.owner, production.id, artifact.file)),
        cost_usd=usd(artifact.cost_micro_usd),
        parents=list(artifact.parents),
        reused_from=artifact.origin.model_dump() if artifact.origin else None,
        recipe=recipe,
        **artifact.model_dump(
            include={
                "name", "version", "media", "bytes", "sha256", "facts", "provider", "model",
                "made_by", "fingerprint", "edited_from", "created_at",
            }
        ),
    )  # fmt: skip


def model_view(catalog: Catalog, model: Model, defaults: Collection[str]) -> ModelView:
    shown = set(ModelView.model_fields) - {"price", "available", "default"}
    return ModelView(
        price=model.price.model_dump(mode="json"),
        available=catalog.available(model),
        default=model.id in defaults,
        **model.model_dump(include=shown),
    )


def _work_url(services: Services, production: Production, item: WorkItem) -> str | None:
    if item.version is None or item.ext is None:
        return None
    file = file_name(item.name, item.version, item.ext)
    return services.bucket.link(key_of(production.owner, production.id, file))

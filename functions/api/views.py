"""What the API shows of the domain. Links are presigned and expire after an hour."""

from typing import Any

from pydantic import BaseModel, Field

from rushes.productions.artifact import Artifact, file_name, key_of
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.ledger import Entry, usd
from rushes.productions.production import Failure, Production
from rushes.productions.progress import progress_facts
from rushes.productions.work import WorkItem
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
    status: str
    phase: str
    checkpoint_id: str | None
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


class Result(BaseModel):
    """What came out: the finished film and its poster."""

    film_url: str
    poster_url: str


class ProductionView(Summary):
    progress: dict[str, Any] = Field(description="stage, percent, message, done, total, eta_seconds")
    branches: list[BranchView]
    artifacts: list[WorkView]
    cost_usd: float
    result: Result | None
    error: Failure | None
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
    created_at: str
    recipe: dict[str, Any] | None = None


class CheckpointView(BaseModel):
    id: str
    branch: str
    phase: str
    parent_id: str | None
    status: str = Field(description="open, waiting (for you) or approved")
    selection: dict[str, int] = Field(
        description="Artifact name → version.", examples=[{"spec": 1, "beat_00": 1}]
    )
    created_at: str


class CheckpointDetail(CheckpointView):
    artifacts: list[ArtifactView]


class TreeNode(CheckpointView):
    children: list["TreeNode"]


class EntryView(BaseModel):
    movement: str
    usd: float
    branch: str
    phase: str
    artifact: str
    version: int
    model: str
    at: str


class Costs(BaseModel):
    total_usd: float
    by_phase: dict[str, float]
    by_branch: dict[str, float]
    by_model: dict[str, float]
    entries: list[EntryView]


class ModelView(BaseModel):
    id: str
    title: str
    provider: str
    media: str
    role: str
    lengths: list[int]
    aspect_ratios: list[str]
    first_frame: bool
    native_audio: bool
    price: dict[str, Any]
    available: bool


def summary(production: Production) -> dict[str, Any]:
    branch = _shown(production)
    return {
        "id": production.id,
        "kind": production.kind,
        "title": production.title,
        "status": production.status,
        "phase": branch.phase,
        "current_checkpoint": branch.checkpoint_id,
        "created_at": production.created_at,
    }


def production_view(services: Services, status: Status) -> ProductionView:
    production, branch = status.production, _shown(status.production)
    work = {item.name: item for item in status.work if item.branch == branch.name}
    urls = {name: _work_url(services, production, item) for name, item in work.items()}
    done = production.status == "completed" and urls.get("final") and urls.get("poster")
    return ProductionView(
        **summary(production),
        progress=progress_facts(production, branch.name, work, services.now()),
        branches=[
            BranchView(
                name=line.name,
                status=line.status,
                phase=line.phase,
                checkpoint_id=line.checkpoint_id,
                error=line.failure,
            )
            for line in production.branches.values()
        ],
        artifacts=[
            WorkView(
                **item.model_dump(include={"name", "phase", "media", "state", "version", "reused"}),
                url=urls[item.name],
                error=item.failure,
            )
            for item in work.values()
        ],
        cost_usd=usd(status.cost_micro_usd),
        result=Result(film_url=str(urls["final"]), poster_url=str(urls["poster"])) if done else None,
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
                "made_by", "fingerprint", "created_at",
            }
        ),
    )  # fmt: skip


def checkpoint_facts(checkpoint: Checkpoint) -> dict[str, Any]:
    """Never with its token: that is between the table and the engine."""
    shown = checkpoint.model_dump(include={"id", "branch", "phase", "parent_id", "status", "created_at"})
    return shown | {"selection": {name: chosen.version for name, chosen in checkpoint.selection.items()}}


def tree(checkpoints: list[Checkpoint]) -> list[TreeNode]:
    """Nested by parent; oldest first among siblings."""
    nodes = {c.id: TreeNode(**checkpoint_facts(c), children=[]) for c in checkpoints}
    roots = []
    for node in nodes.values():
        siblings = nodes[node.parent_id].children if node.parent_id in nodes else roots
        siblings.append(node)
    return roots


def costs(entries: list[Entry]) -> Costs:
    spent = [entry for entry in entries if entry.movement == "spent"]

    def by(key: str) -> dict[str, float]:
        totals: dict[str, int] = {}
        for entry in spent:
            group = getattr(entry, key)
            totals[group] = totals.get(group, 0) + entry.micro_usd
        return {group: usd(total) for group, total in totals.items()}

    return Costs(
        total_usd=usd(sum(entry.micro_usd for entry in spent)),
        by_phase=by("phase"),
        by_branch=by("branch"),
        by_model=by("model"),
        entries=[
            EntryView(usd=usd(entry.micro_usd), **entry.model_dump(exclude={"micro_usd", "fingerprint"}))
            for entry in entries
        ],
    )


def model_view(model: Model) -> ModelView:
    """Every model of the catalog runs on our own CPU so far, so every one is available."""
    return ModelView(
        price=model.price.model_dump(mode="json"),
        available=True,
        **model.model_dump(
            include={
                "id", "title", "provider", "media", "role", "lengths", "aspect_ratios", "first_frame", "native_audio",
            }
        ),
    )  # fmt: skip


def _shown(production: Production) -> Any:
    """The branch a summary speaks of: the newest of those as lively as the production itself."""
    lively = [branch for branch in production.branches.values() if branch.status == production.status]
    return lively[-1]


def _work_url(services: Services, production: Production, item: WorkItem) -> str | None:
    if item.version is None or item.ext is None:
        return None
    file = file_name(item.name, item.version, item.ext)
    return services.bucket.link(key_of(production.owner, production.id, file))

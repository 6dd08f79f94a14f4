"""What the API shows of checkpoints: the tree, its revisions, edits and comparisons."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from functions.api.money import ItemEstimateView, item_view
from functions.api.views import ArtifactView, artifact_view
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.failure import Failure
from rushes.productions.ledger import usd
from rushes.productions.production import Production
from rushes.productions.revision import Revision
from rushes.services import Services

if TYPE_CHECKING:  # few calls need them
    from rushes.studio.comparing import Comparison, Side
    from rushes.studio.edits import Edited
    from rushes.studio.estimate import ProductionEstimate


class CheckpointView(BaseModel):
    id: str = Field(examples=["cp_0f1e2d3c4b5a69788796a5b4"])
    branch: str
    phase: str
    parent_id: str | None
    parent_revision: int | None = Field(description="The revision of its parent that it was continued from.")
    status: str = Field(description="open, waiting (for you), rejected (waiting for an edit) or approved")
    revision: int = Field(description="The newest that is ready; 1 is what the phase left.")
    version: int = Field(description="Its ETag: grows with every edit and every decision.")
    edited: bool = Field(description="Whether its selection is another than the phase left.")
    pending: list[int] = Field(description="Revisions that are being made.")
    comment: str | None = Field(description="What was said with the last decision.")
    selection: dict[str, int] = Field(
        description="Artifact name → version.", examples=[{"spec": 1, "beat_00": 1}]
    )
    cost_usd: float = Field(description="What making it, and its edits, has cost.")
    created_at: str


class TreeNode(CheckpointView):
    children: list["TreeNode"]


class RevisionView(BaseModel):
    revision: int
    status: str = Field(description="pending, ready or failed")
    based_on: int | None
    what: str = Field(examples=["beat_02 regenerated"])
    names: list[str]
    selection: dict[str, int] = Field(description="Empty until it is ready.")
    error: Failure | None
    created_at: str


class CheckpointDetail(CheckpointView):
    artifacts: list[ArtifactView]
    revisions: list[RevisionView]


class LaterView(BaseModel):
    """What going on from here to the end would make."""

    usd: float
    most_usd: float
    seconds: float
    exact: bool = Field(description="False where a text had to be imagined.")
    stale: list[str] = Field(description="What would be made.")


class EditView(BaseModel):
    """What an edit does, or would do."""

    checkpoint_id: str
    preview: bool
    revision: int | None = Field(description="The one that is being made; null in a preview.")
    status: Literal["preview", "pending", "ready"]
    version: int = Field(description="The checkpoint's, for the next If-Match.")
    what: str = Field(examples=["beat_02 regenerated"])
    names: list[str]
    stale: list[str] = Field(description="Names whose artifact changes at this checkpoint.")
    reused: list[str] = Field(description="Names of the checkpoint that stay as they are.")
    items: list[ItemEstimateView]
    usd: float
    most_usd: float = Field(description="What is reserved: it cannot cost more.")
    seconds: float = Field(description="Expected wall time.")
    later: LaterView


class SideView(BaseModel):
    checkpoint_id: str
    revision: int
    branch: str
    phase: str
    cost_usd: float = Field(description="What its artifacts have cost.")
    branch_cost_usd: float = Field(description="What its branch has cost, edits included.")


class DifferenceView(BaseModel):
    name: str
    media: str
    left: ArtifactView | None
    right: ArtifactView | None
    same_bytes: bool = Field(description="Made in another way, and come out the same.")
    recipe: dict[str, tuple[Any, Any]] = Field(
        description="Field → left and right.", examples=[{"prompt": ["a red car", "a blue car"]}]
    )


class ComparisonView(BaseModel):
    left: SideView
    right: SideView
    same: list[str] = Field(description="Names that were made alike.")
    different: list[DifferenceView]


def checkpoint_facts(checkpoint: Checkpoint, cost_micro_usd: int) -> dict[str, Any]:
    """Never with its token: that is between the table and the engine."""
    shown = checkpoint.model_dump(
        include={"id", "branch", "phase", "status", "revision", "edited", "comment", "created_at"}
    )
    base = checkpoint.base
    return shown | {
        "parent_id": base.checkpoint_id if base else None,
        "parent_revision": base.revision if base else None,
        "version": checkpoint.changes,
        "pending": list(checkpoint.pending),
        "selection": {name: chosen.version for name, chosen in checkpoint.selection.items()},
        "cost_usd": usd(cost_micro_usd),
    }


def tree(found: list[tuple[Checkpoint, int]]) -> list[TreeNode]:
    """Nested by parent; oldest first among siblings."""
    nodes = {c.id: TreeNode(**checkpoint_facts(c, cost), children=[]) for c, cost in found}
    roots = []
    for node in nodes.values():
        siblings = nodes[node.parent_id].children if node.parent_id in nodes else roots
        siblings.append(node)
    return roots


def revision_view(revision: Revision) -> RevisionView:
    return RevisionView(
        revision=revision.number,
        error=revision.failure,
        names=list(revision.names),
        selection={name: chosen.version for name, chosen in revision.selection.items()},
        **revision.model_dump(include={"status", "based_on", "what", "created_at"}),
    )


def edit_view(edited: "Edited") -> EditView:
    return EditView(
        checkpoint_id=edited.checkpoint.id,
        preview=edited.status == "preview",
        revision=edited.revision,
        status=edited.status,
        version=edited.checkpoint.changes,
        what=edited.what,
        names=list(edited.names),
        stale=list(edited.stale),
        reused=list(edited.reused),
        items=[item_view(item) for item in edited.items],
        usd=usd(edited.money.expected),
        most_usd=usd(edited.money.most),
        seconds=round(edited.seconds, 1),
        later=later_view(edited.later),
    )


def later_view(later: "ProductionEstimate") -> LaterView:
    return LaterView(
        usd=usd(later.money.expected),
        most_usd=usd(later.money.most),
        seconds=round(later.seconds, 1),
        exact=later.exact,
        stale=[item.name for phase in later.phases for item in phase.items if not item.reused],
    )


def comparison_view(services: Services, production: Production, compared: "Comparison") -> ComparisonView:
    def link(artifact: Any) -> ArtifactView | None:
        return artifact_view(services, production, artifact) if artifact else None

    return ComparisonView(
        left=_side_view(compared.left),
        right=_side_view(compared.right),
        same=list(compared.same),
        different=[
            DifferenceView(
                name=each.name,
                media=(each.left or each.right).media,  # pyright: ignore[reportOptionalMemberAccess]
                left=link(each.left),
                right=link(each.right),
                same_bytes=each.same_bytes,
                recipe=dict(each.recipe),
            )
            for each in compared.different
        ],
    )


def _side_view(side: "Side") -> SideView:
    return SideView(
        checkpoint_id=side.checkpoint.id,
        revision=side.revision,
        branch=side.checkpoint.branch,
        phase=side.checkpoint.phase,
        cost_usd=usd(side.cost),
        branch_cost_usd=usd(side.branch_cost),
    )

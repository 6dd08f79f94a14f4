"""A status and a tree are one request to the table each, however much people have explored."""

from typing import Any

from rushes.productions.artifact import Version
from rushes.productions.checkpoint import Base, Checkpoint
from rushes.productions.production import Branch, Production
from rushes.productions.work import WorkItem
from rushes.records.productions import add_spent, save_checkpoint, save_work
from rushes.services import Services

PHASES = ("plan", "storyboard", "chunks", "refine")
NAMES = (
    "draft",
    "spec",
    *(f"{kind}_{i:02d}" for kind in ("beat", "chunk") for i in range(6)),
    "music",
    "stitched",
)
BRANCHES, LIVE = 125, 40


def explored(services: Services) -> Production:
    """500 checkpoints on 125 branches, some of which wait for people."""
    names = [f"main-{i}" if i else "main" for i in range(BRANCHES)]
    branches = {
        name: Branch(
            name=name, status="paused" if i < LIVE else "completed", phase="refine", cursor_phase="plan"
        )
        for i, name in enumerate(names)
    }
    production = Production(
        id="prod_06edj3p5w3r8t0z6m8rkq2k9aa",
        owner="7f9c0c1e-6d3b-4a54-9c3f-0b6f1f2f3a4b",
        kind="ad",
        title="Explored",
        phases=PHASES,
        request={"kind": "ad", "prompt": "p" * 2000},
        models={},
        seed=1,
        branches=branches,
        created_at="2026-01-01T00:00:00.000Z",
    )
    services.productions.begin(production, [], [])
    for name in names:
        _leave_checkpoints(services, production, name)
    for name in names[:LIVE]:
        work = [
            WorkItem(
                branch=name, name=n, phase="chunks", media="video", fingerprint="f" * 64, state="ready",
                version=1, ext="mp4", model="hailuo",
            )
            for n in NAMES
        ]  # fmt: skip
        services.table.pour([save_work(production, item) for item in work])
    return production


def _leave_checkpoints(services: Services, production: Production, branch: str) -> None:
    base = None
    for i, phase in enumerate(PHASES):
        checkpoint = Checkpoint(
            id=Checkpoint.id_for(production.id, branch, phase),
            production_id=production.id,
            branch=branch,
            phase=phase,
            base=base,
            selection={name: Version(version=3, ext="mp4") for name in NAMES[: 2 + 6 * i]},
            token="t" * 200,
            created_at=f"2026-01-01T00:00:{i:02d}.000Z",
        )
        base = Base(checkpoint_id=checkpoint.id, revision=1)
        changes = [save_checkpoint(production, checkpoint), add_spent(production, branch, phase, 25_000)]
        services.productions.commit(production, changes, [])


def test_status_and_tree_are_one_query_each_with_500_checkpoints(services: Services, aws: Any) -> None:
    production = explored(services)
    asked: list[str] = []
    events = aws("dynamodb").meta.events
    events.register("before-call.dynamodb", lambda model, **_: asked.append(model.name))
    status = services.productions.status(production.owner, production.id)
    assert asked == ["Query"]
    assert len(status.work) == LIVE * len(NAMES)
    tree = services.productions.tree(production.owner, production.id)
    assert asked == ["Query", "Query"]
    assert len(tree) == 4 * BRANCHES
    assert {cost for _, cost in tree} == {25_000}

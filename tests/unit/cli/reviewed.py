"""A production with a review tree, as the fake studio tells of it.

plan ── storyboard ── chunks (main)
             └─────── chunks (main-1)
"""

from typing import Any

from infra.cli.checkpoints import Checkpoint
from tests.unit.cli.studio import ONE, PRODUCTION, Answer, Studio, Telling, data, shown, told

PLAN, BOARD, CHUNKS, OTHER = (
    f"cp_{number}00000000000000000000{word}"
    for number, word in enumerate(("plan", "boar", "chun", "othe"), 1)
)
SHORT = PRODUCTION[-6:]

_PLANNED = {"draft": 1, "spec": 1}
_DRAWN = {**_PLANNED, "beat_00": 1, "beat_01": 2}
_SHOT = {**_DRAWN, "chunk_00": 1, "chunk_01": 1, "stitched": 1}


def node(id: str, phase: str, selection: dict[str, int], *children: Checkpoint, **more: Any) -> Checkpoint:
    return {
        "id": id,
        "branch": "main",
        "phase": phase,
        "parent_id": None,
        "parent_revision": None,
        "status": "approved",
        "revision": 1,
        "version": 3,
        "edited": False,
        "pending": [],
        "comment": None,
        "selection": selection,
        "cost_usd": 0.0,
        "created_at": f"2026-01-01T00:00:0{id[3]}.000Z",
        "children": [{**child, "parent_id": id, "parent_revision": 1} for child in children],
        **more,
    }


def roots() -> list[Checkpoint]:
    chunks = node(CHUNKS, "chunks", _SHOT, status="waiting", cost_usd=0.95)
    other = node(OTHER, "chunks", _SHOT, branch="main-1", status="rejected", comment="too dark", pending=[2])
    board = node(BOARD, "storyboard", _DRAWN, chunks, other, edited=True, revision=2)
    return [node(PLAN, "plan", _PLANNED, board)]


def branch(name: str, status: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "status": status, "phase": "chunks", "checkpoint_id": None, "base": None, **more}


def production(**more: Any) -> dict[str, Any]:
    branches = [branch("main", "paused"), branch("main-1", "paused")]
    progress = {"branch": "main", "message": "chunks waits for you", "percent": 75}
    lines = {"branches": branches, "active_branches": ["main", "main-1"], "progress": progress}
    return shown("paused", "chunks", **lines | more)


def has_a_tree(studio: Studio, **more: Any) -> None:
    studio.on(f"GET {ONE}", data(production(**more)))
    studio.on(f"GET {ONE}/checkpoints/tree", data(roots()))


# ---------------------------------------------------------------------- edits


def item(name: str, usd: float = 0.0, **more: Any) -> dict[str, Any]:
    made = {"name": name, "media": "image", "model": "flux_dev", "seconds": 8.0, "reused": False}
    return {**made, "usd": usd, "most_usd": usd, **more}


def answer(checkpoint: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What an edit call answers: its preview, unless `more` says something else."""
    usd = sum(each["usd"] for each in items)
    return {
        "checkpoint_id": checkpoint,
        "preview": True,
        "revision": None,
        "status": "preview",
        "version": 3,
        "what": "beat_01 regenerated",
        "names": ["beat_01"],
        "stale": ["beat_01"],
        "reused": ["beat_00", "spec"],
        "items": list(items),
        "usd": usd,
        "most_usd": usd,
        "seconds": 8.0,
        "later": {
            "usd": 0.2, "most_usd": 0.25, "seconds": 60.0, "exact": True, "stale": ["chunk_01", "stitched"],
        },
        **more,
    }  # fmt: skip


def revision(status: str, number: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "revision": number, "status": status, "based_on": 2, "what": "beat_01 regenerated", "names": ["beat_01"],
        "selection": {}, "error": None, "created_at": "2026-01-01T00:00:00.000Z", **more,
    }  # fmt: skip


def artifact(name: str, version: int, **more: Any) -> dict[str, Any]:
    """Of a checkpoint, with its link."""
    return {"id": f"{name}_v{version}", "name": name, "version": version, "media": "image", "cost_usd": 0.025,
            "url": f"http://files/{name}_v{version}.png?signed", **more}  # fmt: skip


def takes(studio: Studio, checkpoint: str, way: str, preview: dict[str, Any], end: str = "ready") -> None:
    """An edit that costs what was previewed, and is there, or failed, when its events say so."""
    tell = Telling()
    pending = {**preview, "preview": False, "status": "pending", "revision": 3, "version": 4}
    studio.on(f"POST {ONE}/checkpoints/{checkpoint}/{way}?preview=true", data(preview))
    studio.on(f"POST {ONE}/checkpoints/{checkpoint}/{way}", data(pending, 202))
    facts = {
        "checkpoint_id": checkpoint,
        "branch": "main",
        "phase": "storyboard",
        "revision": 3,
        "names": ["beat_01"],
    }
    facts["what"] = "beat_01 regenerated"
    drawn = {"branch": "main", "phase": "storyboard", "name": "beat_01", "reused": False}
    studio.on(
        f"GET {ONE}/events",
        told(tell("production.status", status="paused"), tell("checkpoint.edited", **facts, status="failed")),
        told(tell("checkpoint.edited", **facts, status="pending"), tell("artifact.ready", **drawn)),
        told(tell("checkpoint.edited", **facts, status=end)),
    )
    studio.on(f"GET {ONE}/checkpoints/{checkpoint}", ended(end))


def ended(status: str) -> Answer:
    """The checkpoint's detail once its third revision is ready, or failed."""
    error = (
        {"code": "REFUSED", "message": "the model said no", "item": "beat_01"} if status == "failed" else None
    )
    revisions = [revision("ready", 1), revision("ready", 2), revision(status, error=error)]
    drawn = [artifact("beat_00", 1), artifact("beat_01", 3)]
    return data({**roots()[0]["children"][0], "artifacts": drawn, "revisions": revisions})


def sent(studio: Studio) -> list[tuple[str, Any]]:
    """Everything that may change something, previews too."""
    return [(route, body) for route, body in studio.asked if not route.startswith("GET")]

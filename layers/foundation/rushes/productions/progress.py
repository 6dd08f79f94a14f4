"""How far a branch, or an edit, has come, and how long the rest may take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from rushes.productions.events import Event
from rushes.productions.production import Edit, Production
from rushes.productions.work import WorkItem

_COMPLETE = "complete"


def progress(production: Production, line: str, work: Mapping[str, WorkItem], now: str) -> Event:
    edit = production.edits.get(line)
    facts = _edit_facts(production, edit, work) if edit else progress_facts(production, line, work, now)
    return Event(type="progress", data=facts)


def _edit_facts(production: Production, edit: Edit, work: Mapping[str, WorkItem]) -> dict[str, object]:
    """An edit takes no phase on: its percent is of what is made for it."""
    done, total = sum(item.state == "ready" for item in work.values()), len(work)
    return {
        "branch": edit.branch,
        "edit": edit.id,
        "stage": stage_of(production, edit.phase, work.values()),
        "percent": round(100 * done / total),
        "message": f"{edit.phase}, revision {edit.revision}: {done} of {total} made",
        "done": done,
        "total": total,
        "eta_seconds": None,
    }


def progress_facts(
    production: Production, branch_name: str, work: Mapping[str, WorkItem], now: str
) -> dict[str, object]:
    """`stage` (see `stage_of`), `percent` (of the whole pipeline, phases weighing alike), `message`, `eta_seconds`.

    The estimate, of this phase, is the pace so far, so there is none before the first item is done.
    """
    branch = production.branch(branch_name)
    index = production.phases.index(branch.phase)
    items = [item for item in work.values() if item.phase == branch.phase]
    done = sum(item.state == "ready" for item in items)
    share = 1.0 if branch.status == "completed" else done / len(items) if items else 0.0
    return {
        "branch": branch_name,
        "edit": None,
        "stage": _COMPLETE if branch.status == "completed" else stage_of(production, branch.phase, items),
        "percent": round(100 * (index + share) / len(production.phases)),
        "message": _message(branch.phase, branch.status, done, len(items)),
        "done": done,
        "total": len(items),
        "eta_seconds": _eta(branch.entered_at, now, [item for item in items if not item.reused]),
    }


def stage_of(production: Production, phase: str, items: Iterable[WorkItem]) -> str:
    """What the phase is at: the stage of the first thing that is not made yet, in the order of `production.stages`."""
    missing = [item.name for item in items if item.state != "ready"]
    for pattern, stage in production.stages.items():
        if any(fnmatchcase(name, pattern) for name in missing):
            return stage
    return production.stages.get(phase, phase)


def _message(phase: str, status: str, done: int, total: int) -> str:
    if status in ("queued", "running"):
        return f"{phase}: {done} of {total} made" if total else f"{phase} begins"
    return {"paused": f"{phase} waits for you"}.get(status, status)


def _eta(entered_at: str | None, now: str, items: Sequence[WorkItem]) -> int | None:
    """`items` are those that nobody had made before."""
    done = sum(item.state == "ready" for item in items)
    if not entered_at or not done:
        return None
    elapsed = datetime.fromisoformat(now) - datetime.fromisoformat(entered_at)
    return round(elapsed.total_seconds() * (len(items) - done) / done)

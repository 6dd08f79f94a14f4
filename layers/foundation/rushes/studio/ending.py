"""Cancelling, retrying and deleting."""

from rushes.errors import IllegalMove
from rushes.productions.artifact import Origin, production_prefix
from rushes.productions.failure import Failure
from rushes.productions.production import Production
from rushes.records.productions import save_production
from rushes.services import Services
from rushes.studio.cursor import restart, status_event
from rushes.studio.repeating import repeated
from rushes.studio.revising import failing

_CANCELLED = Failure(code="CANCELLED", message="the production was cancelled")


def cancel(services: Services, owner: str, production_id: str) -> Production:
    """Stops the executions and keeps what is finished. Raises `NotFound`, `IllegalMove` when it has ended."""
    return repeated(lambda: _cancel(services, owner, production_id))


def _cancel(services: Services, owner: str, production_id: str) -> Production:
    production = services.productions.load(owner, production_id)
    moved = production.cancel()
    changes, events = failing(services, production, list(production.edits.values()), _CANCELLED)
    if moved.status != production.status:
        events.append(status_event(moved))
    services.productions.commit(production, [save_production(moved), *changes], events)
    for line in _lines(production):
        services.executions.stop(
            production.kind, production.execution_name(line), "the production was cancelled"
        )
    _stop_jobs(services, production)
    for edit_id in production.edits:
        services.productions.forget_work(production, edit_id)
    return moved


def retry(services: Services, owner: str, production_id: str) -> Production:
    """Goes on at the failed phase; what was made is kept. Also wakes what has lost its execution.

    Raises `NotFound`, `IllegalMove` when there is nothing to retry.
    """
    production = services.productions.load(owner, production_id)
    production.check_editable()
    broken = [
        name for name, branch in production.branches.items() if branch.status == "failed" or branch.held
    ]
    lost = [line for line in _lines(production) if line not in broken and _lost(services, production, line)]
    if not (broken or lost):
        raise IllegalMove(
            f"the production is {production.status}; only what failed, or is held by its budget, can be retried",
            status=production.status,
        )
    for line in [*broken, *lost]:
        production = _restarted(services, owner, production_id, line)
    return production


def _restarted(services: Services, owner: str, production_id: str, line: str) -> Production:
    return repeated(lambda: restart(services, services.productions.load(owner, production_id), line))


def _lines(production: Production) -> list[str]:
    """Those that have a cursor."""
    return [*(name for name, branch in production.branches.items() if branch.live), *production.edits]


def _lost(services: Services, production: Production, line: str) -> bool:
    branch = production.branches.get(line)
    if branch and branch.status == "paused":
        return False  # it waits for a person; whoever continues starts another execution if need be
    return not services.executions.running(production.kind, production.execution_name(line))


def delete(services: Services, owner: str, production_id: str) -> None:
    """Deletes its files, checkpoints, artifacts and events, all of them. Raises `NotFound`.

    The production's own row goes last, so that a deletion cut short can be asked for again.
    """
    production = _ended(services, owner, production_id)
    for artifact in services.productions.artifacts(production):
        gone = Origin(production_id=production.id, name=artifact.name, version=artifact.version)
        services.renders.forget_copy(owner, artifact.made_by_recipe, gone)
    services.bucket.delete_all(production_prefix(owner, production.id))
    services.productions.forget(production)


def _ended(services: Services, owner: str, production_id: str) -> Production:
    try:
        return cancel(services, owner, production_id)
    except IllegalMove:
        return services.productions.load(owner, production_id)


def _stop_jobs(services: Services, production: Production) -> None:
    """The providers' jobs that can be stopped are, and what they cost is booked; nobody waits for that here."""
    work = [
        item
        for line in (*production.branches, *production.edits)
        for item in services.productions.work(production, line).values()
        if item.state == "rendering"
    ]
    open_asks = services.renders.open_asks(production.owner, [item.made_from for item in work])
    services.productions.remember_work(
        production, [item.model_copy(update={"state": "waiting"}) for item in work]
    )
    if open_asks:
        services.functions.call_later("stop", {"production_id": production.id, "ask_ids": open_asks})

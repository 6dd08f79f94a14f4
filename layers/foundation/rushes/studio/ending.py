"""Cancelling, retrying and deleting."""

from rushes.errors import Conflict, Contended, IllegalMove
from rushes.productions.artifact import Origin, production_prefix
from rushes.productions.production import FINISHED, Production
from rushes.records.productions import save_production
from rushes.services import Services
from rushes.studio.cursor import restart, status_event

_TRIES = 20


def cancel(services: Services, owner: str, production_id: str) -> Production:
    """Stops the executions and keeps what is finished. Raises `NotFound`, `IllegalMove` when it has ended."""
    for _ in range(_TRIES):
        production = services.productions.load(owner, production_id)
        moved = production.cancel()
        try:
            services.productions.commit(production, [save_production(moved)], [status_event(moved)])
        except Conflict:
            continue  # its workflow moved it on meanwhile: it is cancelled where it stands now
        _stop(services, production)
        _stop_jobs(services, production)
        return moved
    raise Contended("the production changes too fast; cancel it again")


def retry(services: Services, owner: str, production_id: str) -> Production:
    """Goes on at the failed phase; what was made is kept. Also wakes a production whose execution was lost.

    Raises `NotFound`, `IllegalMove` when there is nothing to retry.
    """
    production = services.productions.load(owner, production_id)
    for branch in production.branches.values():
        lost = branch.status in ("queued", "running") and not services.executions.running(
            production.kind, production.execution_name(branch.name)
        )
        if branch.status == "failed" or branch.held or lost:
            return restart(services, production, branch.name)
    raise IllegalMove(
        f"the production is {production.status}; only what failed, or is held by its budget, can be retried",
        status=production.status,
    )


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


def _stop(services: Services, production: Production) -> None:
    for branch in production.branches.values():
        if branch.status not in FINISHED:
            name = production.execution_name(branch.name)
            services.executions.stop(production.kind, name, "the production was cancelled")


def _stop_jobs(services: Services, production: Production) -> None:
    """The providers' jobs that can be stopped are, and what they cost is booked; nobody waits for that here."""
    work = [
        item
        for branch in production.branches
        for item in services.productions.work(production, branch).values()
        if item.state == "rendering"
    ]
    open_asks = services.renders.open_asks(production.owner, [item.made_from for item in work])
    services.productions.remember_work(
        production, [item.model_copy(update={"state": "waiting"}) for item in work]
    )
    if open_asks:
        services.functions.call_later("stop", {"production_id": production.id, "ask_ids": open_asks})

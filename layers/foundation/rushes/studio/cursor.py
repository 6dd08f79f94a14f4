"""The cursor: starting, restarting and losing executions. The table says where; an execution only goes there."""

from rushes.productions.events import Event
from rushes.productions.production import FINISHED, Failure, Production
from rushes.records.productions import save_production
from rushes.services import Services

# An execution that its engine lost. Nothing is wrong with the production: another cursor goes on.
_LOST = {"States.ServiceRestart"}
_MOST_RESTARTS = 50


def start(services: Services, production: Production, branch: str) -> None:
    """Starts the branch's execution; starting it again is nothing new."""
    services.executions.start(
        production.kind,
        production.execution_name(branch),
        {
            "owner": production.owner,
            "production_id": production.id,
            "branch": branch,
            "phase": production.branch(branch).cursor_phase,
        },
    )


def restart(services: Services, production: Production, branch: str) -> Production:
    """A new execution goes on at the branch's phase. Raises `Conflict` when somebody else did it first."""
    moved = production.restart(branch)
    changes = [save_production(moved)]
    services.productions.commit(production, changes, [status_event(moved)])
    start(services, moved, branch)
    return moved


def stopped(
    services: Services, owner: str, production_id: str, branch: str, execution: str, error: str, cause: str
) -> None:
    """An execution ended badly: its production is restarted if it was lost, or failed if nobody said so before."""
    production = services.productions.load(owner, production_id)
    line = production.branch(branch)
    if execution != production.execution_name(branch) or line.status in FINISHED or line.status == "paused":
        return
    if error in _LOST and line.attempt < _MOST_RESTARTS:
        restart(services, production, branch)
        return
    failure = _blamed(services, production, branch) or Failure(code=error, message=cause or error)
    moved = production.fail(branch, failure)
    events = [
        status_event(moved),
        Event(type="production.failed", data=failure.model_dump() | {"branch": branch}),
    ]
    services.productions.commit(production, [save_production(moved)], events)


def _blamed(services: Services, production: Production, branch: str) -> Failure | None:
    work = services.productions.work(production, branch)
    return next((item.failure for item in work.values() if item.failure), None)


def status_event(production: Production) -> Event:
    return Event(type="production.status", data={"status": production.status})

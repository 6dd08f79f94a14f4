"""The cursor: starting, restarting and losing executions. The table says where; an execution only goes there."""

import json
import logging
from collections.abc import Iterator

from rushes.errors import BudgetExceeded, RushesError
from rushes.productions.events import Event
from rushes.productions.production import FINISHED, Branch, Failure, Production
from rushes.records.productions import save_production
from rushes.services import Services

# An execution that its engine lost. Nothing is wrong with the production: another cursor goes on.
_LOST = {"States.ServiceRestart"}
_MOST_RESTARTS = 50

_log = logging.getLogger("rushes")


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
    _log.error("%s stopped: %s %s", execution, error, cause)
    failure = _blamed(services, production, line) or _failure(error, cause, line.phase)
    if failure.code == BudgetExceeded.code:
        moved = production.hold(branch, failure)
        told = status_event(moved)
        events = [told.model_copy(update={"data": told.data | {"reason": failure.model_dump()}})]
    else:
        moved = production.fail(branch, failure)
        failed = Event(type="production.failed", data=failure.model_dump() | {"branch": branch})
        events = [status_event(moved), failed]
    services.productions.commit(production, [save_production(moved)], events)


def _blamed(services: Services, production: Production, line: Branch) -> Failure | None:
    """The item that is to blame. Whatever money cannot mend comes first."""
    work = services.productions.work(production, line.name)
    failures = [item.failure for item in work.values() if item.failure and item.phase == line.phase]
    return min(failures, key=lambda failure: failure.code == BudgetExceeded.code, default=None)


def _failure(error: str, cause: str, phase: str) -> Failure:
    """Our own errors have a sentence for people; what others say (a stack, an engine's words) is for the log."""
    code = next((kind.code for kind in _kinds(RushesError) if kind.__name__ == error), None)
    if code:
        return Failure(code=code, message=_sentence(cause))
    return Failure(code="INTERNAL", message=f"{phase} broke off ({error}); the functions' logs say why")


def _kinds(kind: type[RushesError]) -> Iterator[type[RushesError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


def _sentence(cause: str) -> str:
    """Without the JSON that Lambda wraps an error's message in."""
    try:
        return json.loads(cause)["errorMessage"]
    except (ValueError, KeyError, TypeError):
        return cause


def status_event(production: Production) -> Event:
    return Event(type="production.status", data={"status": production.status})

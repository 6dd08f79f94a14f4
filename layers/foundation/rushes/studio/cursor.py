"""The cursor: starting, restarting and losing executions. The table says where; an execution only goes there."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from rushes.errors import BudgetExceeded, IllegalMove, RushesError
from rushes.productions.events import Event
from rushes.productions.failure import Failure
from rushes.productions.production import Production
from rushes.records.productions import save_production
from rushes.services import Services
from rushes.studio.repeating import repeated
from rushes.studio.revising import failed

# An execution that its engine lost. Nothing is wrong with the production: another cursor goes on.
_LOST = {"States.ServiceRestart"}
_MOST_RESTARTS = 50

_log = logging.getLogger("rushes")


def start(services: Services, production: Production, line: str) -> None:
    """Starts the execution of a branch, or of an edit; starting it again is nothing new."""
    edit = production.edits.get(line)
    branch = production.branch(edit.branch if edit else line)
    services.executions.start(
        production.kind,
        production.execution_name(line),
        {
            "owner": production.owner,
            "production_id": production.id,
            "branch": branch.name,
            "phase": edit.phase if edit else branch.cursor_phase,
            "edit": edit.id if edit else None,
        },
    )


def restart(services: Services, production: Production, line: str) -> Production:
    """A new execution goes on at the branch's phase, or makes the edit. Raises `Stale` when somebody else was first."""
    editing = line in production.edits
    moved = production.restart_edit(line) if editing else production.restart(line)
    events = [] if editing else [status_event(moved)]
    services.productions.commit(production, [save_production(moved)], events)
    start(services, moved, line)
    return moved


@dataclass(frozen=True)
class Stopped:
    """An execution that ended badly, as the workflow or EventBridge tells of it."""

    owner: str
    production_id: str
    branch: str
    edit: str | None
    execution: str
    error: str
    cause: str

    @property
    def line(self) -> str:
        return self.edit or self.branch


def stopped(services: Services, told: Stopped) -> None:
    """Its production is restarted if it was lost, or failed if nobody said so before. An edit fails alone."""
    repeated(lambda: _stopped(services, told))


def _stopped(services: Services, told: Stopped) -> None:
    production = services.productions.load(told.owner, told.production_id)
    try:
        production.check_cursor(told.line, told.execution)
    except IllegalMove:
        return
    edit, line = production.edits.get(told.line), production.branch(told.branch)
    if edit is None and line.status == "paused":
        return
    if told.error in _LOST and (edit or line).attempt < _MOST_RESTARTS:
        restart(services, production, told.line)
        return
    _log.error("%s stopped: %s %s", told.execution, told.error, told.cause)
    phase = edit.phase if edit else line.phase
    failure = _blamed(services, production, told.line, phase) or _failure(told.error, told.cause, phase)
    if edit:
        failed(services, production, edit, failure)
        return
    if failure.code == BudgetExceeded.code:
        moved = production.hold(line.name, failure)
        status = status_event(moved)
        events = [status.model_copy(update={"data": status.data | {"reason": failure.model_dump()}})]
    else:
        moved = production.fail(line.name, failure)
        event = Event(type="production.failed", data=failure.model_dump() | {"branch": line.name})
        events = [status_event(moved), event]
    services.productions.commit(production, [save_production(moved)], events)


def _blamed(services: Services, production: Production, line: str, phase: str) -> Failure | None:
    """The item that is to blame. Whatever money cannot mend comes first."""
    work = services.productions.work(production, line)
    failures = [item.failure for item in work.values() if item.failure and item.phase == phase]
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

"""The only seam between a Lambda event and the domain.

Logs are lines of JSON by Lambda's own formatter, which takes everything in `extra`: each can be found by production.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rushes.errors import RushesError, Transient
from rushes.phase import Phase
from rushes.services import Services, services

Event = dict[str, Any]
Handler = Callable[[Event, Any], Any]

_log = logging.getLogger("rushes")
_TOLD = ("production_id", "branch", "edit", "execution", "step", "name", "checkpoint_id", "ask_id")
"""What of an event stands in the log. Never the token."""


def phase_handler(phase: Phase) -> Handler:
    """A phase as a Lambda function: `step` is `recipes` or `assemble`.

    Lambda tells Step Functions an error's class name: that is what the workflow's retries go by.
    """

    def handle(event: Event, _context: Any) -> Any:
        from rushes.studio import phases

        cursor = phases.Cursor(**{name: event[name] for name in phases.Cursor.model_fields})
        step = {"recipes": phases.ask_recipes, "assemble": phases.assemble}[event["step"]]
        with _logged(phase.name, event):
            try:
                return step(services(), phase, cursor)
            except Exception as error:
                if _unreachable(error):
                    raise Transient("AWS could not be reached") from error
                raise

    return handle


def callback_handler(what: str, answer: Callable[[Services, Event], None]) -> Handler:
    """A function that answers a task token. Whatever goes wrong the token is answered: its task must not hang."""

    def handle(event: Event, _context: Any) -> None:
        with _logged(what, event):
            try:
                answer(services(), event)
            except Exception as error:  # noqa: BLE001 - the one seam: the token must hear of it
                name, cause = _named(error, event)
                services().callbacks.fail(event["token"], name, cause)

    return handle


def event_handler(what: str, act: Callable[[Services, Event], None]) -> Handler:
    """A function nobody waits for. What it raises makes Lambda call it again, then keep the event as a dead letter."""

    def handle(event: Event, _context: Any) -> None:
        with _logged(what, event):
            act(services(), event)

    return handle


@contextmanager
def _logged(what: str, event: Event) -> Iterator[None]:
    began = time.perf_counter()
    known = {f"rushes_{key}": event[key] for key in _TOLD if key in event}
    try:
        yield
    finally:
        milliseconds = round((time.perf_counter() - began) * 1000)
        _log.info("%s took %d ms", what, milliseconds, extra=known | {"milliseconds": milliseconds})


def _named(error: Exception, event: Event) -> tuple[str, str]:
    """The name the workflow's retries go by, and the cause for a person."""
    if isinstance(error, RushesError):
        return type(error).__name__, error.message
    if _unreachable(error):
        return "Transient", f"AWS could not be reached: {error}"
    _log.exception("an error nobody foresaw", extra={"rushes_production_id": event.get("production_id")})
    what = event.get("name") or event.get("checkpoint_id") or "a task"
    return "Internal", f"{what}: something broke inside Rushes; the function's log has the details"


def _unreachable(error: Exception) -> bool:
    from botocore.exceptions import ConnectionError as Unconnected
    from botocore.exceptions import HTTPClientError

    return isinstance(error, HTTPClientError | Unconnected)

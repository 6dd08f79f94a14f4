"""The only seam between a Lambda event and the domain."""

import logging
from collections.abc import Callable
from typing import Any

from rushes.errors import RushesError
from rushes.phase import Phase
from rushes.services import Services, services

Event = dict[str, Any]
Handler = Callable[[Event, Any], Any]

_log = logging.getLogger("rushes")


def phase_handler(phase: Phase) -> Handler:
    """A phase as a Lambda function: `step` is `recipes` or `assemble`."""

    def handle(event: Event, _context: Any) -> Any:
        from rushes.studio import phases

        cursor = phases.Cursor(**{name: event[name] for name in phases.Cursor.model_fields})
        step = {"recipes": phases.ask_recipes, "assemble": phases.assemble}[event["step"]]
        # Lambda tells Step Functions an error's class name: that is what the workflow's retries go by.
        return step(services(), phase, cursor)

    return handle


def callback_handler(answer: Callable[[Services, Event], None]) -> Handler:
    """A function that answers a task token. Whatever goes wrong, the token is answered: an engine's task must not hang."""

    def handle(event: Event, _context: Any) -> None:
        try:
            answer(services(), event)
        except Exception as error:  # noqa: BLE001 - the one seam: the token must hear of it
            name, cause = _told(error, event)
            services().callbacks.fail(event["token"], name, cause)

    return handle


def _told(error: Exception, event: Event) -> tuple[str, str]:
    from botocore.exceptions import HTTPClientError

    if isinstance(error, RushesError):
        return type(error).__name__, error.message
    if isinstance(error, HTTPClientError):
        return "Transient", f"AWS could not be reached: {error}"
    _log.exception("an error nobody foresaw")
    what = event.get("name") or event.get("checkpoint_id") or "a task"
    return "Internal", f"{what}: something broke inside Rushes; the function's log has the details"

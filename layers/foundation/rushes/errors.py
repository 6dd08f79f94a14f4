"""Every error Rushes raises on purpose.

    RushesError
    ├── Refused                 will fail again: show it to the user
    │   ├── BadRequest          the request breaks a rule                       422
    │   ├── NotFound            no such thing, or somebody else's               404
    │   ├── Conflict            the thing has moved on since you looked         409
    │   │   ├── IllegalMove     this status does not allow that move
    │   │   └── NotWaiting      this checkpoint does not wait for an answer
    │   └── Unplayable          a file that is not what it should be
    └── Transient               may pass: the workflow retries it               503
        └── Contended           many writers met at one item; the write was not made

`code` is stable and part of the API; the message is a sentence for a person.
"""

from typing import Any


class RushesError(Exception):
    """Base of the tree. `details` may hold anything JSON can carry."""

    code = "INTERNAL"
    status = 500

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Refused(RushesError):
    """Will fail again: show it to the user."""

    code = "REFUSED"
    status = 422


class BadRequest(Refused):
    """The request breaks a rule; `details` says which field."""

    code = "INVALID_REQUEST"


class NotFound(Refused):
    """No such thing, or it belongs to somebody else."""

    code = "NOT_FOUND"
    status = 404


class Conflict(Refused):
    """The thing has moved on since the caller looked."""

    code = "CONFLICT"
    status = 409


class IllegalMove(Conflict):
    """The production's status does not allow this move."""

    code = "ILLEGAL_MOVE"


class NotWaiting(Conflict):
    """The checkpoint does not wait for an answer (any more)."""

    code = "NOT_WAITING"


class Unplayable(Refused):
    """A media file that is not what it should be."""

    code = "UNPLAYABLE"


class Transient(RushesError):
    """May pass: the workflow retries it."""

    code = "UNAVAILABLE"
    status = 503


class Contended(Transient):
    """Many writers met at one item; nothing was written."""

    code = "CONTENDED"

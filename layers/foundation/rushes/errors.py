"""Every error Rushes raises on purpose.

    RushesError
    ├── Refused                 will fail again: show it to the user
    │   ├── BadRequest          the request breaks a rule                       422
    │   ├── NotFound            no such thing, or somebody else's               404
    │   ├── Conflict            the thing has moved on since you looked         409
    │   │   ├── IllegalMove     this status does not allow that move
    │   │   └── NotWaiting      this checkpoint does not wait for an answer
    │   ├── Unplayable          a file that is not what it should be
    │   ├── Forged              a webhook whose signature or age is wrong          401
    │   ├── BudgetExceeded      a call that does not fit a budget; it was not made
    │   ├── Unavailable         a model that cannot be had: no key, no credit, gone; another may do
    │   ├── AnswerLost          a provider was asked and nobody knows whether it heard; it may have been paid
    │   └── Billed              the provider did its work, and was paid
    │       ├── Declined        and its work was to say no
    │       └── Spoiled         and what it made cannot be used
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


class Forged(Refused):
    """A webhook whose signature or age is wrong, or that has none."""

    code = "FORGED"
    status = 401


class BudgetExceeded(Refused):
    """A call that does not fit a budget. It was not made."""

    code = "BUDGET_EXCEEDED"


class Unavailable(Refused):
    """A model that cannot be had now, whatever is asked of it: no key, no credit, gone."""

    code = "MODEL_UNAVAILABLE"


class AnswerLost(Refused):
    """A provider was asked, and nobody knows whether it heard. It may have been paid: it is not asked again."""

    code = "ANSWER_LOST"


class Billed(Refused):
    """The provider did its work and was paid; `cost_micro_usd` is None where the catalog's price holds."""

    def __init__(self, message: str, cost_micro_usd: int | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.cost_micro_usd = cost_micro_usd


class Declined(Billed):
    """The model answered that it will not do this."""

    code = "DECLINED"


class Spoiled(Billed):
    """What was made cannot be used: no valid answer, no such file, gone."""

    code = "SPOILED"


class Transient(RushesError):
    """May pass: the workflow retries it, not before `retry_after` seconds if the other side said so."""

    code = "UNAVAILABLE"
    status = 503

    def __init__(self, message: str, retry_after: float | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class Contended(Transient):
    """Many writers met at one item; nothing was written."""

    code = "CONTENDED"

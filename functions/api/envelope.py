"""Every JSON answer is `{data, error, meta}` with a true HTTP status."""

from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

Data = TypeVar("Data")


class Meta(BaseModel):
    request_id: str
    timestamp: str
    next_cursor: str | None = Field(default=None, description="Give it as `cursor` to get the next page.")


class Problem(BaseModel):
    code: str = Field(description="Stable; programs go by it.", examples=["NOT_FOUND"])
    message: str = Field(description="A sentence for a person.")
    details: dict[str, Any] = {}


class Envelope(BaseModel, Generic[Data]):
    data: Data
    error: None = None
    meta: Meta


class ErrorEnvelope(BaseModel):
    data: None = None
    error: Problem
    meta: Meta


class Unauthorized(BaseModel):
    """What the gateway itself answers when the bearer token is missing, expired or forged."""

    message: str = Field(examples=["Unauthorized"])


def meta(request: Request, next_cursor: str | None = None) -> Meta:
    return Meta(request_id=request_id(request), timestamp=_now(), next_cursor=next_cursor)


def request_id(request: Request) -> str:
    """The gateway's own id for this request, so that logs can be found by it."""
    event = request.scope.get("aws.event") or {}
    return event.get("requestContext", {}).get("requestId", "local")


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors a route may answer with, for OpenAPI."""
    described = {
        401: "The signature or the age is wrong.",
        404: "There is no such thing, or it belongs to somebody else.",
        409: "The thing has moved on since you looked, or its status does not allow this.",
        422: "The request breaks a rule; `error.details` says which.",
        503: "Too much at once; ask again after `Retry-After` seconds.",
    }
    documented: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorEnvelope, "description": described[status]} for status in (*statuses, 503)
    }
    if 401 in statuses:
        return documented
    documented[401] = {
        "model": Unauthorized,
        "description": "The bearer token is missing, expired or forged.",
    }
    return documented


def failed(
    request: Request,
    status: int,
    code: str,
    message: str,
    details: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    problem = Problem(code=code, message=message, details=details)
    body = ErrorEnvelope(error=problem, meta=meta(request))
    return JSONResponse(body.model_dump(mode="json"), status, headers)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

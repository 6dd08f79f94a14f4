"""Every JSON answer is `{data, error, meta}` with a true HTTP status."""

from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from rushes.errors import RushesError
from starlette.exceptions import HTTPException

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
        404: "There is no such thing, or it belongs to somebody else.",
        409: "The thing has moved on since you looked, or its status does not allow this.",
        422: "The request breaks a rule; `error.details` says which.",
    }
    documented: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorEnvelope, "description": described[status]} for status in statuses
    }
    documented[401] = {
        "model": Unauthorized,
        "description": "The bearer token is missing, expired or forged.",
    }
    return documented


async def on_rushes_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RushesError)
    retry = {"Retry-After": "1"} if error.status == 503 else None
    return _failed(request, error.status, error.code, error.message, error.details, retry)


async def on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [
        {
            "field": ".".join(str(part) for part in problem["loc"][1:]) or str(problem["loc"][0]),
            "problem": problem["msg"],
        }
        for problem in error.errors()
    ]
    first = f"{fields[0]['field']}: {fields[0]['problem']}"
    return _failed(request, 422, "INVALID_REQUEST", first, {"fields": fields})


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(error.status_code, "HTTP_ERROR")
    sentence = {
        404: f"there is nothing at {request.url.path}; GET /v1/openapi.json lists what there is",
        405: f"{request.method} is not allowed at {request.url.path}",
    }.get(error.status_code, str(error.detail))
    return _failed(request, error.status_code, code, sentence, {}, dict(error.headers or {}))


async def on_unforeseen_error(request: Request, _error: Exception) -> JSONResponse:
    return _failed(request, 500, "INTERNAL", "something broke inside Rushes; its log has the details", {})


def _failed(
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

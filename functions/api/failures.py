"""Whatever goes wrong becomes an envelope: a true status, a stable code, a sentence for a person."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from functions.api.envelope import failed
from functions.pipelines import PHASES
from rushes.errors import RushesError

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def answer_failures(app: FastAPI) -> None:
    app.add_exception_handler(RushesError, _on_rushes_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_unforeseen_error)


async def _on_rushes_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RushesError)
    retry = {"Retry-After": "1"} if error.status == 503 else None
    return failed(request, error.status, error.code, error.message, error.details, retry)


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [{"field": _field(problem), "problem": _sentence(problem)} for problem in error.errors()]
    first = f"{fields[0]['field']}: {fields[0]['problem']}"
    return failed(request, 422, "INVALID_REQUEST", first, {"fields": fields})


def _field(problem: dict[str, Any]) -> str:
    where, *within = problem["loc"]
    if where == "body" and within[:1] and within[0] in PHASES:
        within = within[1:]  # the kind, by which a body's model was found
    # Where JSON breaks off, the place is a number of characters and no field.
    return where if problem["type"] == "json_invalid" else ".".join(map(str, within)) or where


def _sentence(problem: dict[str, Any]) -> str:
    match problem["type"]:
        case "json_invalid":
            return f"it is not JSON: {problem['ctx']['error']} at character {problem['loc'][-1]}"
        case "model_attributes_type":
            return "a JSON object is needed, sent with Content-Type: application/json"
        case "value_error":
            return str(problem["ctx"]["error"])
        case _:
            return problem["msg"]


async def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    path = request.url.path
    match error.status_code:
        case (
            400
        ):  # FastAPI's word for what Python's parser gives up on: nested too deep, or a number too long
            return failed(request, 422, "INVALID_REQUEST", "body: it cannot be read as JSON", {})
        case 404:
            sentence = f"there is nothing at {path}; GET /v1/openapi.json lists what there is"
            return failed(request, 404, "NOT_FOUND", sentence, {})
        case 405:
            allowed = _allowed(request)
            sentence = f"{request.method} is not allowed at {path}; {allowed} is"
            return failed(request, 405, "METHOD_NOT_ALLOWED", sentence, {}, {"Allow": allowed})
        case status:
            return failed(request, status, "HTTP_ERROR", str(error.detail), {}, dict(error.headers or {}))


def _allowed(request: Request) -> str:
    """Of every route at this path: the router itself would name the first one's methods only."""
    routes = request.app.routes
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    return ", ".join(
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    )


async def _on_unforeseen_error(request: Request, _error: Exception) -> JSONResponse:
    return failed(request, 500, "INTERNAL", "something broke inside Rushes; its log has the details", {})

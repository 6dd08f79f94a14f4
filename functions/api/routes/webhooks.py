"""Webhooks: a provider tells how a job stands. Its signature is the gate; all else here needs a token."""

import logging
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool

from functions.api.envelope import answers
from rushes.errors import BadRequest, Forged, NotFound, Unavailable
from rushes.services import services

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

MOST_BYTES = 5_000_000
_log = logging.getLogger("rushes")


@router.post("/{provider}/{ask_id}", status_code=204, responses=answers(401, 404, 422))
async def hear(
    request: Request,
    provider: Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")],
    ask_id: Annotated[str, Path(pattern=r"^ask_[0-9a-z]{26}$")],
) -> None:
    """Signed over the very bytes, and not older than five minutes. Twice, early or late does no harm."""
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise BadRequest(f"a webhook has at most {MOST_BYTES} bytes")
    await run_in_threadpool(_hear, provider, ask_id, dict(request.headers), body)


def _hear(provider: str, ask_id: str, headers: dict[str, str], body: bytes) -> None:
    catalog = services().catalog
    try:
        catalog.account(provider)  # who has none works on our own CPU, and tells nothing
        adapter = catalog.provider(provider)
    except (NotFound, Unavailable) as error:
        raise NotFound(f"no provider {provider!r} sends webhooks here", provider=provider) from error
    try:
        news = adapter.news(headers, body)
    except Forged as error:
        _log.warning("a webhook for %s was rejected: %s", ask_id, error.message)
        _count_rejected()
        raise
    # The provider wants an answer within seconds; fetching what was made may take minutes.
    services().functions.call_later("finish", {"ask_id": ask_id, "body": news})


def _count_rejected() -> None:
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    with single_metric("WebhookRejected", MetricUnit.Count, 1, namespace="Rushes") as metric:
        metric.add_dimension("service", "api")

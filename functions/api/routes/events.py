"""Events as Server-Sent Events. A Lambda function cannot stream, so each answer is what came after `Last-Event-ID`.

It waits a while for the next event, says when to come back, and ends; the standard's own reconnecting does the rest.
When the production has ended and everything was told, the answer is 204, which tells an EventSource to stop.
"""

import time
from typing import Any

from fastapi import APIRouter, Response
from fastapi.sse import format_sse_event

from functions.api.envelope import answers
from functions.api.identity import Owner
from functions.api.parameters import LastEventId, ProductionId
from rushes.productions.events import Numbered
from rushes.productions.production import FINISHED
from rushes.services import services

router = APIRouter(prefix="/v1/productions/{production_id}", tags=["events"])

WAIT_SECONDS = 20  # API Gateway gives up after 30
_LOOK_SECONDS = 0.5
_RETRY_MILLISECONDS = 500

_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {
        "id": {"type": "string", "description": "The events' number, from 1 without gaps."},
        "event": Numbered.model_json_schema()["properties"]["type"],
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": Numbered.model_json_schema(),
        },
    },
}


@router.get(
    "/events",
    response_class=Response,
    responses={
        **answers(404, 422),
        200: {
            "content": {"text/event-stream": {"itemSchema": _EVENT}},
            "description": "Events, in order.",
        },
        204: {"description": "The production has ended, and you have heard everything."},
    },
)
def follow(owner: Owner, production_id: ProductionId, last_event_id: LastEventId = None) -> Response:
    """What happened after `Last-Event-ID`; waits up to 20 seconds for something to happen."""
    after = int(last_event_id or 0)
    productions = services().productions
    production = productions.load(owner, production_id)
    deadline = time.monotonic() + WAIT_SECONDS
    while not (events := productions.events(production, after)):
        if production.status in FINISHED and not production.edits:
            return Response(status_code=204)
        if time.monotonic() > deadline:
            break
        time.sleep(_LOOK_SECONDS)
        # Read before the events: what ended the production is among the events that are read next.
        production = productions.load(owner, production_id)
    body = b"".join([format_sse_event(retry=_RETRY_MILLISECONDS), *map(_told, events)])
    return Response(body, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


def _told(event: Numbered) -> bytes:
    return format_sse_event(id=str(event.id), event=event.type, data_str=event.model_dump_json())

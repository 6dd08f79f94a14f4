"""An execution ended badly. Told by the workflow itself, and by EventBridge for what a workflow cannot tell."""

import json
from typing import Any

from rushes.errors import NotFound
from rushes.services import services
from rushes.studio.cursor import Stopped, stopped


def handler(event: dict[str, Any], _context: Any) -> None:
    told = _from_event_bridge(event["detail"]) if "detail" in event else event
    try:
        stopped(
            services(),
            Stopped(
                owner=told["owner"],
                production_id=told["production_id"],
                branch=told["branch"],
                edit=told["edit"],
                execution=told["execution"],
                error=told.get("error") or "Stopped",
                cause=told.get("cause") or "",
            ),
        )
    except NotFound:
        return  # a deleted production has nothing to be told


def _from_event_bridge(detail: dict[str, Any]) -> dict[str, Any]:
    """The "Step Functions Execution Status Change" event, in the shape the workflow's own Fail state sends."""
    cursor = json.loads(detail["input"])
    return cursor | {"execution": detail["name"], "error": detail.get("error"), "cause": detail.get("cause")}

"""The door's first event: a workflow's task wants an artifact."""

import time
from typing import Any

from rushes.entry import Event, callback_handler
from rushes.records.orders import Order

_start = callback_handler("render", lambda services, event: services.door.start(Order(**event)))


def handler(event: Event, context: Any) -> None:
    began = time.perf_counter()
    _start({**event, "call": context.aws_request_id}, context)
    _measured((time.perf_counter() - began) * 1000)


def _measured(milliseconds: float) -> None:
    # Imported when the task has been answered already: 150 ms that nobody waits for.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    with single_metric("RenderDuration", MetricUnit.Milliseconds, milliseconds, namespace="Rushes") as metric:
        metric.add_dimension("service", "render")

"""A prediction: Replicate's word for a job, and its JSON."""

import re
from typing import Any, Literal

from rushes.errors import BadRequest, Refused, RushesError, Transient
from rushes.providers.account import Account
from rushes.providers.port import Report

_STATUS: dict[str, Literal["running", "succeeded", "failed"]] = {
    "starting": "running",
    "processing": "running",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
    "aborted": "failed",
}
_NEEDED = ("id", "status", "output", "error", "metrics", "model", "version", "created_at", "completed_at")

_FOR_GOOD = re.compile(
    r"nsfw|sensitive|flagged|moderat|safety|polic(y|ies)|prohibited|inappropriate|copyright|not allowed"
    r"|invalid (input|image|prompt|value)|validation|unsupported|\bE00[56]\b",
    re.IGNORECASE,
)
"""How models at Replicate word a no. What else goes wrong there (interrupted, out of memory, busy) may pass."""


def trimmed(body: dict[str, Any]) -> dict[str, Any]:
    """Without the input, which holds whole pictures, the log, and the addresses."""
    return {name: body[name] for name in _NEEDED if name in body}


def report_of(body: dict[str, Any]) -> Report:
    """Raises `BadRequest` for what is no prediction."""
    job_id, status = body.get("id"), body.get("status")
    if not isinstance(job_id, str) or not job_id or not isinstance(status, str) or status not in _STATUS:
        raise BadRequest("this is no prediction of Replicate's")
    return Report(job_id, _STATUS[status], trimmed(body))


def output_of(report: Report) -> str | None:
    """The URL of what was made: the first, where there are several."""
    output = report.body.get("output")
    first = output[0] if isinstance(output, list) and output else output
    return first if isinstance(first, str) and first else None


def facts_of(report: Report) -> dict[str, Any]:
    metrics = report.body.get("metrics")
    seconds = metrics.get("predict_time") if isinstance(metrics, dict) else None
    return {"predict_time": seconds} if isinstance(seconds, int | float) else {}


def failure_of(report: Report, account: Account) -> RushesError:
    """What a failed job's end means: `Refused` when the model says no, `Transient` when it may do better."""
    if report.body["status"] in ("canceled", "aborted"):
        return Transient(f"the job was {report.body['status']} at {account.title}", job_id=report.job_id)
    words = shortened(report.body.get("error") or "no reason given", account)
    kind = Refused if _FOR_GOOD.search(words) else Transient
    return kind(f"{account.title}: {words}", job_id=report.job_id)


def shortened(words: object, account: Account) -> str:
    """The vendor's words on one line, at most 300 characters, without our secrets."""
    line = " ".join(account.without_secrets(str(words)).split())
    return line if len(line) <= 300 else line[:299] + "…"

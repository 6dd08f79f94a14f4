"""When a provider says to come back."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?")


def retry_after(headers: Mapping[str, str], throttled: bool) -> float | None:
    """Seconds, never negative; None without a hint. The rate limit's own reset only counts when it was hit."""
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    hint = headers.get("retry-after", "")
    seconds = _number(hint)
    if seconds is None:
        seconds = _until(hint)
    if seconds is None and throttled:
        seconds = _duration(headers.get("x-ratelimit-reset-requests", ""))
    return seconds


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None


def _until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _duration(text: str) -> float | None:
    """`6m0s`, `2m59.56s`, `120ms`: Go's way of writing a duration."""
    found = _DURATION.fullmatch(text)
    if not text or not found:
        return None
    hours, minutes, seconds, milliseconds = (_number(part or "0") or 0.0 for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds + milliseconds / 1000

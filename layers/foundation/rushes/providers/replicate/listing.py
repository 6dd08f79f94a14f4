"""The list of an account's predictions, searched for a job whose id was lost with the answer."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rushes.errors import AnswerLost, Unavailable
from rushes.providers.port import Job
from rushes.providers.replicate.inputs import scalars_of

if TYPE_CHECKING:
    from rushes.providers.replicate.wire import Wire

PAGES = 20
CLOCKS_DIFFER = timedelta(seconds=60)
"""At most, ours and Replicate's."""


def started_after(since: str) -> datetime:
    """The earliest that a job asked for at `since` (ISO 8601) may have been created, by Replicate's clock."""
    return datetime.fromisoformat(since).astimezone(UTC) - CLOCKS_DIFFER


def rows(wire: "Wire", after: datetime) -> Iterator[dict[str, Any]]:
    """Every prediction since then. Raises `AnswerLost` when the list cannot be had whole, `Transient`."""
    from rushes.providers.replicate.wire import json_of

    path, query = "/predictions", {"created_after": after.isoformat().replace("+00:00", "Z")}
    for _ in range(PAGES):
        try:
            page = json_of(wire.ask("GET", path, **query))
        except Unavailable as error:
            raise AnswerLost("the list of predictions is not open to this key") from error
        listed = page.get("results") if page else None
        if page is None or not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            raise AnswerLost("there is no list of predictions to be had")
        yield from listed
        following = page.get("next")
        if not following:
            return
        # Only its query: the key goes to no other host.
        path, query = f"/predictions?{urlsplit(str(following)).query}", {}
    raise AnswerLost(f"the list of predictions has more than {PAGES} pages")


def match(listed: Iterable[dict[str, Any]], job: Job, after: datetime) -> dict[str, Any] | None:
    """The row of the job: by the webhook that names the request, else by model and input.

    Raises `AnswerLost` when a row might be the job's, and nothing says whether it is."""
    alike, silent = [], False
    wanted = scalars_of(job)
    for row in listed:
        if _created_before(row, after):
            continue
        if webhook := row.get("webhook"):
            if job.ask_id and job.ask_id in re.split(r"[/?&=#]", str(webhook)):
                return row
        elif _same_model(row, job.model.name):
            given = row.get("input")
            # Without a prompt all its input is a file, whose address is another each time.
            if not isinstance(given, dict) or not given or not job.recipe.prompt:
                silent = True
            elif all(given.get(name) == value for name, value in wanted.items()):
                alike.append(row)
    if len(alike) == 1:
        return alike[0]
    if alike or silent:
        raise AnswerLost("the list of predictions does not say which of them is ours")
    return None


def _created_before(row: dict[str, Any], after: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(row.get("created_at"))) < after
    except (ValueError, TypeError):  # no date, or one without a zone
        return False


def _same_model(row: dict[str, Any], name: str) -> bool:
    """Also for a row that does not say."""
    name, _, version = name.partition(":")
    if version and row.get("version"):
        return version in str(row["version"])
    return not row.get("model") or str(row["model"]).partition(":")[0] == name

"""A model's input: the catalog's mapping, filled in from a job."""

import base64
import io
import ipaddress
import re
from pathlib import Path
from typing import Any

from rushes.errors import Unavailable, Unplayable
from rushes.providers.account import Account, host_of
from rushes.providers.languages import NAMES, code_of
from rushes.providers.port import Job, Source

DATA_URL_AT_MOST = 256_000
"""Characters. Replicate takes files of up to 256 KB in a request; its manual does not say which kilobytes."""

_FACTS = ("prompt", "seconds", "seed", "aspect_ratio", "width", "height", "language")
_SOUNDS = {".flac", ".wav", ".mp3", ".m4a", ".ogg"}
_REFERENCE = re.compile(r"\$(?P<name>\w+)(:(?P<limit>\d+))?")
_QUALITIES = (95, 90, 85, 75, 60, 40)


def input_of(job: Job, account: Account) -> dict[str, Any]:
    """All of it: pictures in the request itself, sounds by an address. Raises `Unplayable` for an ingredient that is
    neither, `Unavailable` when a file's address is not one that Replicate can reach."""
    files = {
        field: link(source, account) if source.path().suffix in _SOUNDS else data_url(source.path())
        for field, value in job.model.input.items()
        if (named := _referred(value))
        and named["name"] not in _FACTS
        and (source := job.source(named["name"]))
    }
    return {**scalars_of(job), **files}


def scalars_of(job: Job) -> dict[str, Any]:
    """What does not come from an ingredient: enough to know a job again by."""
    recipe, given = job.recipe, {}
    facts = {name: recipe.parameters.get(name) for name in _FACTS}
    facts |= {"prompt": recipe.prompt or None, "seed": recipe.seed if job.model.seed else None}
    facts["language"] = NAMES.get(code_of(facts["language"]) or "")
    for field, value in job.model.input.items():
        named = _referred(value)
        if named is None:
            given[field] = value
        elif (fact := facts.get(named["name"])) is not None:
            given[field] = fact[: int(named["limit"])] if named["limit"] else fact
    return given


def link(source: Source, account: Account) -> str:
    """Where the file can be fetched: a sound is too large for a request."""
    url = source.url()
    if _ours_alone(host_of(url)) and not _ours_alone(account.configured_host):
        raise Unavailable(f"{account.title} cannot reach the files on this machine", provider=account.name)
    return url


def _ours_alone(host: str | None) -> bool:
    """Whether nobody outside can reach it: this machine, or an address of a private network."""
    try:
        return not ipaddress.ip_address(host or "").is_global
    except ValueError:
        return host is not None and "." not in host


def data_url(picture: Path) -> str:
    """A JPEG of the picture as a data URL of at most `DATA_URL_AT_MOST`: less quality first, then fewer pixels."""
    from PIL import Image

    try:
        with Image.open(picture) as opened:
            image = opened.convert("RGB")
    except OSError as error:
        raise Unplayable(f"“{picture.name}” is no picture that can be sent") from error
    while True:
        for quality in _QUALITIES:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality)
            url = "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
            if len(url) <= DATA_URL_AT_MOST:
                return url
        image = image.reduce(2)


def _referred(value: object) -> re.Match[str] | None:
    """`$prompt:300` → name and limit; None for a constant."""
    return _REFERENCE.fullmatch(value) if isinstance(value, str) else None

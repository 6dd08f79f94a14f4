"""A file on its way to the studio: asked for, and sent to the store itself by a presigned POST."""

import mimetypes
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from infra.cli.client import Client
from infra.cli.terminal import WRONG, err, stop


def uploaded(client: Client, path: Path, purpose: str, kind: str | None = None, **more: Any) -> str:
    """The upload's id. Shows how far it is on a terminal. `kind`: its media type, if its name may not tell."""
    size = path.stat().st_size
    kind = kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    wanted = {"filename": path.name, "content_type": kind, "bytes": size, "purpose": purpose, **more}
    ticket = client.post("uploads", wanted)
    if size > ticket["max_bytes"]:
        stop(f"{path.name} is too large: {size:,} bytes, {ticket['max_bytes']:,} at most", WRONG)
    shown = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with (
        Progress(*shown, console=err, transient=True, disable=not err.is_terminal) as progress,
        progress.open(path, "rb", description=path.name) as file,
    ):
        client.upload(ticket["url"], ticket["fields"], path.name, kind, file)
    return ticket["id"]

"""A file on its way to the studio: asked for, and sent to the store itself by a presigned POST."""

import mimetypes
from pathlib import Path

from rich.progress import Progress

from infra.cli.client import Client
from infra.cli.terminal import WRONG, err, stop


def uploaded(client: Client, path: Path, purpose: str) -> str:
    """The upload's id. Shows how far it is on a terminal."""
    size = path.stat().st_size
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    wanted = {"filename": path.name, "content_type": kind, "bytes": size, "purpose": purpose}
    ticket = client.post("uploads", wanted)
    if size > ticket["max_bytes"]:
        stop(f"{path.name} is too large: {size:,} bytes, {ticket['max_bytes']:,} at most", WRONG)
    with (
        Progress(console=err, transient=True, disable=not err.is_terminal) as progress,
        progress.open(path, "rb", description=path.name) as file,
    ):
        client.upload(ticket["url"], ticket["fields"], path.name, kind, file)
    return ticket["id"]

"""`rushes export`: a branch as a timeline file, to be finished in an editing program."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.checkpoints import Checkpoints
from infra.cli.naming import slug
from infra.cli.options import Api, At, Branch, Json, Production, Revision, Token

app = typer.Typer()


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes export

    rushes export last --branch main-1 -o film.fcpxml --media
""",
)
def export(
    production: Production = "last",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", dir_okay=False, help="The file: .otio (OpenTimelineIO) or .fcpxml."),
    ] = None,
    media: Annotated[
        bool, typer.Option("--media", help="Take the media along: the file links to a folder beside it.")
    ] = False,
    checkpoint: At = None,
    branch: Branch = None,
    revision: Revision = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Write a branch as a timeline file. Without --media its links are the studio's own, which expire."""
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.find(checkpoint) if checkpoint else found.newest(branch)
        ended_with = None if checkpoint else found.revision_at(branch or found.branch)
        timeline = client.get(f"{found.path(at)}/timeline", revision=revision or ended_with)
        from infra.cli.exporting import export as write  # a library's start is not every command's

        file = out or Path(f"{slug(timeline['title'])}-{found.short}.otio")
        written = write(timeline, file, client.download if media else None)
        if as_json:
            terminal.print_json({"checkpoint_id": at["id"], "files": [str(path) for path in written]})
            return
        for path in written:
            terminal.out.print(f"[bold green]{path}[/]", soft_wrap=True)

"""`rushes replace`: put a file or another artifact in an artifact's place."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.editing import edit
from infra.cli.options import Api, At, Branch, Json, NoWait, Preview, Production, Token, Yes
from infra.cli.uploading import uploaded

app = typer.Typer()

_ARTIFACT = re.compile(r"(?:(?P<production_id>prod_[0-9a-z]{26})/)?(?P<name>[^/@]+)@v?(?P<version>\d+)")


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes replace last beat_02 teapot.png

    rushes replace last music --artifact music@1
""",
)
def replace(
    production: Production,
    name: Annotated[str, typer.Argument(help="The artifact: beat_02, chunk_01, music …")],
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="A picture, a video or a sound.")
    ] = None,
    artifact: Annotated[
        str | None,
        typer.Option(
            metavar="[PRODUCTION/]NAME@VERSION",
            help="An artifact instead of a file, also of another production.",
        ),
    ] = None,
    checkpoint: At = None,
    branch: Branch = None,
    preview: Preview = False,
    yes: Yes = False,
    no_wait: NoWait = False,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Put your own file, or another artifact, in an artifact's place. The old one is kept."""
    if (file is None) == (artifact is None):
        raise typer.BadParameter("give either a file, or --artifact NAME@VERSION", param_hint="FILE")
    named = _artifact(artifact) if artifact else None
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.chosen(checkpoint, branch, name)
        body = {"upload_id": uploaded(client, file, "replace")} if file else {"artifact": named}
        wishes = Wishes(preview, yes, not no_wait, as_json)
        edit(client, found, at, f"artifacts/{name}/replace", body, wishes)


def _artifact(text: str) -> dict[str, Any]:
    """`chunk_01@2` → `{"name": "chunk_01", "version": 2}`"""
    match = _ARTIFACT.fullmatch(text)
    if not match:
        raise typer.BadParameter(f"{text!r} is not NAME@VERSION, as in chunk_01@2", param_hint="--artifact")
    named = {key: value for key, value in match.groupdict().items() if value}
    return {**named, "version": int(match["version"])}

"""`rushes edit`: change the spec, in your editor or by options."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import spec_text, terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.options import Api, At, Branch, Json, Preview, Production, Token, Yes
from infra.cli.spec_session import SpecSession

app = typer.Typer()

Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Change this field, without an editor. Give it again."),
]
File = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A spec as YAML or JSON, whole or in part; no editor."),
]


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes edit

    rushes edit last --set style.mood=calm --set beats.2.action="The lid is lifted"

    rushes edit k9aa --file spec.yaml --preview
""",
)
def edit(
    production: Production = "last",
    settings: Settings = None,
    file: File = None,
    checkpoint: At = None,
    branch: Branch = None,
    preview: Preview = False,
    yes: Yes = False,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Edit the spec in $VISUAL or $EDITOR: texts, lengths, the order of the beats, beats added or taken out."""
    if settings and file:
        raise typer.BadParameter("give either --set, or --file")
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.chosen(checkpoint, branch, "spec")
        session = SpecSession.begin(client, found, at, Wishes(preview, yes, as_json=as_json))
        try:
            if settings:
                session.make(spec_text.with_set(session.spec, settings))
            elif file:
                session.make(spec_text.read(file.read_text(encoding="utf-8")))
            else:
                session.open_editor()
        except spec_text.Unreadable as error:
            terminal.stop(str(error), terminal.WRONG)

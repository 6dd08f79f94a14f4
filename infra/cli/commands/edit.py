"""`rushes edit`: change the spec of an ad, or the choice of clips, in your editor or by options."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import document_text, terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.document_forms import FORMS
from infra.cli.document_session import DocumentSession
from infra.cli.options import Api, At, Branch, Json, Preview, Production, Token, Yes

app = typer.Typer()

Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Change this field, without an editor. Give it again."),
]
File = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="The document as YAML or JSON, whole or in part; no editor."
    ),
]


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes edit

    rushes edit last --set style.mood=calm --set beats.2.action="The lid is lifted"

    rushes edit last --set clips.clip_02.start=95.5 --set clips.clip_03=null

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
    """Edit an ad's spec, or which clips a lecture becomes, in $VISUAL or $EDITOR: change, reorder, add, take out."""
    if settings and file:
        raise typer.BadParameter("give either --set, or --file")
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        form = FORMS[found.production["kind"]]
        at = found.find(checkpoint) if checkpoint else found.written(form.name, branch)
        session = DocumentSession.begin(client, found, at, form, Wishes(preview, yes, as_json=as_json))
        try:
            if settings:
                session.set(settings)
            elif file:
                session.make(document_text.read(file.read_text(encoding="utf-8")))
            else:
                session.open_editor()
        except document_text.Unreadable as error:
            terminal.stop(str(error), terminal.WRONG)

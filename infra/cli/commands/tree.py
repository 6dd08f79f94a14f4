"""`rushes tree`: the checkpoints and branches of a production."""

import typer

from infra.cli import terminal
from infra.cli.checkpoints import Checkpoints
from infra.cli.options import Api, Json, Production, Token
from infra.cli.showing import trees

app = typer.Typer()


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes tree

    rushes tree k9aa --json
""",
)
def tree(
    production: Production = "last", as_json: Json = False, api: Api = None, token: Token = None
) -> None:
    """Show the checkpoints of every branch: what they wait for, their revisions, what they cost."""
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        terminal.tell(found.roots, trees.tree(found.roots, found.production), as_json)

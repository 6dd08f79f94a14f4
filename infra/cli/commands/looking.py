"""Commands that look at productions: ls, show."""

from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.options import Api, Json, Production, Token
from infra.cli.reviewing import told
from infra.cli.showing import productions
from infra.cli.watching import roles_of
from rushes.productions.production import Status

app = typer.Typer()


@app.command("ls")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 20,
    status: Annotated[Status | None, typer.Option(help="Only those with this status.")] = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """List productions, newest first."""
    with terminal.studio(api, token, as_json) as client:
        found = client.get("productions", limit=limit, **({"status": status} if status else {}))
        terminal.tell(found, productions.listing(found), as_json)


@app.command()
def show(
    production: Production = "last", as_json: Json = False, api: Api = None, token: Token = None
) -> None:
    """Show a production: status, artifacts, who made them, what they cost."""
    with terminal.studio(api, token, as_json) as client:
        found = client.production(terminal.find(client, production))
        if as_json:
            terminal.print_json(found)
        else:
            terminal.out.print(productions.production(found, roles_of(client, found)))
            for each in told(client, found):
                terminal.out.print(each)

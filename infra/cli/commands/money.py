"""Commands about money: costs, budget."""

from pathlib import Path
from typing import Annotated, Any

import typer

from infra.cli import terminal
from infra.cli.client import Client
from infra.cli.options import Api, Json, Out, Production, Token, dollars
from infra.cli.seeing_through import see_through
from infra.cli.showing import ledger
from infra.cli.watching import go_on, is_held, story_so_far

app = typer.Typer()

Whose = Annotated[
    str, typer.Argument(help="A production's id, its last letters, or `last`; or client:ID, or campaign:ID.")
]
Amount = Annotated[
    str | None,
    typer.Argument(metavar="USD|none", help="The new budget; `none` lifts it. Without one it is only shown."),
]
GoOn = Annotated[bool, typer.Option("--go-on", help="Go on at once with a production that was held.")]


@app.command()
def costs(
    production: Production = "last", as_json: Json = False, api: Api = None, token: Token = None
) -> None:
    """Show what a production was expected to cost, and what it has cost, side by side."""
    with terminal.studio(api, token, as_json) as client:
        found = client.get(f"productions/{terminal.find(client, production)}/costs")
        terminal.tell(found, ledger.costs(found), as_json)


@app.command()
def budget(
    whose: Whose,
    amount: Amount = None,
    continuing: GoOn = False,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Show, raise or lift the budget of a production, a client or a campaign."""
    wanted = [] if amount is None else [dollars(amount)]
    kind, _, id = whose.partition(":")
    with terminal.studio(api, token, as_json) as client:
        if kind in ("client", "campaign") and id:
            path = f"{kind}s/{id}/budget"
            found = client.put(path, {"budget_usd": wanted[0]}) if wanted else client.get(path)
            terminal.tell(found, ledger.budget(found), as_json)
            return
        found = client.production(terminal.find(client, whose))
        if continuing and not is_held(found):
            terminal.stop(f"it is {found['status']} and not held: nothing to go on with", terminal.WRONG)
        if wanted:
            client.patch(f"productions/{found['id']}", {"budget_usd": wanted[0]})
            found = client.production(found["id"])
        if continuing:
            _go_on(client, found, out_folder, as_json)
        else:
            terminal.tell(ledger.spending(found), ledger.budget_of_production(found), as_json)


def _go_on(client: Client, found: dict[str, Any], folder: Path, as_json: bool) -> None:
    if not as_json:
        terminal.out.print(ledger.budget(ledger.spending(found)))
    story = story_so_far(client, found["id"])
    go_on(client, found)
    see_through(client, found["id"], folder, as_json, story)

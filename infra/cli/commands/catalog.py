"""Commands about who makes things: models, providers."""

from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.client import Client
from infra.cli.options import Api, Json, Token
from infra.cli.showing import catalog

app = typer.Typer()


@app.command()
def models(
    model: Annotated[str | None, typer.Argument(help="One model, with all there is to know of it.")] = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """List the models: what they make and cost, which are chosen by default, and what they need."""
    with terminal.studio(api, token, as_json) as client:
        found = client.get(f"models/{model}") if model else client.get("models")
        if as_json:
            terminal.print_json(found)
            return
        needs = _needs(client, [found] if model else found)
        terminal.out.print(catalog.model(found, needs) if model else catalog.models(found, needs))


@app.command()
def providers(as_json: Json = False, api: Api = None, token: Token = None) -> None:
    """List who makes things: whether there is a key for them, and whether they take it."""
    with terminal.studio(api, token, as_json) as client:
        found = client.get("providers")
        terminal.tell(found, catalog.providers(found), as_json)


def _needs(client: Client, models: list[dict[str, object]]) -> dict[str, str]:
    """Provider → the setting it needs. Only asked for where something is not available: each provider is called."""
    if all(model["available"] for model in models):
        return {}
    return {provider["id"]: provider["needs"] for provider in client.get("providers") if provider["needs"]}

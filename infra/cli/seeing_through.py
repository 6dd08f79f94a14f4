"""A production from here to its end: followed, decided on where a person can answer, and brought home."""

import sys
from pathlib import Path
from typing import Any

import typer

from infra.cli.checkpoints import Checkpoints
from infra.cli.client import Client
from infra.cli.looking_ahead import look_ahead
from infra.cli.options import dollars
from infra.cli.reviewing import for_review
from infra.cli.showing import outlooks, productions
from infra.cli.story import Story
from infra.cli.terminal import DONE, FAILED, WAITING, out, print_json
from infra.cli.watching import follow, go_on, is_held, roles_of, take_home

_OUTCOME = {"completed": DONE, "paused": WAITING, "failed": FAILED, "cancelled": FAILED}


def see_through(
    client: Client, production_id: str, folder: Path, as_json: bool, story: Story | None = None
) -> None:
    """Leaves with the exit code that fits how the production rests."""
    story = story or Story()
    follow(client, production_id, out, as_json, story)
    while story.status == "paused" and not as_json and sys.stdin.isatty() and out.is_terminal:
        found = client.production(production_id)
        if not (_funded(client, found) if is_held(found) else _approved(client, found)):
            break
        follow(client, production_id, out, as_json, story)
    found = client.production(production_id)
    taken = take_home(client, found, folder) if found["result"] else {}
    if as_json:
        print_json({**found, "files": {kind: str(path) for kind, path in taken.items()}})
    else:
        out.print(productions.outcome(found, taken, roles_of(client, found)), soft_wrap=True)
    raise typer.Exit(_OUTCOME.get(found["status"], DONE))


def _approved(client: Client, found: dict[str, Any]) -> bool:
    """Whether the person wants it to go on, after a look at what there is and what it would cost: it does then."""
    out.print(for_review(client, found))
    tree = Checkpoints.within(client, found)
    at = tree.find(found["current_checkpoint"])
    outlook = look_ahead(client, tree, at)
    costs = outlook["most_usd"] > 0
    if costs:
        out.print(outlooks.outlook(outlook, at))
    agreed = typer.confirm("Continue?", default=not costs)
    if agreed:
        go_on(client, found, at)
    return agreed


def _funded(client: Client, found: dict[str, Any]) -> bool:
    """Whether the person wants one that is held to be tried again, with a new budget as a rule: it is then."""
    out.print(productions.held(found), soft_wrap=True)
    if found["budget_usd"] is None:  # it is a client's or a campaign's that does not suffice
        again = typer.confirm("Try again?", default=False)
    else:
        budget = typer.prompt(
            "Its new budget in dollars, `none` for no limit", default="", show_default=False
        )
        again = bool(budget)
        if again:
            client.patch(f"productions/{found['id']}", {"budget_usd": dollars(budget)})
    if again:
        go_on(client, found)
    return again

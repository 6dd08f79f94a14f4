"""Commands that move a production: watch, continue, retry, cancel, rm."""

from pathlib import Path
from typing import Annotated, Any

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.client import Client
from infra.cli.editing import looking_again
from infra.cli.looking_ahead import agree_to_go_on
from infra.cli.options import Api, Comment, Json, Out, Preview, Production, Revision, Token, Yes
from infra.cli.seeing_through import see_through
from infra.cli.showing import trees
from infra.cli.showing.words import usd
from infra.cli.watching import go_on, is_held, story_so_far

app = typer.Typer()


@app.command()
def watch(
    production: Production = "last",
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Follow a production until it rests, and take the film home when it is finished."""
    with terminal.studio(api, token, as_json) as client:
        see_through(client, terminal.find(client, production), out_folder, as_json)


@app.command(
    "continue",
    epilog="""
Examples:

    rushes continue

    rushes continue last --from k3j9 --revision 2 --comment "The second one is calmer"
""",
)
def continue_(
    production: Production = "last",
    checkpoint: Annotated[
        str | None,
        typer.Option(
            "--from",
            "--checkpoint",
            metavar="CHECKPOINT|BRANCH",
            help="The checkpoint you have looked at; the newest if not given.",
        ),
    ] = None,
    revision: Revision = None,
    comment: Comment = None,
    preview: Preview = False,
    yes: Yes = False,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Approve the checkpoint a production waits at, or go on with one that was held; and follow it on.

    From a checkpoint that was edited, or continued before, it goes on on a branch of its own.
    """
    with terminal.studio(api, token, as_json) as client:
        found = client.production(terminal.find(client, production))
        wishes = Wishes(preview, yes, as_json=as_json)
        at = _agreed_to(client, found, checkpoint or found["current_checkpoint"], revision, wishes)
        story = story_so_far(client, found["id"])
        with looking_again(found["id"][-6:]):
            moved = go_on(client, found, at, revision=revision, comment=comment)
        if moved and not as_json:
            terminal.out.print(trees.moved(moved))
        see_through(client, found["id"], out_folder, as_json, story)


def _agreed_to(
    client: Client, production: dict[str, Any], wanted: str | None, revision: int | None, wishes: Wishes
) -> Checkpoint | None:
    """The checkpoint to go on from, looked at; None where the production was held before its first."""
    if not wanted and is_held(production) and not wishes.preview:
        return None
    found = Checkpoints.within(client, production)
    at = found.find(wanted) if wanted else found.newest()
    agree_to_go_on(client, found, at, wishes, revision)
    return at


@app.command()
def retry(
    production: Production = "last",
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Go on with a production that failed, or that was held. What was made is kept."""
    with terminal.studio(api, token, as_json) as client:
        production_id = terminal.find(client, production)
        story = story_so_far(client, production_id)
        client.post(f"productions/{production_id}/retry")
        see_through(client, production_id, out_folder, as_json, story)


@app.command()
def cancel(production: Production, as_json: Json = False, api: Api = None, token: Token = None) -> None:
    """Stop a production. What is finished stays."""
    with terminal.studio(api, token, as_json) as client:
        ended = client.post(f"productions/{terminal.find(client, production)}/cancel")
        terminal.tell(ended, f"{ended['id']} is cancelled; it cost {usd(ended['spent_usd'])}", as_json)


@app.command("rm")
def remove(production: Production, api: Api = None, token: Token = None) -> None:
    """Delete a production with its checkpoints, events and files."""
    with terminal.studio(api, token) as client:
        production_id = terminal.find(client, production)
        client.delete(f"productions/{production_id}")
        terminal.out.print(f"{production_id} is deleted")

"""Commands that move a production: watch, continue, retry, cancel, rm."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.editing import looking_again
from infra.cli.looking_ahead import agree_to_go_on
from infra.cli.options import Api, Comment, Json, Out, Preview, Production, Token, Yes
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
    revision: Annotated[
        int | None, typer.Option(min=1, help="A revision of it; its newest if not given.")
    ] = None,
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
        if not (checkpoint or found["current_checkpoint"] or is_held(found)):
            terminal.stop("it has no checkpoint yet; `rushes watch` shows how far it is", terminal.WRONG)
        if checkpoint:
            checkpoint = Checkpoints.of(client, found["id"]).find(checkpoint)["id"]
        story = story_so_far(client, found["id"])
        moved = go_on(client, found, checkpoint, revision=revision, comment=comment)
        if moved and not as_json:
            terminal.out.print(trees.moved(moved))
        see_through(client, found["id"], out_folder, as_json, story)


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

"""`rushes approve`, `rushes reject`: what you say to a checkpoint."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.client import unless_changed
from infra.cli.editing import looking_again
from infra.cli.looking_ahead import agree_to_go_on
from infra.cli.options import Api, At, Branch, Comment, Json, Out, Preview, Production, Token, Yes
from infra.cli.seeing_through import see_through
from infra.cli.showing import trees
from infra.cli.watching import story_so_far

app = typer.Typer()


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes approve

    rushes approve last --comment "The light is perfect"
""",
)
def approve(
    production: Production = "last",
    comment: Comment = None,
    checkpoint: At = None,
    branch: Branch = None,
    preview: Preview = False,
    yes: Yes = False,
    out_folder: Out = Path("out"),
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Approve a checkpoint, the branch's newest if none is given; and follow the production on."""
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.find(checkpoint) if checkpoint else found.newest(branch)
        agree_to_go_on(client, found, at, Wishes(preview, yes, as_json=as_json))
        story = story_so_far(client, found.production["id"])
        body = {"comment": comment} if comment is not None else {}
        with looking_again(found.short):
            moved = client.post(f"{found.path(at)}/approve", body, headers=unless_changed(at["version"]))
        if not as_json:
            terminal.out.print(trees.moved(moved))
        see_through(client, found.production["id"], out_folder, as_json, story)


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Example:

    rushes reject last --comment "The kettle is the wrong one"
""",
)
def reject(
    comment: Annotated[str, typer.Option(metavar="TEXT", help="What is to be done about it; it is kept.")],
    production: Production = "last",
    checkpoint: At = None,
    branch: Branch = None,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Reject a checkpoint, the branch's newest if none is given: it waits for an edit then."""
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.find(checkpoint) if checkpoint else found.newest(branch)
        with looking_again(found.short):
            path = f"{found.path(at)}/reject"
            rejected = client.post(path, {"comment": comment}, headers=unless_changed(at["version"]))
        terminal.tell(rejected, trees.rejected(rejected, found.short), as_json)

"""`rushes regenerate`: make an artifact anew."""

from typing import Annotated

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoints
from infra.cli.editing import edit
from infra.cli.options import Api, At, Branch, Json, NoWait, Preview, Production, Token, Yes

app = typer.Typer()


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes regenerate last beat_02

    rushes regenerate last beat_02 --prompt "The same, at night" --seed 7

    rushes regenerate k9aa chunk_01 --model kling --preview
""",
)
def regenerate(
    production: Production,
    name: Annotated[str, typer.Argument(help="The artifact: beat_02, chunk_01, music …")],
    prompt: Annotated[str | None, typer.Option(help="Another prompt.")] = None,
    model: Annotated[str | None, typer.Option(help="Another model; `rushes models` lists them.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="This seed; a new one if not given.")] = None,
    checkpoint: At = None,
    branch: Branch = None,
    preview: Preview = False,
    yes: Yes = False,
    no_wait: NoWait = False,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Make an artifact again, and at its checkpoint what was made from it. The old ones are kept.

    It is done at the newest checkpoint that holds it, if --checkpoint does not name another.
    """
    wanted = {"prompt": prompt, "model": model, "seed": seed}
    body = {key: value for key, value in wanted.items() if value is not None}
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = found.chosen(checkpoint, branch, name)
        wishes = Wishes(preview, yes, not no_wait, as_json)
        edit(client, found, at, f"artifacts/{name}/regenerate", body, wishes)

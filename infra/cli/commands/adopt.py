"""`rushes adopt`: take artifacts over from another checkpoint or branch."""

from typing import Annotated, Any

import typer

from infra.cli import terminal
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.editing import edit
from infra.cli.options import Api, At, Branch, Json, NoWait, Preview, Production, Token, Yes

app = typer.Typer()


@app.command(
    rich_help_panel="The review tree",
    epilog="""
Examples:

    rushes adopt last beat_02 --from main-1

    rushes adopt last beat_02 --from k3j9 --revision 1

    rushes adopt last chunk_01 chunk_02 music --from main-2

    rushes adopt last --all --from main-1 --preview
""",
)
def adopt(
    production: Production,
    source: Annotated[
        str, typer.Option("--from", metavar="CHECKPOINT|BRANCH", help="Where to take it from.")
    ],
    names: Annotated[list[str] | None, typer.Argument(help="The artifacts; several at once.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All that differ.")] = False,
    as_from: Annotated[
        str | None, typer.Option(metavar="NAME", help="What it is called there, if not the same.")
    ] = None,
    revision: Annotated[
        int | None, typer.Option(min=1, help="A revision of that checkpoint; its newest if not given.")
    ] = None,
    checkpoint: At = None,
    branch: Branch = None,
    preview: Preview = False,
    yes: Yes = False,
    no_wait: NoWait = False,
    as_json: Json = False,
    api: Api = None,
    token: Token = None,
) -> None:
    """Take artifacts over from another checkpoint or branch. The old ones are kept."""
    names = names or []
    if all_ == bool(names):
        raise typer.BadParameter("give the names of artifacts, or --all", param_hint="NAMES")
    if as_from and len(names) != 1:
        raise typer.BadParameter("it is for one artifact", param_hint="--as-from")
    with terminal.studio(api, token, as_json) as client:
        found = Checkpoints.of(client, terminal.find(client, production))
        at = _target(found, names, checkpoint, branch)
        body: dict[str, Any] = {
            "from_checkpoint_id": _source(found, source, [as_from] if as_from else names, at)
        }
        if revision is not None:
            body["from_revision"] = revision
        way = "adopt" if len(names) != 1 else f"artifacts/{names[0]}/adopt"
        if len(names) > 1:
            body["names"] = names
        if as_from:
            body["from_name"] = as_from
        edit(client, found, at, way, body, Wishes(preview, yes, not no_wait, as_json))


def _target(found: Checkpoints, names: list[str], checkpoint: str | None, branch: str | None) -> Checkpoint:
    """Where all of them are: one edit is of one checkpoint."""
    if checkpoint:
        return found.find(checkpoint)
    if not names:
        return found.newest(branch)
    places = {name: found.holding(name, branch) for name in names}
    if len({place["id"] for place in places.values()}) > 1:
        where = ", ".join(f"{name} of {place['phase']}" for name, place in places.items())
        terminal.stop(
            f"they are of several checkpoints ({where}): adopt them one after the other", terminal.WRONG
        )
    return places[names[0]]


def _source(found: Checkpoints, wanted: str, names: list[str], at: Checkpoint) -> str:
    """The checkpoint that was named, or of the branch that was: where it has them, or its own of the same phase."""
    if not found.is_branch(wanted):
        return found.find(wanted)["id"]
    if names:
        return found.holding(names[0], wanted)["id"]
    alike = [each["id"] for each in found.line(wanted) if each["phase"] == at["phase"]]
    if not alike:
        terminal.stop(f"branch {wanted} has no {at['phase']} checkpoint yet", terminal.WRONG)
    return alike[0]

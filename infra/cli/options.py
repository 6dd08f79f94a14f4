"""Options and arguments that several commands have."""

import math
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

Api = Annotated[
    str | None, typer.Option(envvar="RUSHES_API", help="A studio elsewhere: its URL, ending in /v1.")
]
Token = Annotated[
    str | None, typer.Option(envvar="RUSHES_TOKEN", help="A bearer token for it.", show_envvar=True)
]
Json = Annotated[bool, typer.Option("--json", help="JSON for programs.")]
Production = Annotated[str, typer.Argument(help="A production's id, its last letters, or `last`.")]
At = Annotated[
    str | None,
    typer.Option(
        "--checkpoint", metavar="ID", help="The checkpoint to do it at: its id or its last letters."
    ),
]
Branch = Annotated[
    str | None, typer.Option(metavar="NAME", help="The branch; the one the status speaks of if not given.")
]
Revision = Annotated[
    int | None, typer.Option(min=1, help="A revision of the checkpoint; its newest if not given.")
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Only say what it would change, cost and how long it would take.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, also where it costs money.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Do not wait until it is there.")]
Comment = Annotated[str | None, typer.Option(metavar="TEXT", help="What you think of it; it is kept.")]
Out = Annotated[Path, typer.Option("--out", help="The folder for what is finished.")]

# ---------------------------------------------------------------------- what every new production can be told

Auto = Annotated[bool, typer.Option("--auto", help="Approve every phase; stop for nothing.")]
Title = Annotated[str | None, typer.Option(help="Its title.")]
Budget = Annotated[
    float | None,
    typer.Option(min=0, metavar="USD", help="What it may cost at most; it waits before it costs more."),
]
Payer = Annotated[
    str | None, typer.Option("--client", help="Whose money it is: the client's budget counts, too.")
]
Campaign = Annotated[str | None, typer.Option(help="Its campaign: the campaign's budget counts, too.")]
Estimate = Annotated[
    bool, typer.Option("--estimate", help="Only say what it would cost, and how long it would take.")
]


def chosen_models(use: list[str] | None, roles: Collection[str], more: str = "") -> dict[str, str] | None:
    """`image=flux_schnell` → `{"image": "flux_schnell"}`. Raises `BadParameter`, with `more` to know."""
    chosen: dict[str, str] = {}
    for each in use or []:
        role, _, model = each.partition("=")
        if role not in roles or not model:
            allowed = f"ROLE=MODEL with a role of {', '.join(roles)}{more}"
            raise typer.BadParameter(f"{each!r} is not {allowed}", param_hint="--use")
        if role in chosen:
            raise typer.BadParameter(f"it names a model for {role} twice", param_hint="--use")
        chosen[role] = model
    return chosen or None


def dollars(text: str) -> float | None:
    """An amount, or None for `none`. Raises `BadParameter`."""
    if text.strip().lower() == "none":
        return None
    try:
        amount = float(text.strip().removeprefix("$"))
    except ValueError:
        amount = math.nan
    if not 0 <= amount < math.inf:
        raise typer.BadParameter(f"{text!r} is no budget: an amount of dollars such as 2.50, or `none`")
    return amount

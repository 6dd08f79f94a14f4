"""What a person wants done, and whether they agree to what it costs."""

from dataclasses import dataclass
from typing import Any

import typer
from rich.console import RenderableType

from infra.cli.terminal import DONE, WRONG, out, stop, tell


@dataclass(frozen=True)
class Wishes:
    """How the person wants it done."""

    preview: bool = False
    yes: bool = False
    wait: bool = True
    as_json: bool = False


def agree(found: dict[str, Any], shown: RenderableType, wishes: Wishes) -> None:
    """Comes back when it is to be done: asks where it costs money. Leaves after a mere preview.

    `found`: what the studio says of it, with `usd` and `most_usd`. `shown`: the same, for people.
    """
    if wishes.preview:
        tell(found, shown, wishes.as_json)
        raise typer.Exit(DONE)
    if not wishes.as_json:
        out.print(shown)
    costs = found["usd"] > 0 or found["most_usd"] > 0
    if not costs or wishes.yes:
        return
    if wishes.as_json:
        stop("it costs money: --yes agrees to it, --preview says how much", WRONG)
    try:
        agreed = typer.confirm("Do it?", default=False)
    except typer.Abort:
        stop("it costs money, and nobody is here to agree: --yes does it", WRONG)
    if not agreed:
        out.print("Nothing is changed.")
        raise typer.Exit(DONE)

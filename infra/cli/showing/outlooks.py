"""Going on from a checkpoint: what it would make, and cost."""

from typing import Any

from rich.text import Text

from infra.cli.showing.edits import listed, price
from infra.cli.showing.words import duration


def outlook(found: dict[str, Any], checkpoint: dict[str, Any], revision: int | None = None) -> Text:
    """`revision`: the one that was asked for; None is the newest."""
    at = f", revision {revision}" if revision else ""
    where = f"{checkpoint['phase']} of {checkpoint['branch']} ({checkpoint['id'][-6:]}{at})"
    if not found["stale"]:
        return Text(f"Going on from {where} makes nothing more, and costs nothing.")
    about = "" if found["exact"] else ", as far as can be told now"
    return Text(
        f"Going on from {where} makes {listed(found['stale'])}.\n"
        f"It costs {price(found)}, and takes about {duration(found['seconds'])}{about}."
    )

"""Edits: what one would change and cost, and what came of it."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import duration, usd

Edit = dict[str, Any]


def preview(shown: Edit, checkpoint: dict[str, Any]) -> RenderableType:
    """What becomes another, what stays, and the price of it and of going on."""
    where = f"at {checkpoint['phase']} of {checkpoint['branch']} ({checkpoint['id'][-6:]})"
    table = Table(box=None, header_style="dim")
    for column in ("", "made by", "cost", "at most", "time"):
        table.add_column(column, justify="right" if column in ("cost", "at most", "time") else "left")
    for item in shown["items"]:
        table.add_row(*_row(item))
    lines = [Text(f"changes  {listed(shown['stale'])}"), Text(f"stays    {listed(shown['reused'])}", "dim")]
    return Group(
        Text.assemble((shown["what"], "bold"), f" {where}"),
        *([table] if shown["items"] else []),
        *lines,
        Text(f"It costs {price(shown)}, and {_takes(shown['seconds'])}."),
        Text(_later(shown["later"]), "dim"),
    )


def begun(made: Edit, short: str) -> Text:
    return Text(f"revision {made['revision']} is being made; rushes tree {short} shows when it is there")


def result(
    made: Edit, checkpoint: dict[str, Any], artifacts: list[dict[str, Any]], short: str
) -> RenderableType:
    """The links to what is new, and how to go on from it."""
    lines = [
        Text.assemble(
            (f"{each['name']} v{each['version']}", "bold green"), "  ", (each["url"], f"link {each['url']}")
        )
        for each in artifacts
    ]
    said = f"{checkpoint['phase']} of {checkpoint['branch']} is at revision {made['revision']}"
    on = f"rushes continue {short} --from {checkpoint['id'][-6:]} goes on from it"
    return Group(*lines, Text(f"{said}; {on}"))


def price(costs: dict[str, Any]) -> str:
    if not costs["most_usd"]:
        return "nothing"
    return f"about {usd(costs['usd'])}, at most {usd(costs['most_usd'])}"


def _takes(seconds: float) -> str:
    return f"takes about {duration(seconds)}" if seconds >= 1 else "is there at once"


def _row(item: dict[str, Any]) -> list[str]:
    if item["reused"]:
        return [item["name"], item["model"], "is there already", "", ""]
    amounts = [usd(item[key]) if item["most_usd"] else "free" for key in ("usd", "most_usd")]
    return [item["name"], item["model"], *amounts, duration(item["seconds"])]


def _later(later: dict[str, Any]) -> str:
    """Going on from it to the end."""
    if not later["stale"]:
        return "Going on from it makes nothing more."
    about = "" if later["exact"] else ", as far as can be told now"
    cost = price(later) if later["most_usd"] else "free"
    return (
        f"Going on from it makes {listed(later['stale'])}: {cost}, about {duration(later['seconds'])}{about}."
    )


def listed(names: list[str], most: int = 8) -> str:
    if len(names) <= most:
        return ", ".join(names) or "nothing"
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"

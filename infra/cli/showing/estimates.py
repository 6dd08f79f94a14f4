"""What a production would cost, and how long it would take."""

import re
from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import duration, usd


def estimate(found: dict[str, Any]) -> RenderableType:
    table = Table(box=None, header_style="dim")
    for column in ("phase", "", "made by", "cost", "at most", "time"):
        table.add_column(column, justify="right" if column in ("cost", "at most", "time") else "left")
    for phase in found["phases"]:
        table.add_row(
            Text(phase["phase"], style="bold"),
            "",
            "",
            *_amounts(phase),
            duration(phase["seconds"]),
            style="bold",
        )
        for items in _folded(phase["items"]):
            table.add_row(*_row(items), style="dim")
    verdict = [_verdict(found)] if found["most_usd"] else []
    return Group(table, *map(Text, _summary(found)), *verdict)


def _row(items: list[dict[str, Any]]) -> list[str]:
    """Items that are alike in one row: `beat × 5`, by whom, and what all of them cost; the time is each one's."""
    first, many = items[0], len(items) > 1
    name = f"{_stem(first['name'])} × {len(items)}" if many else first["name"]
    if first["reused"]:
        return ["", name, first["model"], "reused", "", ""]
    money = {key: sum(item[key] for item in items) for key in ("usd", "most_usd")}
    longest = max(item["seconds"] for item in items)
    return ["", name, first["model"], *_amounts(money), duration(longest) + (" each" if many else "")]


def _amounts(money: dict[str, Any]) -> list[str]:
    return [usd(money[key]) if money["most_usd"] else "free" for key in ("usd", "most_usd")]


def _folded(items: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    alike: dict[tuple[str, str, bool], list[dict[str, Any]]] = {}
    for item in items:
        alike.setdefault((_stem(item["name"]), item["model"], item["reused"]), []).append(item)
    return alike.values()


def _stem(name: str) -> str:
    """`chunk_03_2` → `chunk`"""
    return re.sub(r"(_\d+)+$", "", name)


def _summary(found: dict[str, Any]) -> list[str]:
    items = [item for phase in found["phases"] for item in phase["items"]]
    reused = sum(item["reused"] for item in items)
    expected, one_by_one = duration(found["seconds"]), duration(found["sequential_seconds"])
    cost = (
        f"about {usd(found['total_usd'])}, at most {usd(found['most_usd'])}"
        if found["most_usd"]
        else "nothing"
    )
    lines = [f"It costs {cost}, and takes about {expected} ({one_by_one} one after the other)."]
    if reused:
        lines.append(f"{reused} of {len(items)} are there already, and cost nothing.")
    if not found["exact"]:
        lines.append("Texts are imagined: their writer has not been asked yet.")
    return lines


def _verdict(found: dict[str, Any]) -> Text:
    if found["budget_usd"] is None:
        return Text("It has no budget: --budget USD sets a limit.", style="dim")
    budget = f"the budget of {usd(found['budget_usd'])}"
    if found["fits_budget"]:
        return Text(f"It fits {budget}.", style="green")
    if found["total_usd"] <= found["budget_usd"]:
        return Text(f"It may not fit {budget}: what it costs at most is more.", style="yellow")
    return Text(f"It does not fit {budget}.", style="red")

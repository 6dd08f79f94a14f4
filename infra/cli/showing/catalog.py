"""Models and providers."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import duration, price


def models(found: list[dict[str, Any]], needs: Mapping[str, str]) -> RenderableType:
    """`needs`: provider → the setting that holds its key."""
    table = Table(box=None, header_style="dim")
    for column in ("id", "for", "price", "takes", "available"):
        table.add_column(column, no_wrap=column != "price")
    for model in found:
        cost, time = price(model["price"]), duration(model["seconds"])
        table.add_row(model["id"], model["role"], cost, time, _available(model, needs))
    return table


def model(found: dict[str, Any], needs: Mapping[str, str]) -> RenderableType:
    """All there is to know of one."""
    abilities = {
        "a first frame": found["first_frame"],
        "a last frame": found["last_frame"],
        "its own sound": found["native_audio"],
        "a seed": found["seed"],
    }
    lengths = ", ".join(map(str, found["lengths"]))
    facts = {
        "id": found["id"],
        "for": found["role"],
        "by": " ".join(filter(None, [found["provider"], found["name"]])),
        "price": price(found["price"]),
        "seen at": f"{found['price']['source']}, {found['price']['date']}",
        "takes": f"about {duration(found['seconds'])}",
        "lengths": f"{lengths} s" if lengths else "",
        "shapes": ", ".join(found["aspect_ratios"]),
        "knows": ", ".join(name for name, able in abilities.items() if able),
        "stand-in": found["fallback"] or "",
        "available": _available(found, needs),
    }
    table = Table(box=None, show_header=False, title=Text(found["title"], style="bold"), title_justify="left")
    for name, fact in facts.items():
        if fact:
            table.add_row(Text(name, style="dim"), fact)
    return table


def providers(found: list[dict[str, Any]]) -> RenderableType:
    table = Table(box=None, header_style="dim")
    for column in ("id", "name", "state", "models"):
        table.add_column(column)
    for provider in found:
        table.add_row(provider["id"], provider["title"], _state(provider), ", ".join(provider["models"]))
    return table


def _available(model: dict[str, Any], needs: Mapping[str, str]) -> Text:
    if model["available"]:
        return Text("yes, the default" if model["default"] else "yes", style="green")
    setting = needs.get(model["provider"])
    return Text(f"set {setting}" if setting else "no", style="yellow")


def _state(provider: dict[str, Any]) -> Text:
    if not provider["configured"]:
        return Text(f"set {provider['needs']}", style="yellow")
    if provider["reachable"] is False:
        return Text(provider["problem"] or "it cannot be reached", style="red")
    return Text("ready", style="green")

"""Productions: the list, one of them, and how it came to rest."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing import highlights, trees
from infra.cli.showing.words import sentence, usd
from infra.cli.watching import is_held

_COLOURS = {
    "completed": "green", "paused": "yellow", "running": "cyan", "queued": "cyan", "failed": "red", "cancelled": "dim",
    "ready": "green", "rendering": "cyan", "waiting": "dim",
}  # fmt: skip


def listing(productions: list[dict[str, Any]]) -> RenderableType:
    if not productions:
        return Text('No productions yet. Try: rushes film "A calm ad for a teapot" --auto')
    table = Table(box=None, header_style="dim")
    for column in ("id", "status", "phase", "title", "created"):
        table.add_column(column, no_wrap=column == "id")
    for item in productions:
        created = item["created_at"][:16].replace("T", " ")
        table.add_row(item["id"], _status(item["status"]), item["phase"], Text(item["title"]), created)
    return table


def production(found: dict[str, Any], roles: Mapping[str, str]) -> RenderableType:
    """`roles`: model → role, for the models that stand in for others."""
    message = found["progress"]["message"]
    more = f"  {message}" if message != found["status"] else ""
    head = Text.assemble((found["title"], "bold"), "  ", _status(found["status"]), more)
    table = Table(box=None, header_style="dim")
    for column in ("artifact", "phase", "state", "version", "made by", "link"):
        table.add_column(column)
    for item in found["artifacts"]:
        version = f"v{item['version']}" if item["version"] else ""
        state = Text.assemble(_status(item["state"]), " (reused)" if item["reused"] else "")
        link = Text("open", style=f"link {item['url']} blue underline") if item["url"] else Text("")
        table.add_row(item["name"], item["phase"], state, version, _maker(found, item, roles), link)
    parts: list[RenderableType] = [head, Text(found["id"], style="dim"), table, *_failures(found)]
    parts.append(Text(_foot(found), style="dim"))
    if len(found["branches"]) > 1:
        parts += trees.branches(found)
    if is_held(found):
        parts.append(held(found))
    elif found["error"]:
        parts.append(_blame("failed", found["error"]))
    return Group(*parts)


def review(found: dict[str, Any]) -> RenderableType:
    """What there is to look at before going on."""
    table = Table(box=None, show_header=False)
    for item in found["artifacts"]:
        if item["phase"] == found["phase"] and item["url"]:
            table.add_row(
                item["name"],
                Text(item["url"], style=f"link {item['url']} blue", overflow="ellipsis", no_wrap=True),
            )
    return Group(Text(f"{found['phase']} is ready for your review:", style="bold"), table)


def held(found: dict[str, Any]) -> RenderableType:
    """Why it is held, and how it goes on."""
    short, asked = found["id"][-6:], found["request"]
    again = "continue" if found["current_checkpoint"] else "retry"
    lines = [
        f"rushes budget {kind}:{asked[f'{kind}_id']} USD raises the {kind}'s budget"
        for kind in ("campaign", "client")
        if asked.get(f"{kind}_id")
    ]
    if found["budget_usd"] is not None or not lines:
        lines.insert(0, f"rushes budget {short} USD --go-on raises its own budget and goes on")
    lines.append(f"rushes {again} {short} goes on once there is room for it; what was made is kept")
    return Group(_blame("held", found["error"], "yellow"), *map(Text, lines))


def outcome(found: dict[str, Any], taken: Mapping[str, Path], roles: Mapping[str, str]) -> RenderableType:
    """How it came to rest, what to do about it, and what it cost."""
    rest = _rest(found, taken)
    return Group(*_stand_ins(found, roles), *rest, Text(f"    {_cost(found)}", style="dim"))


def _rest(found: dict[str, Any], taken: Mapping[str, Path]) -> list[RenderableType]:
    short = found["id"][-6:]
    match found["status"]:
        case "completed" if found["kind"] == "highlights" and found["result"]:
            return highlights.outcome(found["result"], taken)
        case "completed":
            return [
                Text.assemble((f"{kind:>8}  ", "dim"), (str(path), "bold green"))
                for kind, path in taken.items()
            ]
        case "paused" if found["error"]:
            return [held(found)]
        case "paused":
            waits = (
                f"{found['phase']} waits for your review: rushes show {short}, then rushes continue {short}"
            )
            return [Text(waits)]
        case "failed":
            again = Text(f"rushes retry {short} goes on from there; what was made is kept")
            return [*_failures(found), _blame("failed", found["error"]), again]
        case status:
            return [Text(f"{found['id']} is {status}")]


def _maker(found: dict[str, Any], item: dict[str, Any], roles: Mapping[str, str]) -> str:
    if not item["stand_in"]:
        return item["model"] or ""
    wanted = found["models"].get(roles.get(item["model"], ""))
    return f"{item['model']} instead of {wanted}" if wanted else f"{item['model']}, a stand-in"


def _stand_ins(found: dict[str, Any], roles: Mapping[str, str]) -> list[Text]:
    """Who stood in for whom, and in what."""
    items: dict[str, list[str]] = {}
    for item in found["artifacts"]:
        if item["stand_in"]:
            items.setdefault(_maker(found, item, roles), []).append(item["name"])
    return [Text(f"made with {maker}: {', '.join(names)}", style="yellow") for maker, names in items.items()]


def _failures(found: dict[str, Any]) -> list[Text]:
    """The items that could not be made, but for the one that the production's own error names."""
    blamed = found["error"]["item"] if found["error"] else None
    return [
        Text(sentence(item["error"]), style="red")
        for item in found["artifacts"]
        if item["error"] and item["name"] != blamed
    ]


def _blame(word: str, error: dict[str, Any], style: str = "red") -> Text:
    return Text(f"{word}: {sentence(error)}", style=style)


def _cost(found: dict[str, Any]) -> str:
    """`cost $1.19 (estimated $1.23)`"""
    spent, estimated = found["cost_usd"], found["estimated_usd"]
    return f"cost {usd(spent)}" + (f" (estimated {usd(estimated)})" if spent or estimated else "")


def _foot(found: dict[str, Any]) -> str:
    parts = [_cost(found)]
    if found["reserved_usd"]:
        parts.append(f"reserved {usd(found['reserved_usd'])}")
    if found["budget_usd"] is not None:
        parts.append(f"budget {usd(found['budget_usd'])}")
    if found["current_checkpoint"]:
        parts.append(f"checkpoint {found['current_checkpoint']}")
    return "   ".join(parts)


def _status(status: str) -> Text:
    return Text(status, style=_COLOURS.get(status, ""))

"""What the API told, as tables and sentences for people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from infra.local.address import Address

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


def production(found: dict[str, Any]) -> RenderableType:
    head = Text.assemble(
        (found["title"], "bold"), "  ", _status(found["status"]), f"  {found['progress']['message']}"
    )
    table = Table(box=None, header_style="dim")
    for column in ("artifact", "phase", "state", "version", "link"):
        table.add_column(column)
    for item in found["artifacts"]:
        version = f"v{item['version']}" if item["version"] else ""
        state = Text.assemble(_status(item["state"]), " (reused)" if item["reused"] else "")
        link = Text("open", style=f"link {item['url']} blue underline") if item["url"] else Text("")
        table.add_row(item["name"], item["phase"], state, version, link)
    foot = f"cost ${found['cost_usd']:.2f}"
    if found["current_checkpoint"]:
        foot += f"   checkpoint {found['current_checkpoint']}"
    parts: list[RenderableType] = [head, Text(found["id"], style="dim"), table, Text(foot, style="dim")]
    if found["error"]:
        parts.append(_error(found))
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


def outcome(found: dict[str, Any], taken: Mapping[str, Path]) -> RenderableType:
    match found["status"]:
        case "completed":
            lines = [
                Text.assemble((f"{kind:>8}  ", "dim"), (str(path), "bold green"))
                for kind, path in taken.items()
            ]
            return Group(*lines, Text(f"    cost  ${found['cost_usd']:.2f}", style="dim"))
        case "paused":
            short = found["id"][-6:]
            return Text(
                f"{found['phase']} waits for your review: rushes show {short}, then rushes continue {short}"
            )
        case "failed":
            return Group(
                _error(found),
                Text(f"rushes retry {found['id'][-6:]} goes on from there; what was made is kept"),
            )
        case _:
            return Text(f"{found['id']} is {found['status']}")


def models(found: list[dict[str, Any]]) -> RenderableType:
    table = Table(box=None, header_style="dim")
    for column in ("id", "makes", "by", "price", "available"):
        table.add_column(column)
    for model in found:
        price = model["price"]
        cost = f"${price['usd']} a {price['unit']}" if price["usd"] else "free"
        table.add_row(
            model["id"], model["media"], model["provider"], cost, "yes" if model["available"] else "no"
        )
    return table


def address(running: Address, file: Path, lost: int) -> RenderableType:
    page = running.api.removesuffix("v1")
    lines = [
        Text.assemble(("  studio  ", "dim"), (page, "bold"), "  (rushes open signs you in)"),
        Text.assemble(("     API  ", "dim"), (running.api, "bold")),
        Text.assemble(("    docs  ", "dim"), f"{page}docs"),
        *(
            Text.assemble((" machine  ", "dim"), f"{name}: {arn}")
            for name, arn in running.state_machines.items()
        ),
        Text.assemble(("   token  ", "dim"), f"in {file}"),
        Text.assemble(("     try  ", "dim"), _curl(running, file)),
    ]
    if lost:
        lines.append(
            Text(f"{lost} interrupted executions were found; running productions go on by themselves")
        )
    lines.append(Text("Ctrl-C stops it; its state is kept.", style="dim"))
    return Group(*lines)


def _curl(running: Address, file: Path) -> str:
    token = f'$(python3 -c \'import json;print(json.load(open("{file}"))["token"])\')'
    return f'curl -H "Authorization: Bearer {token}" {running.api}/productions'


def _error(found: dict[str, Any]) -> Text:
    error = found["error"]
    blamed = f"{error['item']}: " if error["item"] else ""
    return Text(f"failed: {blamed}{error['message']}", style="red")


def _status(status: str) -> Text:
    return Text(status, style=_COLOURS.get(status, ""))

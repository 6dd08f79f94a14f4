"""Two checkpoints beside each other."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import usd

_MOST_LETTERS = 28


def comparison(found: dict[str, Any]) -> RenderableType:
    """A row for each artifact that differs; those that are the same in one line."""
    left, right = found["left"], found["right"]
    parts: list[RenderableType] = [_side("left ", left), _side("right", right)]
    if found["different"]:
        parts.append(_table(found["different"]))
    same = found["same"]
    if same:
        parts.append(Text(f"the same in both: {', '.join(same)}", "dim"))
    if not found["different"]:
        parts.append(Text("Nothing differs."))
    return Group(*parts)


def title(side: dict[str, Any]) -> str:
    return f"{side['branch']} {side['phase']}, revision {side['revision']}"


def _side(word: str, side: dict[str, Any]) -> Text:
    costs = f"cost {usd(side['cost_usd'])}, its branch {usd(side['branch_cost_usd'])}"
    return Text.assemble(
        (f"{word}  ", "dim"), (title(side), "bold"), (f"  {side['checkpoint_id'][-6:]}  {costs}", "dim")
    )


def _table(different: list[dict[str, Any]]) -> Table:
    table = Table(box=None, header_style="dim")
    for column in ("artifact", "left", "right", "what differs"):
        table.add_column(column, no_wrap=column in ("left", "right"))
    table.add_column("cost", justify="right", no_wrap=True)
    for each in different:
        sides = (each["left"], each["right"])
        costs = " / ".join(usd(side["cost_usd"]) if side else "–" for side in sides)
        table.add_row(each["name"], *map(_version, sides), _differs(each), costs)
    return table


def _version(artifact: dict[str, Any] | None) -> Text:
    if artifact is None:
        return Text("–")
    return Text(f"v{artifact['version']}", style=f"link {artifact['url']} blue underline")


def _differs(difference: dict[str, Any]) -> str:
    if not difference["left"]:
        return "only on the right"
    if not difference["right"]:
        return "only on the left"
    parts = [f"{field}: {_short(a)} → {_short(b)}" for field, (a, b) in difference["recipe"].items()]
    return "\n".join(parts) or "made another time"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}"
    text = " ".join(("" if value is None else str(value)).split()) or "none"
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…"

"""The checkpoints of a production as a tree."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from infra.cli.showing.words import usd

Node = dict[str, Any]

_STATES = {"waiting": ("waiting for you", "yellow"), "approved": ("approved", "green"), "open": ("open", "dim")}


def tree(roots: list[Node], production: dict[str, Any]) -> RenderableType:
    """Every word also stands without colour."""
    shown = Tree(Text.assemble((production["title"], "bold"), f"  {production['id']}"), guide_style="dim")
    bases = _branched(roots)
    waiting = [(shown, root) for root in reversed(roots)]
    while waiting:  # without recursion: a tree may be deeper than Python's stack
        above, node = waiting.pop()
        # A branch's own line goes straight on; only what goes out from it is drawn one step in.
        below = above.add(_label(node, node["id"] in bases))
        waiting += [(below, child) for child in reversed(node["children"])]
    return Group(shown, *branches(production))


def branches(production: dict[str, Any]) -> list[Text]:
    """One line a branch: its state, its phase, and where it goes out from."""
    active = production["active_branches"]
    lines = []
    for branch in production["branches"]:
        base = branch["base"]
        out_of = f", from {base['checkpoint_id'][-6:]} revision {base['revision']}" if base else ""
        state = branch["status"] + (" (active)" if branch["name"] in active else "")
        lines.append(Text(f"branch {branch['name']}: {state} at {branch['phase']}{out_of}", "dim"))
    return lines


def _label(node: Node, branched: bool) -> Text:
    label = Text.assemble((node["branch"], "cyan"), " ", (node["phase"], "bold"), "  ", _state(node, branched))
    facts = [f"revision {node['revision']}", "edited" if node["edited"] else "", usd(node["cost_usd"])]
    if node["pending"]:
        numbers = ", ".join(map(str, node["pending"]))
        facts.append(f"being made: revision {numbers}")
    return label.append(f"  {' · '.join(filter(None, facts))}  {node['id']}", "dim")


def _state(node: Node, branched: bool) -> Text:
    comment = f': "{node["comment"]}"' if node["comment"] else ""
    if node["status"] == "rejected":
        return Text(f"rejected{comment}", "red")
    word, style = _STATES[node["status"]]
    return Text(f"{word}{comment}{', branched' if branched else ''}", style)


def _branched(roots: list[Node]) -> set[str]:
    """Those that other branches go out from."""
    found, waiting = set(), list(roots)
    while waiting:
        node = waiting.pop()
        if any(child["branch"] != node["branch"] for child in node["children"]):
            found.add(node["id"])
        waiting += node["children"]
    return found

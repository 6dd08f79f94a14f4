"""The checkpoints of a production as a tree."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from infra.cli.showing.words import usd

Node = dict[str, Any]

_STATES = {
    "waiting": ("waiting for you", "yellow"),
    "approved": ("approved", "green"),
    "open": ("open", "dim"),
}


def tree(roots: list[Node], production: dict[str, Any]) -> RenderableType:
    """Every word also stands without colour."""
    shown = Tree(Text.assemble((production["title"], "bold"), f"  {production['id']}"), guide_style="dim")
    bases = _branched(roots)
    waiting = [(shown, root) for root in reversed(roots)]
    while waiting:  # without recursion: a tree may be deeper than Python's stack
        above, node = waiting.pop()
        below = above.add(_label(node, node["id"] in bases))
        waiting += [(below, child) for child in reversed(node["children"])]
    return Group(shown, *branches(production))


def branches(production: dict[str, Any]) -> list[Text]:
    """One line a branch: its state, and its phase."""
    active = production["active_branches"]
    return [
        Text.assemble(
            ("branch ", "dim"),
            (branch["name"], "cyan"),
            (f"  {branch['status']} at {branch['phase']}", "dim"),
            (", active" if branch["name"] in active else "", "dim"),
        )
        for branch in production["branches"]
    ]


def moved(answer: dict[str, Any]) -> Text:
    """What a continue did: the branch it goes on on, and where to."""
    new = "a new branch, " if answer["created_new_branch"] else ""
    where = f"goes on with {answer['next_phase']}" if answer["next_phase"] else "is complete"
    return Text.assemble(new, (answer["branch"], "cyan"), f", {where}" if new else f" {where}")


def rejected(node: Node, short: str) -> Text:
    shown = Text.assemble(f"{node['phase']} of {node['branch']} is ", _state(node, False))
    ways = f"rushes edit, regenerate, replace or adopt changes it, then rushes continue {short} goes on"
    return shown.append(f"\n{ways}")


def _label(node: Node, branched: bool) -> Text:
    label = Text.assemble(
        (node["branch"], "cyan"), " ", (node["phase"], "bold"), "  ", _state(node, branched)
    )
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

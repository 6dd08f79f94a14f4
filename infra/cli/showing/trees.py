"""The checkpoints of a production as a tree."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from infra.cli.showing.words import usd

Node = dict[str, Any]

_STATES = {
    "open": ("open", "dim"),
    "waiting": ("waiting for you", "yellow"),
    "rejected": ("rejected", "red"),
    "approved": ("approved", "green"),
}


def tree(roots: list[Node], production: dict[str, Any]) -> RenderableType:
    """A branch goes straight on; one that goes out from a checkpoint stands below it. Readable without colour."""
    shown = Tree(Text.assemble((production["title"], "bold"), f"  {production['id']}"), guide_style="dim")
    waiting = [(shown, root, False) for root in reversed(roots)]
    while waiting:  # without recursion: a tree may be deeper than Python's stack
        above, node, begins = waiting.pop()
        below = above.add(_label(node, begins))
        for child in reversed(node["children"]):
            begins = child["branch"] != node["branch"]
            waiting.append((below if begins else above, child, begins))
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
    shown = Text.assemble(f"{node['phase']} of {node['branch']} is ", state(node))
    ways = f"rushes edit, regenerate, replace or adopt changes it, then rushes continue {short} goes on"
    return shown.append(f"\n{ways}")


def _label(node: Node, begins: bool) -> Text:
    """`begins`: it is the first of a branch that goes out from another."""
    label = Text.assemble((node["branch"], "cyan"), " ", (node["phase"], "bold"), f" {node['id'][-6:]}  ")
    facts = [
        f"revision {node['revision']}",
        "edited" if node["edited"] else "",
        f"being made: revision {', '.join(map(str, node['pending']))}" if node["pending"] else "",
        usd(node["cost_usd"]),
        f"from revision {node['parent_revision']}" if begins else "",
    ]
    return label.append(state(node)).append(f"  {' · '.join(filter(None, facts))}", "dim")


def state(node: Node) -> Text:
    """Its status, what was said with the decision, and whether other branches go out from it."""
    word, style = _STATES[node["status"]]
    comment = f': "{node["comment"]}"' if node["comment"] else ""
    branched = any(child["branch"] != node["branch"] for child in node.get("children", []))
    return Text(f"{word}{comment}{', branched' if branched else ''}", style)

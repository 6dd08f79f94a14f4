"""Estimate and ledger, side by side; budgets."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from functions.pipelines import PHASES
from infra.cli.showing.words import usd
from infra.cli.watching import is_held


def costs(found: dict[str, Any]) -> RenderableType:
    """A row for each item, and a sum for each phase."""
    table = Table(box=None, header_style="dim")
    for column in ("phase", "artifact", "made by", "estimated", "spent", ""):
        table.add_column(column, justify="right" if column in ("estimated", "spent") else "left")
    for phase, items in _by_phase(found["items"]):
        estimated = sum(item["estimated_usd"] for item in items)
        spent = found["by_phase"].get(phase, 0)
        table.add_row(phase, "", "", usd(estimated), usd(spent), "", style="bold")
        for item in items:
            amounts = usd(item["estimated_usd"]), usd(item["spent_usd"])
            reused = "reused" if item["reused"] else ""
            table.add_row("", item["artifact"], item["model"] or "", *amounts, reused, style="dim")
    table.add_row("in all", "", "", usd(found["estimated_usd"]), usd(found["total_usd"]), "", style="bold")
    standing = {**found, "spent_usd": found["total_usd"]}
    return Group(table, *_by(found, "model"), *_by(found, "branch"), budget(standing))


def _by_phase(items: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """In the order of the pipeline, as far as it is known here."""
    phases: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        phases.setdefault(item["phase"], []).append(item)
    known = [phase for pipeline in PHASES.values() for phase in pipeline]
    return sorted(
        phases.items(), key=lambda entry: known.index(entry[0]) if entry[0] in known else len(known)
    )


def _by(found: dict[str, Any], what: str) -> list[Text]:
    """Totals of what there is more than one of."""
    totals = {name: spent for name, spent in found[f"by_{what}"].items() if spent}
    if len(totals) < 2:
        return []
    told = ", ".join(f"{name} {usd(spent)}" for name, spent in totals.items())
    return [Text(f"by {what}: {told}", style="dim")]


def budget(standing: dict[str, Any]) -> Text:
    """One line: the budget, and what is left of it."""
    spent, reserved, limit = (standing[key] for key in ("spent_usd", "reserved_usd", "budget_usd"))
    held = f", reserved {usd(reserved)}" if reserved else ""
    if limit is None:
        return Text(f"no budget; spent {usd(spent)}{held}")
    left = max(0.0, limit - spent - reserved)
    return Text(f"budget {usd(limit)}; spent {usd(spent)}{held}, left {usd(left)}")


def spending(production: dict[str, Any]) -> dict[str, Any]:
    """A production's money, as `PATCH /v1/productions/{id}` answers it."""
    kept = {key: production[key] for key in ("id", "status", "budget_usd", "reserved_usd")}
    return {**kept, "spent_usd": production["cost_usd"]}


def budget_of_production(production: dict[str, Any]) -> Text:
    told = budget(spending(production))
    if not is_held(production):
        return told
    how = "continue" if production["current_checkpoint"] else "retry"
    return Text.assemble(told, f"\nIt is held: rushes {how} {production['id'][-6:]} goes on.")

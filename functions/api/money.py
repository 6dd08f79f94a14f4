"""What the API shows of money: dollars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from rushes.productions.ledger import Entry, usd
from rushes.productions.production import Production
from rushes.productions.work import WorkItem
from rushes.records.productions import Status

if TYPE_CHECKING:  # an estimate is the only call that needs it
    from rushes.studio.estimate import ItemEstimate, PhaseEstimate, ProductionEstimate


class ItemEstimateView(BaseModel):
    name: str = Field(examples=["beat_00"])
    media: str
    model: str
    usd: float = Field(description="What it will probably cost.")
    most_usd: float = Field(description="What is reserved for it: it cannot cost more.")
    seconds: float
    reused: bool = Field(description="It is there already, and costs nothing.")


class PhaseEstimateView(BaseModel):
    phase: str
    usd: float
    most_usd: float
    seconds: float = Field(description="Along its longest chains: the others are made beside them.")
    items: list[ItemEstimateView]


class EstimateView(BaseModel):
    """What a production would cost, and how long it would take."""

    total_usd: float
    most_usd: float
    seconds: float = Field(description="Expected wall time, along the critical path.")
    sequential_seconds: float = Field(description="If everything were made one after the other.")
    exact: bool = Field(
        description="False where the plan had to be imagined: nobody has been asked for it yet."
    )
    budget_usd: float | None
    fits_budget: bool = Field(description="Whether even the most it can cost fits its own budget.")
    models: dict[str, str] = Field(description="Role → model.")
    phases: list[PhaseEstimateView]


class EntryView(BaseModel):
    movement: str = Field(description="reserved, spent, released or reused")
    usd: float
    branch: str
    phase: str
    artifact: str
    version: int
    model: str
    at: str
    ask_id: str | None = Field(description="The request to a provider that this is about.")
    note: str | None


class ItemCost(BaseModel):
    artifact: str
    phase: str
    model: str | None
    estimated_usd: float = Field(description="When its phase began.")
    spent_usd: float
    reused: bool


class Costs(BaseModel):
    """Estimate and ledger, side by side."""

    total_usd: float
    reserved_usd: float
    estimated_usd: float
    budget_usd: float | None
    by_phase: dict[str, float]
    by_branch: dict[str, float]
    by_model: dict[str, float]
    items: list[ItemCost]
    entries: list[EntryView]


class Spending(BaseModel):
    """A production's money."""

    id: str
    status: str
    budget_usd: float | None
    spent_usd: float
    reserved_usd: float


class NewBudget(BaseModel):
    model_config = {"extra": "forbid", "strict": True}

    budget_usd: float | None = Field(
        ge=0, le=1_000_000, description="Dollars; null for no limit.", examples=[5.0]
    )


def estimate_view(production: Production, estimate: "ProductionEstimate") -> EstimateView:
    budget = production.budget_micro_usd
    return EstimateView(
        total_usd=usd(estimate.money.expected),
        most_usd=usd(estimate.money.most),
        seconds=round(estimate.seconds, 1),
        sequential_seconds=round(estimate.sequential_seconds, 1),
        exact=estimate.exact,
        budget_usd=dollars(budget),
        fits_budget=budget is None or estimate.money.most <= budget,
        models=production.models,
        phases=[_phase_view(phase) for phase in estimate.phases],
    )


def _phase_view(phase: "PhaseEstimate") -> PhaseEstimateView:
    return PhaseEstimateView(
        phase=phase.phase,
        usd=usd(phase.money.expected),
        most_usd=usd(phase.money.most),
        seconds=round(phase.seconds, 1),
        items=[item_view(item) for item in phase.items],
    )


def item_view(item: "ItemEstimate") -> ItemEstimateView:
    return ItemEstimateView(
        name=item.name,
        media=item.model.media,
        model=item.model.id,
        usd=usd(item.money.expected),
        most_usd=usd(item.money.most),
        seconds=item.seconds,
        reused=item.reused,
    )


def spending(status: Status) -> Spending:
    production = status.production
    return Spending(
        id=production.id,
        status=production.status,
        budget_usd=dollars(production.budget_micro_usd),
        spent_usd=usd(status.cost_micro_usd),
        reserved_usd=reserved(status),
    )


def costs(status: Status, entries: Sequence[Entry]) -> Costs:
    spent = [entry for entry in entries if entry.movement == "spent"]
    return Costs(
        total_usd=usd(sum(entry.micro_usd for entry in spent)),
        reserved_usd=reserved(status),
        estimated_usd=usd(sum(item.estimate_micro_usd for item in status.work)),
        budget_usd=dollars(status.production.budget_micro_usd),
        by_phase=_totals(spent, "phase"),
        by_branch=_totals(spent, "branch"),
        by_model=_totals(spent, "model"),
        items=[_item_cost(item, spent) for item in status.work if item.edit is None],
        entries=[
            EntryView(usd=usd(entry.micro_usd), **entry.model_dump(exclude={"micro_usd", "fingerprint"}))
            for entry in entries
        ],
    )


def _item_cost(item: WorkItem, spent: Sequence[Entry]) -> ItemCost:
    own = [entry for entry in spent if (entry.artifact, entry.branch) == (item.name, item.branch)]
    return ItemCost(
        artifact=item.name,
        phase=item.phase,
        model=own[-1].model if own else item.model,
        estimated_usd=usd(item.estimate_micro_usd),
        spent_usd=usd(sum(entry.micro_usd for entry in own)),
        reused=item.reused,
    )


def _totals(spent: Sequence[Entry], key: str) -> dict[str, float]:
    totals: dict[str, int] = {}
    for entry in spent:
        group: Any = getattr(entry, key)
        totals[group] = totals.get(group, 0) + entry.micro_usd
    return {group: usd(total) for group, total in totals.items()}


def reserved(status: Status) -> float:
    return usd(status.committed_micro_usd - status.cost_micro_usd)


def dollars(micro_usd: int | None) -> float | None:
    return None if micro_usd is None else usd(micro_usd)

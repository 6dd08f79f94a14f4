"""Budgets: how much a production may cost."""

from rushes.productions.events import Event
from rushes.productions.ledger import micro
from rushes.productions.production import Production
from rushes.records.productions import save_production
from rushes.services import Services
from rushes.studio.repeating import repeated


def set_budget(services: Services, owner: str, production_id: str, usd: float | None) -> Production:
    """Raises `NotFound`, `IllegalMove` when it spends no more. A budget below what is committed stops what is next."""

    def step() -> Production:
        production = services.productions.load(owner, production_id)
        moved = production.with_budget(micro(usd))
        told = Event(type="cost.updated", data={"added_usd": 0.0, "artifact": None, "budget_usd": usd})
        services.productions.commit(production, [save_production(moved)], [told])
        return moved

    return repeated(step)

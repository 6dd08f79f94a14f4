"""The ledger: what was reserved, spent and released, per artifact; append-only. Money is whole micro-dollars."""

import math
from typing import Literal

from pydantic import BaseModel, ConfigDict

Movement = Literal["reserved", "spent", "released", "reused"]


class Entry(BaseModel):
    """One movement of money. `reused` is a movement of nothing: it says what was not paid again."""

    model_config = ConfigDict(frozen=True)

    movement: Movement
    micro_usd: int
    branch: str
    phase: str
    artifact: str
    version: int
    model: str
    fingerprint: str
    at: str
    ask_id: str | None = None
    """The request to a provider that this is about, if there was one."""
    note: str | None = None


def usd(micro_usd: int) -> float:
    """Dollars for people and JSON; arithmetic stays in whole micro-dollars."""
    return round(micro_usd / 1_000_000, 6)


def micro(usd: float | None) -> int | None:
    """Whole micro-dollars of a limit in dollars, rounded down; None stays None."""
    return None if usd is None else math.floor(round(usd * 1_000_000, 3))

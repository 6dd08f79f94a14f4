"""A commission: what a production is begun with. Each pipeline makes it of its own request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Commission:
    kind: str
    title: str
    request: dict[str, Any]
    phases: tuple[str, ...]
    roles: tuple[str, ...]
    """Those its phases need a model for."""
    models: Mapping[str, str]
    """Role → the model that was asked for."""
    seed: int
    stages: Mapping[str, str] = field(default_factory=dict)
    """A phase, or a pattern of what it makes → the stage that progress speaks of. Without one: the phase."""

    @property
    def budget_usd(self) -> float | None:
        return self.request.get("budget_usd")


def seed_from(text: str) -> int:
    """Without a seed of their own, equal requests get equal seeds, so that asking again costs nothing."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1

"""What the events have told so far: the state a display draws."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class ItemStory:
    name: str
    state: str = "waiting"
    reused: bool = False
    error: str | None = None


@dataclass
class PhaseStory:
    name: str
    items: dict[str, ItemStory] = field(default_factory=dict)
    began: datetime | None = None
    ended: datetime | None = None
    branch: str | None = None
    """The one it was last begun on."""

    @property
    def done(self) -> int:
        return sum(item.state == "ready" for item in self.items.values())

    @property
    def seconds(self) -> float | None:
        return (self.ended - self.began).total_seconds() if self.began and self.ended else None


@dataclass
class Story:
    """One production as its events tell it."""

    status: str = "queued"
    phases: dict[str, PhaseStory] = field(default_factory=dict)
    checkpoint_id: str | None = None
    error: dict[str, Any] | None = None
    reason: str | None = None
    """Why it is held, while it is."""
    spent_usd: float = 0.0
    last_id: int = 0
    percent: int = 0
    eta_seconds: int | None = None

    @property
    def resting(self) -> bool:
        """Nothing more happens unless somebody acts."""
        return self.status in ("paused", "completed", "failed", "cancelled")

    def hear(self, event: dict[str, Any]) -> None:
        self.last_id = event["id"]
        data, at = event["data"], datetime.fromisoformat(event["at"])
        match event["type"]:
            case "production.status":
                self.status = data["status"]
                self.checkpoint_id = data.get("checkpoint_id", self.checkpoint_id)
                self.reason = data["reason"]["message"] if data.get("reason") else None
            case "phase.started":
                self._begin(data, at)
            case "artifact.ready":
                self._item(data).state = "ready"
                self._item(data).reused = data["reused"]
            case "artifact.failed":
                self._item(data).state = "failed"
                self._item(data).error = data["error"]["message"]
            case "checkpoint.created":
                self.phases[data["phase"]].ended = at
            case "progress":
                self.percent, self.eta_seconds = data["percent"], data["eta_seconds"]
            case "cost.updated":
                self.spent_usd += data["added_usd"]
            case "production.completed":
                self.percent = 100
            case "production.failed":
                self.error = data

    def _begin(self, data: dict[str, Any], at: datetime) -> None:
        """Tried again, its time goes on; on another branch it begins anew."""
        phase = self.phases.get(data["phase"])
        if phase is None or phase.branch != data.get("branch"):
            phase = PhaseStory(data["phase"], began=at, branch=data.get("branch"))
            self.phases[phase.name] = phase
        phase.items = {item["name"]: ItemStory(item["name"], item["state"]) for item in data["items"]}

    def _item(self, data: dict[str, Any]) -> ItemStory:
        phase = self.phases.setdefault(data["phase"], PhaseStory(data["phase"]))
        return phase.items.setdefault(data["name"], ItemStory(data["name"]))

"""How a production looks while it is made: a live picture for people, plain lines for pipes, JSON for programs."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from infra.cli.showing.words import usd
from infra.cli.story import ItemStory, PhaseStory, Story

_MARKS = {
    "waiting": ("○", "dim"),
    "rendering": ("◐", "yellow"),
    "ready": ("●", "green"),
    "failed": ("✖", "red"),
}


class Display(Protocol):
    """Shown with every event; used as a context."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, event: dict[str, Any], story: Story) -> None: ...


class _Quiet:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class JsonLines(_Quiet):
    """Every event as one line of JSON."""

    def show(self, event: dict[str, Any], story: Story) -> None:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()


class Lines(_Quiet):
    """One line for each thing that happened, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._say: Callable[[str], None] = lambda line: console.print(Text(line), soft_wrap=True)

    def show(self, event: dict[str, Any], story: Story) -> None:
        data = event["data"]
        match event["type"]:
            case "phase.started":
                self._say(f"{data['phase']}: {_to_make(data['items'])}")
            case "artifact.ready":
                self._say(f"  {data['name']} ready{' (reused)' if data['reused'] else ''}")
            case "artifact.failed":
                self._say(f"  {data['name']} failed: {data['error']['message']}")
            case "checkpoint.edited" if data["status"] != "pending":
                self._say(f"{data['phase']} of {data['branch']}: {data['what']}, {data['status']}")
            case "checkpoint.reviewed":
                self._say(f"{data['phase']} of {data['branch']} {data['decision']}")
            case "production.status" if data["status"] != "running":
                self._say(_rest(story))


def _to_make(items: list[dict[str, Any]]) -> str:
    there = sum(item["state"] == "ready" for item in items)
    return f"{len(items) - there} to make" + (f", {there} there already" if there else "")


class Picture:
    """A row for each phase: a bar, and a mark for each item."""

    def __init__(self, console: Console) -> None:
        self._story = Story()
        self._live = Live(console=console, refresh_per_second=8, get_renderable=self._draw)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.refresh()
        self._live.stop()

    def show(self, event: dict[str, Any], story: Story) -> None:
        self._story = story

    def _draw(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for phase in self._story.phases.values():
            table.add_row(
                Text(phase.name, style="bold"),
                ProgressBar(total=max(len(phase.items), 1), completed=phase.done, width=24),
                f"{phase.done}/{len(phase.items)}",
                _marks(phase),
                Text(_time(phase), style="dim"),
            )
        return (
            Group(table, _foot(self._story)) if self._story.phases else Text("waiting for the first phase …")
        )


def _marks(phase: PhaseStory) -> Text:
    shown = Text()
    for item in phase.items.values():
        mark, style = ("♻", "cyan") if item.reused else _MARKS[item.state]
        shown.append(mark, style)
    named = next((item for item in phase.items.values() if item.state != "ready"), None)
    if named:
        shown.append(f" {_label(named)}", "red" if named.error else "dim")
    return shown


def _label(item: ItemStory) -> str:
    return f"{item.name}: {item.error}" if item.error else item.name


def _time(phase: PhaseStory) -> str:
    if phase.seconds is not None:
        return f"{phase.seconds:.1f} s"
    if phase.began is None:
        return ""
    return f"{(datetime.now(UTC) - phase.began).total_seconds():.0f} s …"


def _foot(story: Story) -> Text:
    eta = f", this phase about {story.eta_seconds} s more" if story.eta_seconds and not story.resting else ""
    return Text(f"{story.percent} % · {_rest(story)}{eta}", style="dim")


def _rest(story: Story) -> str:
    """The status, what it is held by, and the money there was."""
    reason = f": {story.reason}" if story.reason else ""
    spent = f" · spent {usd(story.spent_usd)}" if story.spent_usd else ""
    return f"{story.status}{reason}{spent}"


def display_for(console: Console, as_json: bool) -> Display:
    if as_json:
        return JsonLines()
    return Picture(console) if console.is_terminal else Lines(console)

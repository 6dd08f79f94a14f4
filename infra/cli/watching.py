"""Following a production to its next rest, moving it on from there, and taking what is finished home."""

from pathlib import Path
from typing import Any

from rich.console import Console

from infra.cli.checkpoints import Checkpoint
from infra.cli.client import Client, unless_changed
from infra.cli.display import display_for
from infra.cli.naming import home_name
from infra.cli.story import Story


def follow(client: Client, production_id: str, console: Console, as_json: bool, story: Story) -> None:
    """Shows every event until the production rests: completed, failed, cancelled, or paused for a review."""
    with display_for(console, as_json) as display:
        for batch in client.events(production_id, after=story.last_id):
            for event in batch:
                story.hear(event)
                display.show(event, story)
            # Asked after a whole batch: the first holds the past, with pauses that are over.
            if story.resting:
                break


def story_so_far(client: Client, production_id: str) -> Story:
    """What has been told up to now, for a command that is about to change it."""
    story = Story()
    for event in next(client.events(production_id), []):
        story.hear(event)
    return story


def is_held(production: dict[str, Any]) -> bool:
    """It waits for something other than a review, and `error` says for what: money, as a rule."""
    return production["status"] == "paused" and production["error"] is not None


def go_on(
    client: Client, production: dict[str, Any], checkpoint: Checkpoint | None = None, **more: Any
) -> dict[str, Any] | None:
    """Approves the checkpoint as it was looked at, or the newest; one that was held before its first is retried.

    `more`: `revision`, `comment`. Answers with where it goes on: `{next_phase, branch, created_new_branch}`.
    """
    path = f"productions/{production['id']}"
    at = checkpoint or {"id": production["current_checkpoint"], "version": None}
    if at["id"]:
        said = {name: value for name, value in more.items() if value is not None}
        body = {"checkpoint_id": at["id"], **said}
        return client.post(f"{path}/continue", body, headers=unless_changed(at["version"]))
    client.post(f"{path}/retry")
    return None


def roles_of(client: Client, production: dict[str, Any]) -> dict[str, str]:
    """Model → role, where models stand in for others: it takes the role to know for whom."""
    if not any(item["stand_in"] for item in production["artifacts"]):
        return {}
    return {model["id"]: model["role"] for model in client.get("models")}


def take_home(client: Client, production: dict[str, Any], folder: Path) -> dict[str, Path]:
    """Downloads what is finished; answers with the paths."""
    if production["kind"] == "highlights":
        from infra.cli.clips import take_clips_home  # a library's start is not every command's

        return take_clips_home(client, production, folder / home_name(production))
    folder.mkdir(parents=True, exist_ok=True)
    name = home_name(production)
    taken = {"film": folder / f"{name}.mp4", "poster": folder / f"{name}.jpg"}
    client.download(production["result"]["film_url"], taken["film"])
    client.download(production["result"]["poster_url"], taken["poster"])
    return taken

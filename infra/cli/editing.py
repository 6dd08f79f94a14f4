"""An edit from its preview to its result: shown, agreed to, made, and followed until it is there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from infra.cli.agreeing import Wishes, agree
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.client import Client, Refused, unless_changed
from infra.cli.display import display_for
from infra.cli.document_forms import FORMS
from infra.cli.showing import edits
from infra.cli.showing.words import sentence
from infra.cli.story import ItemStory, PhaseStory, Story
from infra.cli.terminal import FAILED, WRONG, out, print_json, stop, tell
from infra.cli.watching import story_so_far

_LOOK_SECONDS = 0.5
"""Between two looks at a revision that no stream tells of any more."""

_DOCUMENTS = frozenset(form.name for form in FORMS.values())

Edit = dict[str, Any]


def edit(
    client: Client,
    found: Checkpoints,
    checkpoint: Checkpoint,
    way: str,
    body: dict[str, Any],
    wishes: Wishes,
    version: int | None = None,
) -> None:
    """`way`: the call below the checkpoint, or the document that is patched there.

    `version`: the one that was looked at; None is that of the preview.
    Raises Refused, but where somebody was quicker: that, and an edit that failed, end with their exit code.
    """
    path = f"{found.path(checkpoint)}/{way}"
    send = client.patch if way in _DOCUMENTS else client.post
    with looking_again(found.short):
        shown = send(path, body, params={"preview": "true"}, headers=unless_changed(version))
        agree(shown, edits.preview(shown, checkpoint), wishes)
        story = Story(last_id=story_so_far(client, found.production["id"]).last_id)
        made = send(path, body, headers=unless_changed(version or shown["version"]))
    if made["status"] == "pending" and wishes.wait:
        _follow(client, found, checkpoint, made, story, wishes.as_json)
    _tell_result(client, found, checkpoint, made, wishes.as_json)


@contextmanager
def looking_again(short: str) -> Iterator[None]:
    """Where somebody was quicker, the refusal also says how to see what is so now."""
    try:
        yield
    except Refused as error:
        if error.problem["code"] != "CONFLICT":
            raise
        stop(f"{error}; look again with rushes tree {short}", WRONG)


# ---------------------------------------------------------------------- until it is there


def _follow(
    client: Client, found: Checkpoints, checkpoint: Checkpoint, made: Edit, story: Story, as_json: bool
) -> None:
    """Shows what is made until the revision is ready. Leaves when it failed."""
    items = {item["name"]: _item(item) for item in made["items"]}
    phase = PhaseStory(checkpoint["phase"], items)
    story.phases, story.status = {phase.name: phase}, made["what"]
    others = {branch["name"] for branch in found.production["branches"]} - {checkpoint["branch"]}
    with display_for(out, as_json) as display:
        for event in _events(client, found.production["id"], story):
            if _is_about(event, checkpoint, items, others):
                # All of it is one piece of work here, whichever phase an item was first made in.
                story.hear({**event, "data": {**event["data"], "phase": phase.name}})
                story.percent = 100 * phase.done // max(len(items), 1)
                display.show(event, story)
            if _ends(event, made):
                break
        else:
            _await(client, found.path(checkpoint), made["revision"])
    revision = _revision(client, found.path(checkpoint), made["revision"])
    if revision["status"] == "failed":
        error = revision["error"] or {"message": "it could not be made", "item": None}
        stop(f"{sentence(error)}; {checkpoint['phase']} stays as it was", FAILED)
    made["status"] = revision["status"]


def _item(item: dict[str, Any]) -> ItemStory:
    return ItemStory(item["name"], "ready" if item["reused"] else "waiting", item["reused"])


def _events(client: Client, production_id: str, story: Story) -> Iterator[dict[str, Any]]:
    for batch in client.events(production_id, after=story.last_id):
        yield from batch


def _is_about(
    event: dict[str, Any], checkpoint: Checkpoint, items: dict[str, ItemStory], others: set[str]
) -> bool:
    """An item of this edit. Not of other branches: they may be making one of the same name."""
    data = event["data"]
    if event["type"] == "checkpoint.edited":
        return data["checkpoint_id"] == checkpoint["id"]
    if event["type"] == "cost.updated":
        return data["artifact"] in items
    ours = event["type"] in ("artifact.ready", "artifact.failed")
    return ours and data["name"] in items and data["branch"] not in others


def _ends(event: dict[str, Any], made: Edit) -> bool:
    data = event["data"]
    return (
        event["type"] == "checkpoint.edited"
        and (data["checkpoint_id"], data["revision"]) == (made["checkpoint_id"], made["revision"])
        and data["status"] != "pending"
    )


def _await(client: Client, path: str, number: int) -> None:
    """The stream of a production that has ended may end before the edit does."""
    while _revision(client, path, number)["status"] == "pending":
        time.sleep(_LOOK_SECONDS)


def _revision(client: Client, path: str, number: int) -> dict[str, Any]:
    revisions = client.get(path)["revisions"]
    return next(each for each in revisions if each["revision"] == number)


# ---------------------------------------------------------------------- the result


def _tell_result(
    client: Client, found: Checkpoints, checkpoint: Checkpoint, made: Edit, as_json: bool
) -> None:
    if made["status"] == "pending":
        tell(made, edits.begun(made, found.short), as_json)
        return
    changed = {*made["names"], *made["stale"]}
    artifacts = [each for each in client.get(found.path(checkpoint))["artifacts"] if each["name"] in changed]
    if as_json:
        print_json({**made, "artifacts": artifacts})
    else:
        out.print(edits.result(made, checkpoint, artifacts, found.short), soft_wrap=True)

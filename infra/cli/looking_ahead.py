"""What going on from a checkpoint leads to, looked at before it is asked for."""

from typing import Any

from infra.cli.agreeing import Wishes, agree
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.client import Client
from infra.cli.showing import outlooks


def look_ahead(
    client: Client, found: Checkpoints, checkpoint: Checkpoint, revision: int | None = None
) -> dict[str, Any]:
    """Of the newest revision if none is given: `{usd, most_usd, seconds, exact, stale}`, to the end."""
    return client.get(f"{found.path(checkpoint)}/outlook", revision=revision)


def agree_to_go_on(
    client: Client, found: Checkpoints, checkpoint: Checkpoint, wishes: Wishes, revision: int | None = None
) -> None:
    """Comes back when it is to go on; what is free to the end is not asked about. Leaves after a mere preview."""
    outlook = look_ahead(client, found, checkpoint, revision)
    if wishes.preview or outlook["most_usd"] > 0:
        agree(outlook, outlooks.outlook(outlook, checkpoint, revision), wishes)

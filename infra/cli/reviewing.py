"""What a person looks at before they decide: the artifacts, and what the documents of a phase say."""

from typing import Any

from rich.console import Group, RenderableType

from infra.cli.client import Client
from infra.cli.showing import highlights, productions


def for_review(client: Client, production: dict[str, Any]) -> RenderableType:
    return Group(productions.review(production), *told(client, production))


def told(client: Client, production: dict[str, Any]) -> list[RenderableType]:
    """What came of the phase it is at, where its documents tell; nothing while that is being made."""
    if production["kind"] != "highlights":
        return []
    phase = production["phase"]
    links = {item["name"]: item["url"] for item in production["artifacts"] if item["url"]}
    wanted = [name for name in highlights.READS.get(phase, ()) if name in links]
    documents = {name: client.document(links[name]) for name in wanted}
    return highlights.review(phase, documents, production["id"][-6:])

"""A production begins."""

import hashlib
from typing import Any

from rushes.errors import Conflict, NotFound
from rushes.ids import new_id
from rushes.productions.ledger import micro
from rushes.productions.production import Branch, Production
from rushes.productions.recipe import canonical_json
from rushes.records.rows import Put, Row
from rushes.services import Services
from rushes.studio.cursor import start, status_event

_KEPT_SECONDS = 24 * 3600  # an Idempotency-Key is remembered for a day


class KeyReused(Conflict):
    """The Idempotency-Key was used for another request, or for what was deleted since."""

    code = "IDEMPOTENCY_KEY_REUSED"


def begin(
    services: Services,
    owner: str,
    request: dict[str, Any],
    phases: tuple[str, ...],
    idempotency_key: str | None = None,
) -> Production:
    """Records a production and starts it. The same key with the same request answers with the first production.

    Raises `BadRequest` or `Unavailable` for a model that cannot be had, `KeyReused`.
    """
    production = drafted(services, owner, request, phases)
    digest = hashlib.sha256(canonical_json(request).encode()).hexdigest()
    also = [_key_row(services, owner, idempotency_key, digest, production.id)] if idempotency_key else []
    try:
        services.productions.begin(production, also, [status_event(production)])
    except Conflict:
        if idempotency_key is None:
            raise
        production = _first(services, owner, idempotency_key, digest)
    if production.status == "queued":
        # Also for a repeated request: the one before may have died right here.
        start(services, production, "main")
    return production


def drafted(services: Services, owner: str, request: dict[str, Any], phases: tuple[str, ...]) -> Production:
    """A production as it would begin; nothing is recorded. Raises `BadRequest` or `Unavailable` for a model."""
    now = services.now()
    return Production(
        id=new_id("prod"),
        owner=owner,
        kind=request["kind"],
        title=request.get("title") or _first_words(request["prompt"]),
        phases=phases,
        request=request,
        models=services.catalog.settle(_wanted_models(request)),
        seed=_seed(request),
        budget_micro_usd=micro(request.get("budget_usd")),
        branches={"main": Branch(name="main", phase=phases[0], cursor_phase=phases[0])},
        created_at=now,
    )


def _wanted_models(request: dict[str, Any]) -> dict[str, str]:
    video = {"video": request["model"]} if request.get("model") else {}
    return {**(request.get("models") or {}), **video}


def _seed(request: dict[str, Any]) -> int:
    """Without a seed of their own, equal requests get equal seeds, so that asking again costs nothing."""
    if request.get("seed") is not None:
        return request["seed"]
    return int.from_bytes(hashlib.sha256(request["prompt"].encode()).digest()[:4], "big") >> 1


def _first_words(prompt: str, limit: int = 60) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


def _key_row(services: Services, owner: str, key: str, digest: str, production_id: str) -> Put:
    expires_at = int(services.clock().timestamp()) + _KEPT_SECONDS
    body = {"digest": digest, "production_id": production_id}
    return Put(Row(_key_partition(owner, key), "request", body, version=1, expires_at=expires_at), expect=0)


def _first(services: Services, owner: str, key: str, digest: str) -> Production:
    row = services.table.get(_key_partition(owner, key), "request")
    if row is None or row.body["digest"] != digest:
        raise KeyReused("this Idempotency-Key was used for another request; use a new one")
    try:
        return services.productions.load(owner, row.body["production_id"])
    except NotFound as error:
        raise KeyReused("what this Idempotency-Key made was deleted; use a new one") from error


def _key_partition(owner: str, key: str) -> str:
    return f"{owner}#idempotency#{hashlib.sha256(key.encode()).hexdigest()}"

"""A production begins."""

import hashlib
from collections.abc import Callable

from rushes.errors import Conflict, NotFound
from rushes.ids import new_id
from rushes.productions.commission import Commission
from rushes.productions.ledger import micro
from rushes.productions.production import Branch, Production
from rushes.productions.recipe import canonical_json
from rushes.records.rows import Change, Put, Row
from rushes.services import Services
from rushes.studio.cursor import start, status_event
from rushes.studio.giving import Given

_KEPT_SECONDS = 24 * 3600  # an Idempotency-Key is remembered for a day


class KeyReused(Conflict):
    """The Idempotency-Key was used for another request, or for what was deleted since."""

    code = "IDEMPOTENCY_KEY_REUSED"


def begin(
    services: Services,
    owner: str,
    commission: Commission,
    idempotency_key: str | None = None,
    give: Callable[[], Given] | None = None,
) -> Production:
    """Records a production and starts it. The same key with the same request answers with the first production.

    `give` brings what it begins with. Raises `BadRequest` or `Unavailable` for a model that cannot be had, `KeyReused`.
    """
    production = drafted(services, owner, commission)
    digest = hashlib.sha256(canonical_json(commission.request).encode()).hexdigest()
    if idempotency_key and give and (first := _first(services, owner, idempotency_key, digest)):
        return _started(services, first)
    given = give() if give else None
    if given:
        production = production.model_copy(update=given.facts)
    also: list[Change] = given.rows(production) if given else []
    if idempotency_key:
        also.append(_key_row(services, owner, idempotency_key, digest, production.id))
    try:
        services.productions.begin(production, also, [status_event(production)])
    except Conflict:
        if idempotency_key is None:
            raise
        first = _first(services, owner, idempotency_key, digest)
        if first is None:
            raise _used() from None
        production = first
    return _started(services, production)


def _started(services: Services, production: Production) -> Production:
    """Also for a repeated request: the one before may have died before this."""
    if production.status == "queued":
        start(services, production, "main")
    return production


def drafted(services: Services, owner: str, commission: Commission) -> Production:
    """A production as it would begin; nothing is recorded. Raises `BadRequest` or `Unavailable` for a model."""
    first = commission.phases[0]
    return Production(
        id=new_id("prod"),
        owner=owner,
        kind=commission.kind,
        title=commission.title,
        phases=commission.phases,
        stages=dict(commission.stages),
        request=commission.request,
        models=services.catalog.settle(commission.models, commission.roles),
        seed=commission.seed,
        budget_micro_usd=micro(commission.budget_usd),
        branches={"main": Branch(name="main", phase=first, cursor_phase=first)},
        created_at=services.now(),
    )


def _key_row(services: Services, owner: str, key: str, digest: str, production_id: str) -> Put:
    expires_at = int(services.clock().timestamp()) + _KEPT_SECONDS
    body = {"digest": digest, "production_id": production_id}
    return Put(Row(_key_partition(owner, key), "request", body, version=1, expires_at=expires_at), expect=0)


def _first(services: Services, owner: str, key: str, digest: str) -> Production | None:
    """What this key has begun already. Raises `KeyReused`."""
    row = services.table.get(_key_partition(owner, key), "request")
    if row is None:
        return None
    if row.body["digest"] != digest:
        raise _used()
    try:
        return services.productions.load(owner, row.body["production_id"])
    except NotFound as error:
        raise KeyReused("what this Idempotency-Key made was deleted; use a new one") from error


def _used() -> KeyReused:
    return KeyReused("this Idempotency-Key was used for another request; use a new one")


def _key_partition(owner: str, key: str) -> str:
    return f"{owner}#idempotency#{hashlib.sha256(key.encode()).hexdigest()}"

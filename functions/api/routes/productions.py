"""Productions: create, list, look, continue, cancel, retry, delete."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.convertors import StringConvertor, register_url_convertor

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.money import Costs, EstimateView, NewBudget, Spending, costs, estimate_view, spending
from functions.api.parameters import (
    CHECKPOINT,
    Cursor,
    IdempotencyKey,
    IfMatch,
    Limit,
    ProductionId,
    version_of,
)
from functions.api.views import ProductionView, Summary, production_view, summary
from functions.fields import Description
from functions.pipelines import NewProduction, Outlook, phases_of
from functions.starting import looked_for, started_from
from rushes.aws.clock import stamp
from rushes.productions.production import Status
from rushes.services import services
from rushes.studio import begin, budget, ending, review

router = APIRouter(prefix="/v1/productions", tags=["productions"])


class NotEstimate(StringConvertor):
    """An id in a path, but for the one word that is a resource of its own: its wrong methods are 405, not bad ids."""

    regex = "(?!estimate$)[^/]+"


register_url_convertor("id", NotEstimate())

Kind = Literal["ad", "highlights", "timepoint", "generation"]


class Continue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    checkpoint_id: str = Field(pattern=CHECKPOINT, description="The checkpoint you have looked at.")
    revision: int | None = Field(default=None, ge=1, le=99999, description="Its newest, if you do not say.")
    comment: Description | None = None


class Continued(BaseModel):
    next_phase: str | None = Field(description="None after the last phase: the production is completed.")
    branch: str
    created_new_branch: bool


class Ended(BaseModel):
    id: str
    status: str
    spent_usd: float


@router.post("", status_code=202, responses=answers(404, 409, 422))
def create(
    request: Request,
    owner: Owner,
    body: NewProduction,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Envelope[Summary]:
    """Start a production. It is recorded and running when this answers; follow it by its events."""
    commission, give = started_from(services(), owner, body.model_dump(mode="json"))
    production = begin.begin(services(), owner, commission, idempotency_key, give)
    response.headers["Location"] = f"/v1/productions/{production.id}"
    return Envelope(data=Summary(**summary(production)), meta=meta(request))


@router.post("/estimate", responses=answers(404, 422))
def estimate(request: Request, owner: Owner, body: Outlook) -> Envelope[EstimateView]:
    """What it would cost, by phase and item, and how long it would take. Nothing is started, and nobody is asked."""
    from rushes.studio.estimate import estimate

    commission, given = looked_for(services(), owner, body.model_dump(mode="json"))
    production = begin.drafted(services(), owner, commission)
    found = estimate(services(), production, phases_of(body.kind), given)
    return Envelope(data=estimate_view(production, found), meta=meta(request))


@router.get("", responses=answers(422))
def list_productions(
    request: Request,
    owner: Owner,
    kind: Kind | None = None,
    status: Status | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Envelope[list[Summary]]:
    """Your productions, newest first."""
    found = []
    more = None
    for production in services().productions.newest(owner, before=cursor):
        if (kind and production.kind != kind) or (status and production.status != status):
            continue
        if len(found) == limit:
            more = found[-1].id
            break
        found.append(Summary(**summary(production)))
    return Envelope(data=found, meta=meta(request, next_cursor=more))


@router.get("/{production_id:id}", responses=answers(404, 422))
def show(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[ProductionView]:
    """Status, progress, artifacts with links, cost and result."""
    status = services().productions.status(owner, production_id)
    return Envelope(data=production_view(services(), status), meta=meta(request))


@router.patch("/{production_id:id}", responses=answers(404, 409, 422))
def set_budget(
    request: Request, owner: Owner, production_id: ProductionId, body: NewBudget
) -> Envelope[Spending]:
    """Raise, lower or lift its budget. One that is held by it goes on with `continue` or `retry`."""
    budget.set_budget(services(), owner, production_id, body.budget_usd)
    return Envelope(data=spending(services().productions.status(owner, production_id)), meta=meta(request))


@router.delete("/{production_id:id}", status_code=204, responses=answers(404, 409, 422))
def delete(owner: Owner, production_id: ProductionId) -> None:
    """Delete it with its checkpoints, events and files. A running one is cancelled first."""
    ending.delete(services(), owner, production_id)


@router.post("/{production_id}/continue", responses=answers(404, 409, 422))
def continue_from(
    request: Request, owner: Owner, production_id: ProductionId, body: Continue, if_match: IfMatch = None
) -> Envelope[Continued]:
    """Approve the checkpoint you have looked at. Unedited and waiting, it goes on where it is; edited, or continued
    before, it goes on on a new branch. Of two people continuing at once, one gets a 409."""
    wish = review.Wish(**body.model_dump(), changes=version_of(if_match), asked_at=arrived(request))
    return continued(request, review.continue_from(services(), owner, production_id, wish))


def arrived(request: Request) -> str | None:
    """When the gateway took the request: whoever asked before something was decided did not know of it."""
    event = request.scope.get("aws.event") or {}
    epoch = event.get("requestContext", {}).get("timeEpoch")
    return stamp(datetime.fromtimestamp(epoch / 1000, UTC)) if epoch else None


def continued(request: Request, done: review.Continued) -> Envelope[Continued]:
    data = Continued(
        next_phase=done.next_phase, branch=done.branch, created_new_branch=done.created_new_branch
    )
    return Envelope(data=data, meta=meta(request))


@router.post("/{production_id}/cancel", responses=answers(404, 409, 422))
def cancel(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[Ended]:
    """Stop it and keep what is finished."""
    production = ending.cancel(services(), owner, production_id)
    spent = spending(services().productions.status(owner, production_id)).spent_usd
    return Envelope(
        data=Ended(id=production.id, status=production.status, spent_usd=spent), meta=meta(request)
    )


@router.post("/{production_id}/retry", status_code=202, responses=answers(404, 409, 422))
def retry(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[Summary]:
    """Go on at the failed phase. What was made, and paid, is kept."""
    production = ending.retry(services(), owner, production_id)
    return Envelope(data=Summary(**summary(production)), meta=meta(request))


@router.get("/{production_id}/costs", responses=answers(404, 422))
def show_costs(request: Request, owner: Owner, production_id: ProductionId) -> Envelope[Costs]:
    """Estimate and ledger side by side, with totals by phase, branch and model."""
    status = services().productions.status(owner, production_id)
    entries = services().productions.ledger(status.production)
    return Envelope(data=costs(status, entries), meta=meta(request))

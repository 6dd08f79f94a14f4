"""Budgets of campaigns and clients: what all their productions together may cost."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.money import NewBudget
from rushes.productions.ledger import micro
from rushes.records.accounts import Account, Kind, Standing
from rushes.services import services

router = APIRouter(prefix="/v1", tags=["budgets"])

AccountId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", examples=["nike"])]


@router.get("/clients/{client_id}/budget", responses=answers(422))
def show_client_budget(request: Request, owner: Owner, client_id: AccountId) -> Envelope[Standing]:
    """What a client's productions may cost, have cost, and hold reserved."""
    return _shown(request, owner, "client", client_id)


@router.put("/clients/{client_id}/budget", responses=answers(422))
def set_client_budget(
    request: Request, owner: Owner, client_id: AccountId, body: NewBudget
) -> Envelope[Standing]:
    return _set(request, owner, "client", client_id, body)


@router.get("/campaigns/{campaign_id}/budget", responses=answers(422))
def show_campaign_budget(request: Request, owner: Owner, campaign_id: AccountId) -> Envelope[Standing]:
    """What a campaign's productions may cost, have cost, and hold reserved."""
    return _shown(request, owner, "campaign", campaign_id)


@router.put("/campaigns/{campaign_id}/budget", responses=answers(422))
def set_campaign_budget(
    request: Request, owner: Owner, campaign_id: AccountId, body: NewBudget
) -> Envelope[Standing]:
    return _set(request, owner, "campaign", campaign_id, body)


def _set(request: Request, owner: str, kind: Kind, id: str, body: NewBudget) -> Envelope[Standing]:
    services().accounts.set_budget(Account(owner=owner, kind=kind, id=id), micro(body.budget_usd))
    return _shown(request, owner, kind, id)


def _shown(request: Request, owner: str, kind: Kind, id: str) -> Envelope[Standing]:
    standing = services().accounts.standing(Account(owner=owner, kind=kind, id=id))
    return Envelope(data=standing, meta=meta(request))

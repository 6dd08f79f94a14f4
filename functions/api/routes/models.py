"""Models, providers and health."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.views import ModelView, model_view
from rushes.errors import BadRequest, NotFound, RushesError
from rushes.productions.recipe import Media
from rushes.providers.models import Role
from rushes.services import services

router = APIRouter(prefix="/v1")


class Health(BaseModel):
    status: str


class ProviderView(BaseModel):
    id: str = Field(examples=["replicate"])
    title: str
    needs: str | None = Field(description="The setting that holds its key; null for our own CPU.")
    configured: bool = Field(description="Whether there is a key, where one is needed.")
    reachable: bool | None = Field(
        description="Whether it took our key just now; null when it was not asked."
    )
    problem: str | None
    models: list[str]


@router.get("/models", tags=["models"], responses=answers(422))
def list_models(
    request: Request,
    owner: Owner,
    media: Media | None = None,
    role: Role | None = None,
    available: bool | None = None,
) -> Envelope[list[ModelView]]:
    """The models Rushes knows, with what they can do and cost, and whether they can be had."""
    catalog = services().catalog
    defaults = catalog.settle({}).values()
    found = [
        model
        for model in catalog.all()
        if media in (None, model.media)
        and role in (None, model.role)
        and available in (None, catalog.available(model))
    ]
    return Envelope(data=[model_view(catalog, model, defaults) for model in found], meta=meta(request))


@router.get("/models/{model_id}", tags=["models"], responses=answers(404, 422))
def show_model(
    request: Request, owner: Owner, model_id: Annotated[str, Path(pattern=r"^[a-z0-9_]{1,40}$")]
) -> Envelope[ModelView]:
    catalog = services().catalog
    try:
        model = catalog.get(model_id)
    except BadRequest as error:
        raise NotFound(error.message) from error
    return Envelope(data=model_view(catalog, model, catalog.settle({}).values()), meta=meta(request))


@router.get("/providers", tags=["models"], responses=answers(422))
def list_providers(request: Request, owner: Owner) -> Envelope[list[ProviderView]]:
    """Who makes things. Each that has a key is asked, now, whether it takes it."""
    from concurrent.futures import ThreadPoolExecutor

    names = list(services().catalog.providers())
    with ThreadPoolExecutor(len(names)) as pool:
        return Envelope(data=list(pool.map(_provider_view, names)), meta=meta(request))


def _provider_view(name: str) -> ProviderView:
    catalog = services().catalog
    entry = catalog.providers()[name]
    models = [model for model in catalog.all() if model.provider == name]
    configured = all(map(catalog.available, models))
    reachable, problem = _reached(name) if entry.key and configured else (None, None)
    return ProviderView(
        id=name,
        title=entry.title,
        needs=entry.key,
        configured=configured,
        reachable=reachable,
        problem=problem,
        models=[model.id for model in models],
    )


def _reached(name: str) -> tuple[bool, str | None]:
    try:
        services().catalog.provider(name).check()
    except RushesError as error:
        return False, error.message
    return True, None


@router.get("/health", tags=["health"])
def health(request: Request) -> Envelope[Health]:
    """Open to everybody: the front answers."""
    return Envelope(data=Health(status="ok"), meta=meta(request))

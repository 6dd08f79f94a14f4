"""Models and health."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from functions.api.views import ModelView, model_view
from rushes.errors import BadRequest, NotFound
from rushes.productions.recipe import Media
from rushes.services import services

router = APIRouter(prefix="/v1")


class Health(BaseModel):
    status: str


@router.get("/models", tags=["models"], responses=answers(422))
def list_models(request: Request, owner: Owner, media: Media | None = None) -> Envelope[list[ModelView]]:
    """The models Rushes knows, with what they can do and cost."""
    found = [model for model in services().catalog.all() if media in (None, model.media)]
    return Envelope(data=[model_view(model) for model in found], meta=meta(request))


@router.get("/models/{model_id}", tags=["models"], responses=answers(404, 422))
def show_model(
    request: Request, owner: Owner, model_id: Annotated[str, Path(pattern=r"^[a-z0-9_]{1,40}$")]
) -> Envelope[ModelView]:
    try:
        model = services().catalog.get(model_id)
    except BadRequest as error:
        raise NotFound(error.message) from error
    return Envelope(data=model_view(model), meta=meta(request))


@router.get("/health", tags=["health"])
def health(request: Request) -> Envelope[Health]:
    """Open to everybody: the front answers."""
    return Envelope(data=Health(status="ok"), meta=meta(request))

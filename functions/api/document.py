"""The OpenAPI document, with what only the catalog knows: which models a production may name."""

from typing import Any

from fastapi import FastAPI

from rushes.services import services


def document(app: FastAPI) -> dict[str, Any]:
    """As `app.openapi` makes it, and remembers it; the model of a new production is one of those that make video."""
    first = app.openapi_schema is None
    made = FastAPI.openapi(app)
    if first:
        videos = [model.id for model in services().catalog.all() if model.role == "video"]
        named, _null = made["components"]["schemas"]["AdRequest"]["properties"]["model"]["anyOf"]
        named["enum"] = videos
    return made

"""The OpenAPI document, with what FastAPI cannot know."""

from typing import Any

from fastapi import FastAPI

from rushes.services import services


def document(app: FastAPI) -> dict[str, Any]:
    """Takes the place of `app.openapi`, which makes the document once and remembers it."""
    first = app.openapi_schema is None
    made = FastAPI.openapi(app)
    if first:
        _name_models(made)
        _forbid_null_parameters(made)
    return made


def _name_models(document: dict[str, Any]) -> None:
    """A new production can have those of the catalog's models that can be had."""
    catalog = services().catalog
    ids: dict[str, list[str]] = {}
    for model in filter(catalog.available, catalog.all()):
        ids.setdefault(model.role, []).append(model.id)
    schemas = document["components"]["schemas"]
    named, _null = schemas["AdRequest"]["properties"]["model"]["anyOf"]
    named["enum"] = ids["video"]
    for request in ("AdRequest", "HighlightsRequest", "HighlightsOutlook", "Options"):
        chosen, _null = schemas[request]["properties"]["models"]["anyOf"]
        roles = chosen["propertyNames"]["enum"]
        chosen["properties"] = {role: {"type": "string", "enum": ids[role]} for role in roles}
        chosen["additionalProperties"] = False


def _forbid_null_parameters(document: dict[str, Any]) -> None:
    """A parameter may be left out, but a URL or a header cannot say null."""
    for operation in [operation for path in document["paths"].values() for operation in path.values()]:
        for parameter in operation.get("parameters", []):
            schema = parameter["schema"]
            if {"type": "null"} in schema.get("anyOf", []):
                schema |= next(choice for choice in schema.pop("anyOf") if choice != {"type": "null"})

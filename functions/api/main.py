"""The front: FastAPI on Mangum. API Gateway has verified the token before anything here runs."""

from functools import partial

from fastapi import FastAPI
from mangum import Mangum

from functions.api.document import document
from functions.api.failures import answer_failures
from functions.api.routes import (
    budgets,
    checkpoints,
    edits,
    events,
    models,
    page,
    productions,
    transcripts,
    uploads,
    webhooks,
)

app = FastAPI(
    title="Rushes",
    version="1",
    summary="A serverless film studio",
    description="A prompt or a lecture goes in, finished films and clips come out, and it stops for your review "
    "wherever you want.",
    openapi_url="/v1/openapi.json",
    docs_url="/docs",
    redoc_url=None,
    redirect_slashes=False,
    openapi_tags=[
        {"name": "productions", "description": "One run of a pipeline each."},
        {"name": "events", "description": "What happens, as it happens."},
        {"name": "checkpoints", "description": "What each phase left, to be reviewed."},
        {"name": "artifacts", "description": "Versioned outputs."},
        {"name": "transcripts", "description": "What is said in a lecture."},
        {
            "name": "uploads",
            "description": "Files of your own: lectures, and what takes an artifact's place.",
        },
        {"name": "budgets", "description": "What campaigns and clients may cost."},
        {"name": "models", "description": "Who makes them, and for how much."},
        {"name": "webhooks", "description": "Providers tell how their jobs stand."},
        {"name": "health", "description": "Is it up?"},
    ],
)
for routes in (
    productions,
    events,
    checkpoints,
    edits,
    transcripts,
    uploads,
    budgets,
    models,
    webhooks,
    page,
):
    app.include_router(routes.router)
answer_failures(app)
app.openapi = partial(document, app)

handler = Mangum(app, lifespan="off")

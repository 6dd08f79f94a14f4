"""The front: FastAPI on Mangum. API Gateway has verified the token before anything here runs."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from mangum import Mangum
from rushes.errors import RushesError
from starlette.exceptions import HTTPException

from functions.api import envelope
from functions.api.routes import checkpoints, events, models, productions

app = FastAPI(
    title="Rushes",
    version="1",
    summary="A serverless film studio",
    description="A prompt goes in, a finished film comes out, and it stops for your review wherever you want.",
    openapi_url="/v1/openapi.json",
    docs_url="/docs",
    redoc_url=None,
    openapi_tags=[
        {"name": "productions", "description": "One run of a pipeline each."},
        {"name": "events", "description": "What happens, as it happens."},
        {"name": "checkpoints", "description": "What each phase left, to be reviewed."},
        {"name": "artifacts", "description": "Versioned outputs."},
        {"name": "models", "description": "Who makes them, and for how much."},
        {"name": "health", "description": "Is it up?"},
    ],
)
for routes in (productions, events, checkpoints, models):
    app.include_router(routes.router)
app.add_exception_handler(RushesError, envelope.on_rushes_error)
app.add_exception_handler(RequestValidationError, envelope.on_invalid_request)
app.add_exception_handler(HTTPException, envelope.on_http_error)
app.add_exception_handler(Exception, envelope.on_unforeseen_error)

handler = Mangum(app, lifespan="off")

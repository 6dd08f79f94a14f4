"""The pipelines the API can start: kind → phases. A new pipeline is a line here and its request in `NewProduction`."""

from functions.ad.request import AdRequest

PHASES = {"ad": ("plan", "storyboard", "chunks", "refine")}

NewProduction = AdRequest
"""The body of `POST /v1/productions`, by its `kind`."""

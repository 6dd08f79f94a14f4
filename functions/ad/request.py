"""The request for an ad: what `POST /v1/productions` takes when `kind` is `ad`."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from functions.fields import (
    ONE_WAY_OF_PAUSING,
    AspectRatio,
    Course,
    Description,
    Documented,
    ModelId,
    Prompt,
    Seed,
    Title,
    once,
    whole,
)
from rushes.productions.commission import Commission, seed_from

PhaseName = Literal["plan", "storyboard", "chunks", "refine"]
Phases = Annotated[list[PhaseName], Field(max_length=4), AfterValidator(once), Documented(uniqueItems=True)]
Seconds = Annotated[int, Field(ge=10, le=60), BeforeValidator(whole)]
ModelRole = Literal["text", "image", "music", "speech"]
PHASES: tuple[str, ...] = get_args(PhaseName)
ROLES = ("text", "image", "video", "music", "speech", "rules", "stitch", "master", "poster")


class AdRequest(Course):
    """An ad from a prompt."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "ad",
                    "prompt": "Create a 30-second Nike sneaker ad, energetic style",
                    "duration": 30,
                    "aspect_ratio": "16:9",
                    "pause_at": ["storyboard"],
                }
            ],
            **ONE_WAY_OF_PAUSING,
        },
    )

    kind: Literal["ad"]
    prompt: Prompt = Field(
        description="What the film is about, in your own words.",
        examples=["Create a 30-second Nike sneaker ad, energetic style"],
    )
    title: Title | None = Field(
        default=None, description="Its title; the prompt's first words if you give none."
    )
    description: Description | None = Field(
        default=None, description="More about the product or the audience."
    )
    duration: Seconds = Field(default=30, description="Seconds, kept to the frame.")
    aspect_ratio: AspectRatio = Field(default="16:9", description="1280×720, 720×1280 or 960×960 pixels.")
    model: ModelId | None = Field(
        default=None,
        description="A video model; the best that is available if you name none.",
        examples=["sketch"],
    )
    models: dict[ModelRole, ModelId] | None = Field(
        default=None,
        description="Models for the other roles; the best that are available for those you do not name.",
        examples=[{"image": "flux_schnell"}],
    )
    creativity: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5, description="How far the plan may wander: sampling temperature 0.2 + 0.6 × creativity."
    )
    pause_at: Phases | None = Field(
        default=None,
        description="Stop for a review only after these phases.",
        examples=[["storyboard", "refine"]],
    )
    seed: Seed | None = Field(
        default=None,
        description="Another seed is another film; without one, equal requests give equal films.",
    )
    narration: bool = Field(default=False, description="Somebody speaks.")
    captions: bool = Field(default=False, description="Words on the picture.")
    music: bool | None = Field(
        default=None,
        description="Yes, unless the video model brings its own sound and you do not ask for it.",
    )


def commission(request: Mapping[str, Any]) -> Commission:
    video = {"video": request["model"]} if request.get("model") else {}
    seed = request.get("seed")
    return Commission(
        kind="ad",
        title=request.get("title") or _first_words(request["prompt"]),
        request=dict(request),
        phases=PHASES,
        roles=ROLES,
        models={**(request.get("models") or {}), **video},
        seed=seed_from(request["prompt"]) if seed is None else seed,
    )


def _first_words(prompt: str, limit: int = 60) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"

"""The request for highlights of a lecture: the options of an upload, or of another run over a lecture that is there."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from functions.fields import (
    ONE_WAY_OF_PAUSING,
    Course,
    Documented,
    ModelId,
    Prompt,
    Seed,
    Title,
    once,
    whole,
)
from rushes.errors import Refused
from rushes.productions.artifact import Made
from rushes.productions.commission import Commission, seed_from

LECTURE = "lecture"
"""The artifact a production begins with."""

LONGEST = 3 * 3600
SHORTEST = 5
"""Seconds of a lecture."""
_SLACK = 60
"""Seconds a recording may be longer: nobody stops one to the second."""

PhaseName = Literal["listen", "analyze", "select", "compile"]
PHASES: tuple[str, ...] = get_args(PhaseName)
Phases = Annotated[list[PhaseName], Field(max_length=4), AfterValidator(once), Documented(uniqueItems=True)]
Aspect = Literal["source", "16:9", "9:16", "1:1"]
Captions = Literal["burned", "sidecar", "none"]
ModelRole = Literal["transcript", "topics"]
ROLES = (
    "transcript", "topics", "silence", "layout", "piece", "clip", "thumbnail", "reel", "rules",
)  # fmt: skip
_STAGES = {
    "silence": "silence",
    "speech_*": "transcription",
    "words_*": "transcription",
    "layout": "layout",
    "listen": "transcription",
    "analyze": "analysis",
    "select": "selection",
    "compile": "compilation",
}
Count = Annotated[int, Field(ge=1, le=15), BeforeValidator(whole)]
Seconds = Annotated[int, Field(ge=5, le=600), BeforeValidator(whole)]
ProductionId = Annotated[str, Field(pattern=r"^prod_[0-9a-z]{26}$")]
_EXAMPLE: dict[str, Any] = {
    "kind": "highlights",
    "lecture_of": "prod_06edj3p5w3r8t0z6m8rkq2k9aa",
    "aspect_ratio": "9:16",
}


class Options(Course):
    """What is wanted of a lecture."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"clips": 5, "aspect_ratio": "9:16", "pause_at": ["select"]}],
            **ONE_WAY_OF_PAUSING,
        },
    )

    title: Title | None = Field(default=None, description="Its title; the file's name if you give none.")
    prompt: Prompt | None = Field(
        default=None,
        description="What you are looking for, in your own words; what matters in the lecture if you do not say.",
        examples=["Explanations that a beginner understands"],
    )
    clips: Count = Field(default=5, description="How many clips, at most.")
    shortest: Seconds = Field(default=20, description="Seconds of a clip, at least.")
    longest: Seconds = Field(
        default=120, description="Seconds of a clip, at most; never fewer than `shortest`."
    )
    aspect_ratio: Aspect = Field(
        default="16:9",
        description="1280×720, 720×1280 or 960×960 pixels, laid out anew from screen and camera; `source`: as it is.",
    )
    captions: Captions = Field(
        default="burned", description="Drawn into the picture; in a file beside each clip only; or none."
    )
    emphasis: bool = Field(default=True, description="The word that is being spoken stands out.")
    reel: bool = Field(default=True, description="One film of all clips, too.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = Field(
        default=None, description="Of what is spoken; it is found out if you do not say.", examples=["en"]
    )
    models: dict[ModelRole, ModelId] | None = Field(
        default=None,
        description="Who transcribes and who finds the topics; the best that are available for those you do not name.",
        examples=[{"transcript": "whisper"}],
    )
    pause_at: Phases | None = Field(
        default=None, description="Stop for a review only after these phases.", examples=[["select"]]
    )
    seed: Seed | None = Field(default=None, description="Another seed may find other topics.")


class HighlightsRequest(Options):
    """Highlights of a lecture that is there already. A new one is sent by `POST /v1/uploads`, with its options."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE], **ONE_WAY_OF_PAUSING})

    kind: Literal["highlights"]
    lecture_of: ProductionId = Field(description="The production that has the lecture.")


class HighlightsOutlook(Options):
    """What is asked about before a lecture is sent: by its length, or by the production that has it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "highlights", "seconds": 3600}],
            "anyOf": [
                {"required": ["lecture_of"], "properties": {"lecture_of": {"type": "string"}}},
                {"required": ["seconds"], "properties": {"seconds": {"type": "number"}}},
            ],
            **ONE_WAY_OF_PAUSING,
        }
    )

    kind: Literal["highlights"]
    lecture_of: ProductionId | None = Field(default=None, description="The production that has the lecture.")
    seconds: Annotated[float, Field(ge=SHORTEST, le=LONGEST)] | None = Field(
        default=None, description="How long the lecture is."
    )

    @model_validator(mode="after")
    def _some_length(self) -> "HighlightsOutlook":
        if self.lecture_of is None and self.seconds is None:
            raise ValueError("say how many `seconds` the lecture has, or which production it is of")
        return self


def titled(filename: str) -> str | None:
    """A title from the file's name, where there are words in it."""
    stem = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = " ".join("".join(c if c.isprintable() else " " for c in stem).replace("_", " ").split())[
        :120
    ].strip()
    return words if any(c.isalnum() for c in words) else None


def commission(request: Mapping[str, Any]) -> Commission:
    seed = request.get("seed")
    return Commission(
        kind="highlights",
        title=request.get("title") or "Lecture",
        request=dict(request),
        phases=PHASES,
        roles=ROLES,
        models=request.get("models") or {},
        seed=seed_from(request.get("prompt") or "") if seed is None else seed,
        stages=_STAGES,
    )


def check_lecture(made: Made) -> None:
    """Raises `Refused`, with a sentence for whoever sent it, for a file that is no recorded lecture."""
    facts = made.facts
    if made.media != "video":
        raise Refused("a lecture is a recording with picture and sound; this file has no moving picture")
    if not facts.get("audio_codec"):
        raise Refused("this recording has no sound: there is nothing to listen to")
    length = Fraction(facts.get("duration", 0))
    if length < SHORTEST:
        raise Refused(f"this recording is {float(length):.1f} s long; {SHORTEST} s are the least")
    if length > LONGEST + _SLACK:
        hours = float(length / 3600)
        raise Refused(f"this recording is {hours:.1f} h long; {LONGEST // 3600} h are the most")

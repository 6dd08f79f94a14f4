"""The request for an ad: what `POST /v1/productions` takes when `kind` is `ad`."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

AspectRatio = Literal["16:9", "9:16", "1:1"]
PhaseName = Literal["plan", "storyboard", "chunks", "refine"]


class Documented:
    """Says in the JSON schema what a validator checks, so that clients can know it before they ask."""

    def __init__(self, **keywords: Any) -> None:
        self._keywords = keywords

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return handler(core_schema) | self._keywords


def _readable(text: str) -> str:
    """No control characters but those of lines and tabs, nothing that was no UTF-8; something that can be read."""
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t\r" for c in text):
        raise ValueError("control characters are not allowed")
    if "\ufffd" in text:
        raise ValueError("it holds characters that could not be decoded; send UTF-8")
    if not any(c.isalnum() for c in text):
        raise ValueError("there are no words in it")
    return text


def _on_one_line(text: str) -> str:
    if any(c in "\n\t\r\u2028\u2029" for c in text):
        raise ValueError("a title is one line, without tabs")
    return text


def _once(phases: list[PhaseName]) -> list[PhaseName]:
    if len(set(phases)) != len(phases):
        raise ValueError("it names a phase twice")
    return phases


def _whole(number: Any) -> Any:
    """JSON has one kind of number, so 30.0 is 30."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


_WORDS = {"pattern": r"[\p{L}\p{N}]"}
_THREE_CHARACTERS = {"pattern": r"\S[\s\S]+\S"}
_NO_CONTROLS = {"pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]*$"}
_ONE_LINE = {"pattern": r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]*$"}

Prompt = Annotated[
    str,
    Field(min_length=3, max_length=4000),
    AfterValidator(_readable),
    Documented(allOf=[_WORDS, _THREE_CHARACTERS, _NO_CONTROLS]),
]
Title = Annotated[
    str,
    Field(min_length=1, max_length=120),
    AfterValidator(_readable),
    AfterValidator(_on_one_line),
    Documented(allOf=[_WORDS, _ONE_LINE]),
]
Description = Annotated[
    str,
    Field(max_length=2000),
    AfterValidator(_readable),
    Documented(allOf=[_WORDS, _NO_CONTROLS]),
]
Phases = Annotated[list[PhaseName], Field(max_length=4), AfterValidator(_once), Documented(uniqueItems=True)]
Seconds = Annotated[int, Field(ge=10, le=60), BeforeValidator(_whole)]
ModelId = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
ModelRole = Literal["text", "image", "music", "speech"]
AccountId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Dollars = Annotated[float, Field(ge=0, le=1_000_000)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_whole)]


class AdRequest(BaseModel):
    """An ad from a prompt."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
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
            "not": {
                "required": ["auto_continue", "pause_at"],
                "properties": {"auto_continue": {"const": True}, "pause_at": {"type": "array"}},
            },
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
    budget_usd: Dollars | None = Field(
        default=None,
        description="What it may cost at most. It pauses before the call that would not fit.",
        examples=[2.5],
    )
    client_id: AccountId | None = Field(
        default=None, description="Whose money it is: the client's budget counts, too."
    )
    campaign_id: AccountId | None = Field(
        default=None, description="The campaign it belongs to: its budget counts, too."
    )
    creativity: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5, description="How far the plan may wander: sampling temperature 0.2 + 0.6 × creativity."
    )
    auto_continue: bool = Field(default=False, description="Approve every checkpoint; stop for nothing.")
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

    @model_validator(mode="after")
    def _one_way_of_pausing(self) -> "AdRequest":
        if self.auto_continue and self.pause_at is not None:
            raise ValueError("auto_continue stops for nothing: leave pause_at out, or auto_continue")
        return self

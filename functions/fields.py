"""The fields that requests of every pipeline have: what is allowed, said to validators and in the JSON schema alike."""

import unicodedata
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ONE_WAY_OF_PAUSING: dict[str, Any] = {
    "not": {
        "required": ["auto_continue", "pause_at"],
        "properties": {"auto_continue": {"const": True}, "pause_at": {"type": "array"}},
    }
}
"""For the JSON schema: `auto_continue` stops for nothing."""

AspectRatio = Literal["16:9", "9:16", "1:1"]
SIZES: dict[str, tuple[int, int]] = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}
"""Pixels. Every ratio has about as many as 720p."""


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


def once(phases: list[Any]) -> list[Any]:
    """A validator of `pause_at`."""
    if len(set(phases)) != len(phases):
        raise ValueError("it names a phase twice")
    return phases


def whole(number: Any) -> Any:
    """A validator: JSON has one kind of number, so 30.0 is 30."""
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
ModelId = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
AccountId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Dollars = Annotated[float, Field(ge=0, le=1_000_000)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(whole)]


class Course(BaseModel):
    """What every request says about its production's course, and not about what is made. Each has `pause_at`, too: the
    phases to stop after."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)

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
    auto_continue: bool = Field(default=False, description="Approve every checkpoint; stop for nothing.")

    @model_validator(mode="after")
    def _one_way_of_pausing(self) -> Self:
        if self.auto_continue and getattr(self, "pause_at", None) is not None:
            raise ValueError("auto_continue stops for nothing: leave pause_at out, or auto_continue")
        return self

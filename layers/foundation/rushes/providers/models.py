"""Models: what the catalog says of each."""

import datetime
import math
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.recipe import Media, Recipe

Role = Literal[
    "text", "image", "video", "music", "speech", "rules", "stitch", "master", "poster", "fit",
    "silence", "layout", "piece", "transcript", "topics", "clip", "thumbnail", "reel",
]  # fmt: skip

_MICRO = 1_000_000
_CHARACTERS_A_TOKEN = 4  # of English; other scripts need more tokens, hence the bound below
_CALLS_AT_MOST = 2  # a text model is asked once more when its answer breaks the schema


@dataclass(frozen=True)
class Estimate:
    """Micro-dollars: what a render will probably cost, and what it can cost at most."""

    expected: int
    most: int

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(self.expected + other.expected, self.most + other.most)


class Price(BaseModel):
    """US dollars. `second` and `minute` are of what is made; `million_tokens` has another price for the answer's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    usd: float = 0
    unit: Literal["call", "image", "second", "minute", "clip", "million_tokens"]
    usd_output: float | None = None
    clips: dict[int, float] = {}
    """For `clip`: seconds → dollars."""
    source: str
    date: datetime.date


class Tokens(BaseModel):
    """How long a text model's answer usually is, and may be at most."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    usual: int
    most: int


class Model(BaseModel):
    """One entry of the catalog."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    provider: str
    media: Media
    role: Role
    version: str
    name: str = ""
    """What the provider calls it."""
    input: dict[str, Any] = {}
    """The provider's field → a constant, or `$prompt`, `$seconds`, `$seed`, `$aspect_ratio`, `$width`, `$height`, or an
    ingredient's role: `$first_frame`. `$prompt:300` is cut after 300 characters. A field whose value the recipe does
    not have is left out."""
    lengths: tuple[int, ...] = ()
    aspect_ratios: tuple[str, ...] = ()
    first_frame: bool = False
    last_frame: bool = False
    native_audio: bool = False
    seed: bool = False
    temperature: bool = True
    """Whether a text model takes a sampling temperature."""
    tokens: Tokens | None = None
    needs: tuple[str, ...] = ()
    """Modules that have to be installed for it: it runs on this machine."""
    price: Price
    seconds: float
    """Expected wall time of one render."""
    fallback: str | None = None
    """The model to try when this one cannot be had."""

    @property
    def patience(self) -> int:
        """Seconds until somebody looks after a task's job. Our own CPU may take as long as a function lives."""
        return 900 if self.free else max(120, math.ceil(4 * self.seconds))

    @property
    def free(self) -> bool:
        return not (self.price.usd or self.price.clips)

    def recipe(self, **what: object) -> Recipe:
        """A recipe for this model: `prompt`, `parameters`, `seed`, `take`, `ingredients` as in `Recipe`."""
        return Recipe.model_validate({"media": self.media, "model": self.id, "version": self.version, **what})

    def estimate(self, recipe: Recipe) -> Estimate:
        """What rendering this recipe costs, by the catalog's price."""
        price, seconds = self.price, recipe.parameters.get("seconds", 0)
        match price.unit:
            case "call" | "image":
                return _exactly(price.usd)
            case "second":
                return self._of_time(recipe, price.usd)
            case "minute":
                return self._of_time(recipe, price.usd / 60)
            case "clip":
                return _exactly(price.clips[seconds] if seconds in price.clips else max(price.clips.values()))
            case "million_tokens":
                return self._of_tokens(recipe)

    def cost_of_tokens(self, read: int, written: int) -> int:
        """Micro-dollars of a call that read and wrote so many tokens. A dollar a million is a micro-dollar each."""
        output = self.price.usd if self.price.usd_output is None else self.price.usd_output
        return math.ceil(read * self.price.usd + written * output)

    def _of_time(self, recipe: Recipe, usd: float) -> Estimate:
        """`usd` for a second; `most_seconds` where nobody knows exactly how long it will be."""
        seconds = recipe.parameters.get("seconds", 0)
        most = recipe.parameters.get("most_seconds", seconds)
        return Estimate(_exactly(usd * seconds).expected, _exactly(usd * most).most)

    def _of_tokens(self, recipe: Recipe) -> Estimate:
        assert self.tokens
        characters = len(recipe.prompt) + len(str(recipe.parameters.get("schema", "")))
        expected = self.cost_of_tokens(characters // _CHARACTERS_A_TOKEN, self.tokens.usual)
        # A token is at least one byte of the text; what is asked once more is asked with its first answer.
        bytes_read = len(recipe.prompt.encode()) + characters - len(recipe.prompt)
        once = self.cost_of_tokens(bytes_read + self.tokens.most, self.tokens.most)
        return Estimate(expected, _CALLS_AT_MOST * once)


def _exactly(usd: float) -> Estimate:
    cost = math.ceil(round(usd * _MICRO, 3))
    return Estimate(cost, cost)

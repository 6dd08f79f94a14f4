"""A chat completion: what was said, why it ended, and what it cost."""

import math
from dataclasses import dataclass
from typing import Any

from rushes.errors import AnswerLost, Declined, Spoiled
from rushes.productions.recipe import Recipe
from rushes.providers.models import Model

_LONGEST = 300


@dataclass(frozen=True)
class Answer:
    """One completion's first choice."""

    job_id: str
    text: str
    refusal: str
    finish_reason: str
    read: int | None
    """Tokens of the question, cached ones included; None when the endpoint does not say."""
    written: int | None
    """Tokens of the answer, thoughts included."""
    cost: int
    """Micro-dollars."""

    @classmethod
    def of(cls, body: dict[str, Any], model: Model, recipe: Recipe) -> "Answer":
        """Raises `AnswerLost` for JSON that is no completion."""
        if not is_completion(body):
            raise AnswerLost(f"{model.title} answered with something that is no completion")
        choice = body["choices"][0]
        message = choice["message"]
        read, written = _tokens(body)
        return cls(
            job_id=body["id"],
            text=_text(message.get("content")),
            refusal=_text(message.get("refusal")),
            finish_reason=_text(choice.get("finish_reason")),
            read=read,
            written=written,
            cost=_cost(body, read, written, model, recipe),
        )

    def said(self, model: Model, spent: int) -> str:
        """The whole answer's text. Raises `Declined` or `Spoiled`, with the micro-dollars spent so far, without one."""
        if self.refusal or self.finish_reason.startswith("content_filter"):
            reason = self.refusal[:_LONGEST] or "a content filter stopped it"
            raise Declined(f"{model.title} declined: {reason}", spent)
        if self.finish_reason == "length":
            raise Spoiled(f"{model.title} was cut off before its answer was whole", spent)
        if self.finish_reason == "error" or not self.text:
            raise Spoiled(f"{model.title} broke off its answer", spent)
        return self.text


def is_completion(body: Any) -> bool:
    match body:
        case {"id": str(), "choices": [{"message": dict()}, *_]}:
            return True
    return False


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _usage(body: dict[str, Any]) -> dict[str, Any]:
    usage = body.get("usage")
    return usage if isinstance(usage, dict) else {}


def _tokens(body: dict[str, Any]) -> tuple[int | None, int | None]:
    match _usage(body):
        case {"prompt_tokens": int(read), "completion_tokens": int(written), **usage} if (
            min(read, written) >= 0
        ):
            total = usage.get("total_tokens")
            # Gemini's compatible endpoint bills its thoughts, and counts them in the total only.
            return read, max(written, total - read) if isinstance(total, int) else written
    return None, None


def _cost(body: dict[str, Any], read: int | None, written: int | None, model: Model, recipe: Recipe) -> int:
    """Micro-dollars: what the endpoint says it charged, otherwise the catalog's price of the tokens it counted."""
    usage = _usage(body)
    charged = _dollars(usage.get("cost"))
    if charged is not None:
        details = usage.get("cost_details")
        upstream = _dollars(details.get("upstream_inference_cost")) if isinstance(details, dict) else None
        if (
            usage.get("is_byok") or not charged
        ):  # OpenRouter with one's own key: its fee, and the upstream's bill
            charged += upstream or 0
        return math.ceil(round(charged * 1_000_000, 3))
    if read is None or written is None:
        return model.estimate(recipe).expected
    return model.cost_of_tokens(read, written)


def _dollars(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value >= 0 else None

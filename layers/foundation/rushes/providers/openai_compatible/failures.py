"""What an error answer means for whoever pays. Every vendor's error becomes one of ours here, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rushes.errors import AnswerLost, Refused, RushesError, Spoiled, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.retry_hint import retry_after

_LATER = {408, 409, 425, 429}
# An error answer, the gateways' own included, means that no completion was delivered, and what is not delivered is
# not billed. Any other 5xx is somebody's between us and them, and proves nothing.
_NOT_BILLED = {500, 502, 503, 504, 529}
_NO_CREDIT = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_MODERATED = ("moderation", "content_policy", "content policy", "content_filter", "safety system", "flagged")
_NO_MODEL = ("model_not_found", "is not a valid model")
_STATUS_OF = {"rate_limit_exceeded": 429, "server_error": 500, "overloaded": 503}
_LONGEST = 300


@dataclass(frozen=True)
class Problem:
    """An error's own words."""

    code: str
    message: str
    everything: str
    """All of it in lower case, to look for words in."""

    @classmethod
    def of(cls, body: Any) -> "Problem":
        """`{"error": {code, type, message}}`; Gemini puts it into a list, others answer with a bare sentence."""
        if isinstance(body, list) and body:
            body = body[0]
        error = body.get("error", body) if isinstance(body, dict) else body
        if not isinstance(error, dict):
            return cls("", str(error or ""), str(error or "").lower())
        code = error.get("code") or error.get("type") or ""
        return cls(str(code), str(error.get("message") or ""), str(error).lower())

    @property
    def status(self) -> int:
        """Of an error in a 200: its code is a status, or a word for one. 0 when it is neither."""
        return int(self.code) if self.code.isdecimal() else _STATUS_OF.get(self.code, 0)

    @property
    def no_key(self) -> bool:
        return self.says("api_key_invalid", "invalid_api_key", "api key not valid")

    def says(self, *words: str) -> bool:
        return any(word in self.everything for word in words)


def failure(status: int, body: Any, headers: Mapping[str, str], account: Account) -> RushesError:
    """The error for an answer that is no completion. The vendor's words are kept, without secrets, where they help."""
    problem, title = Problem.of(body), account.title
    words = account.without_secrets(problem.message)[:_LONGEST]
    if status == 401 or problem.no_key:
        return Unavailable(f"{title} does not accept the key", provider=account.name)
    if status == 403 and not problem.says(*_MODERATED):
        return Unavailable(f"{title} does not allow this to the key", provider=account.name)
    if status == 402 or problem.says(*_NO_CREDIT):
        return Unavailable(f"{title} has no credit left for this key", provider=account.name)
    if status in (404, 405, 410) or problem.says(*_NO_MODEL):
        return Unavailable(f"{title} does not have this model: {words}", provider=account.name)
    if status in _LATER or status in _NOT_BILLED:
        hint = retry_after(headers, throttled=status == 429)
        return Transient(f"{title} cannot answer now ({status}): {words}", hint, provider=account.name)
    if problem.code == "json_validate_failed":  # Groq wrote an answer, and keeps it to itself
        return Spoiled(f"{title} could not make its answer fit the schema: {words}", provider=account.name)
    if 400 <= status < 500:
        return Refused(f"{title} refuses the request: {words}", provider=account.name)
    if 300 <= status < 400:
        return Unavailable(f"{title} answers with a redirect: check its base URL", provider=account.name)
    return AnswerLost(f"{title} answered, but not with a completion ({status})", provider=account.name)

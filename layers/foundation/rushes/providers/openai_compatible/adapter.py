"""Models behind OpenAI's protocol: OpenAI, OpenRouter, Gemini, Groq, and whatever a base URL names.

A request is over when it is answered, so `submit` never answers `Accepted`. What is left of the port is for answers
that were lost: OpenAI keeps completions on request, under a name of our choice; transcriptions it does not keep.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rushes.errors import AnswerLost, BadRequest, Billed, Forged, RushesError, Spoiled
from rushes.providers.account import Account
from rushes.providers.openai_compatible.answer import Answer, is_completion
from rushes.providers.openai_compatible.failures import Problem, failure
from rushes.providers.openai_compatible.structured import correction, parsed, response_format
from rushes.providers.openai_compatible.transcription import transcribed
from rushes.providers.openai_compatible.wire import Wire
from rushes.providers.port import Finished, Job, Report

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import OpenAI

_KEEPING = (None, "api.openai.com", "localhost", "127.0.0.1", "::1")
"""Hosts of base URLs where completions can be kept; None is OpenAI's own."""

_ASK = "rushes_ask"
_LISTED = 20
_KEPT = ("id", "choices", "usage")
Messages = list[dict[str, str]]


class OpenAICompatible:
    """A `PaidProvider` of texts: of answers, one question with a JSON Schema, one document that satisfies it; and of
    transcripts."""

    def __init__(self, account: Account) -> None:
        self.name = account.name
        self._account = account
        self._wire = Wire(account)
        # Others of the same shape reject fields they do not know. One on this machine may stand for OpenAI.
        self._keeps = account.name == "openai" and account.configured_host in _KEEPING

    def submit(self, job: Job) -> Finished:
        """The document as `answer.json` in the job's folder. A first answer that breaks the schema is sent back once,
        with what is wrong with it; what both cost is what it cost. A transcript is `words.json` there."""
        if job.model.role == "transcript":
            return transcribed(self._wire, job)
        question: Messages = [{"role": "user", "content": job.recipe.prompt}]
        first = self._ask(job, question, job.ask_id)
        text = first.said(job.model, first.cost)
        document, faults = parsed(text, job.recipe.parameters["schema"])
        if not faults:
            return _finished(job, document, first)
        objection: Messages = [
            {"role": "assistant", "content": text},
            {"role": "user", "content": correction(faults)},
        ]
        second = self._ask_again(job, question + objection, first)
        spent = first.cost + second.cost
        document, faults = parsed(second.said(job.model, spent), job.recipe.parameters["schema"])
        if faults:
            raise Spoiled(f"{job.model.title} broke the schema twice: {faults[0]}", spent)
        return _finished(job, document, first, second)

    def find(self, job: Job, since: str) -> Report:
        """The kept completion that carries this ask's name; `since` is not needed. Never None: keeping may be switched
        off for an organisation, so an absence proves nothing."""
        unknown = AnswerLost(f"{self._account.title} cannot say whether it answered", provider=self.name)
        if not self._keeps or job.model.role == "transcript":
            raise unknown

        def kept(client: "OpenAI") -> "Response":
            ours = client.chat.completions.with_raw_response.list(
                metadata={_ASK: job.ask_id}, limit=_LISTED, order="desc"
            )
            return ours.http_response

        status, body = self._wire.look(kept)
        rows = body.get("data") if status == 200 and isinstance(body, dict) else None
        for row in rows if isinstance(rows, list) else []:
            # Looked at again: an endpoint that does not know the filter answers with everything.
            if is_completion(row) and _name_of(row) == job.ask_id:
                return self.report(row)
        raise unknown

    def look(self, job_id: str) -> Report:
        gone = Spoiled(f"{self._account.title} does not keep its answers", provider=self.name)
        if not self._keeps:
            raise gone

        def kept(client: "OpenAI") -> "Response":
            return client.chat.completions.with_raw_response.retrieve(job_id).http_response

        status, body = self._wire.look(kept)
        if status != 200 or not is_completion(body):
            raise gone
        return self.report(body)

    def report(self, body: dict[str, Any]) -> Report:
        if not is_completion(body):
            raise BadRequest(f"this is no completion of {self._account.title}", provider=self.name)
        return Report(body["id"], "succeeded", {field: body[field] for field in _KEPT if field in body})

    def collect(self, report: Report, job: Job) -> Finished:
        """As after `submit`, but nothing is asked again: an answer that breaks the schema is spoiled."""
        answer = Answer.of(report.body, job.model, job.recipe)
        text = answer.said(job.model, answer.cost)
        document, faults = parsed(text, job.recipe.parameters["schema"])
        if faults:
            raise Spoiled(f"{job.model.title} broke the schema: {faults[0]}", answer.cost)
        return _finished(job, document, answer)

    def cancel(self, job_id: str) -> Report:
        """An answered chat cannot be cancelled."""
        return self.look(job_id)

    def news(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        raise Forged(f"{self._account.title} tells nothing by webhook", provider=self.name)

    def check(self) -> None:
        # OpenRouter lists its models to anybody; what it says of a key, only to the key.
        path = "/key" if self.name == "openrouter" else "/models"

        def listed(client: "OpenAI") -> "Response":
            import httpx2

            return client.get(path, cast_to=httpx2.Response)

        status, body = self._wire.look(listed)
        if 300 <= status < 400 or status in (401, 403) or Problem.of(body).no_key:
            raise failure(status, body, {}, self._account)

    def _ask(self, job: Job, messages: Messages, name: str) -> Answer:
        """One request that can cost money."""
        body = self._wire.complete(self._request(job, messages, name), job.model.patience)
        return Answer.of(body, job.model, job.recipe)

    def _ask_again(self, job: Job, messages: Messages, first: Answer) -> Answer:
        """Whatever happens to this request, the first one is paid: raises nothing but `Spoiled`."""
        try:
            return self._ask(job, messages, f"{job.ask_id}:again")
        except (AnswerLost, Billed) as error:
            half = job.model.estimate(job.recipe).most // 2  # it may have been paid, with so much at most
            spent, reason = first.cost + half, error.message
        except RushesError as error:
            spent, reason = first.cost, error.message
        raise Spoiled(f"{job.model.title} broke the schema, and could not be told: {reason}", spent)

    def _request(self, job: Job, messages: Messages, name: str) -> dict[str, Any]:
        model, recipe = job.model, job.recipe
        assert model.tokens
        request: dict[str, Any] = {
            "model": model.name,
            "messages": messages,
            "response_format": response_format(recipe.parameters["document"], recipe.parameters["schema"]),
            # Not `max_tokens`: OpenAI's models that think refuse it, the others know both.
            "max_completion_tokens": model.tokens.most,
        }
        if model.temperature and "temperature" in recipe.parameters:
            request["temperature"] = recipe.parameters["temperature"]
        if model.seed:
            request["seed"] = recipe.seed
        if self._keeps and job.ask_id:
            request |= {"store": True, "metadata": {_ASK: name}}
        return request


def _name_of(row: dict[str, Any]) -> Any:
    metadata = row.get("metadata")
    return metadata.get(_ASK) if isinstance(metadata, dict) else None


def _finished(job: Job, document: Any, *answers: Answer) -> Finished:
    path = job.folder / "answer.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
    last = answers[-1]
    facts = {
        "prompt_tokens": _sum(answer.read for answer in answers),
        "completion_tokens": _sum(answer.written for answer in answers),
        "finish_reason": last.finish_reason,
        "asked_again": len(answers) > 1,
    }
    return Finished(path, job.model.title, facts, sum(answer.cost for answer in answers), last.job_id)


def _sum(counts: Iterable[int | None]) -> int | None:
    """None as soon as one of them is unknown."""
    known = list(counts)
    return None if None in known else sum(count for count in known if count is not None)

"""Replicate: a `PaidProvider` of images, video, music and transcripts.

Its jobs run elsewhere; a webhook tells of their end.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rushes.errors import AnswerLost, BadRequest, Spoiled, Transient
from rushes.providers.account import Account
from rushes.providers.port import Accepted, Finished, Job, Report
from rushes.providers.replicate import listing, prediction, webhooks
from rushes.providers.replicate.transcription import transcript_of

if TYPE_CHECKING:
    import httpx

    from rushes.providers.replicate.wire import Wire


class Replicate:
    """Errors are those of the port."""

    name = "replicate"

    def __init__(self, account: Account) -> None:
        self._account = account

    def submit(self, job: Job) -> Accepted:
        from rushes.providers.replicate.inputs import input_of

        body: dict[str, Any] = {"input": input_of(job, self._account)}
        if job.webhook:
            body |= {"webhook": job.webhook, "webhook_events_filter": ["completed"]}
        if ":" in job.model.name:  # a community model runs by its version only
            return Accepted(self._wire.create("/predictions", {"version": job.model.name, **body}))
        return Accepted(self._wire.create(f"/models/{quote(job.model.name)}/predictions", body))

    def find(self, job: Job, since: str) -> Report | None:
        after = listing.started_after(since)
        row = listing.match(listing.rows(self._wire, after), job, after)
        if row is None:
            return None
        try:
            report = prediction.report_of(row)
        except BadRequest as error:
            raise AnswerLost("the list of predictions cannot be read") from error
        told = report.status != "running" and (report.body.get("output") or report.body.get("error"))
        return report if told else self.look(report.job_id)

    def look(self, job_id: str) -> Report:
        response = self._wire.ask("GET", self._path(job_id))
        if response.status_code in (404, 410):
            raise Spoiled(f"{self._account.title} does not know the job any more", job_id=job_id)
        return self._report(response)

    def report(self, body: dict[str, Any]) -> Report:
        return prediction.report_of(body)

    def collect(self, report: Report, job: Job) -> Finished:
        from rushes.providers.download import fetch

        if report.status == "running":
            raise Transient(f"the job is still running at {self._account.title}", job_id=report.job_id)
        if report.status == "failed":
            raise prediction.failure_of(report, self._account)
        if job.model.role == "transcript":
            return transcript_of(report, job, self._account)
        url = prediction.output_of(report)
        if url is None:
            raise Spoiled(f"{self._account.title} made nothing that can be fetched", job_id=report.job_id)
        return Finished(
            path=fetch(url, job.folder, "made", job.recipe.media, self._account),
            made_by=f"{job.model.title} at {self._account.title}",
            facts=prediction.facts_of(report),
            job_id=report.job_id,
        )

    def cancel(self, job_id: str) -> Report:
        response = self._wire.ask("POST", f"{self._path(job_id)}/cancel")
        return self._report(response) if response.is_success else self.look(job_id)

    def news(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        return prediction.trimmed(webhooks.verified(self._secret, headers, body))

    @cached_property
    def _secret(self) -> str | None:
        """Replicate tells it to whoever has the key; being told it saves the question."""
        return self._account.webhook_secret or webhooks.signing_secret(self._account)

    def check(self) -> None:
        self._wire.ask("GET", "/account")

    @cached_property
    def _wire(self) -> "Wire":
        from rushes.providers.replicate.wire import Wire

        return Wire(self._account)

    def _report(self, response: "httpx.Response") -> Report:
        from rushes.providers.replicate.wire import json_of

        try:
            return prediction.report_of(json_of(response) or {})
        except BadRequest as error:
            raise Transient(f"{self._account.title} gave an answer that is no job") from error

    def _path(self, job_id: str) -> str:
        return f"/predictions/{quote(job_id, safe='')}"

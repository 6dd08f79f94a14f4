"""The composition root: the only file that knows every adapter."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from typing import Any

from rushes.aws.clock import Clock, stamp, utc_now
from rushes.aws.settings import Settings
from rushes.providers.catalog import Catalog, entries
from rushes.records.accounts import Accounts
from rushes.records.asks import Asks
from rushes.records.productions import Productions
from rushes.records.renders import Renders
from rushes.records.uploads import Uploads

_LEASE = timedelta(minutes=15)  # a Lambda function lives no longer


@dataclass(frozen=True)
class Services:
    """Everything made from settings, clients and a clock; each part on first use."""

    settings: Settings
    client: Any
    """AWS service name → boto3 client."""
    clock: Clock = utc_now

    def now(self) -> str:
        return stamp(self.clock())

    @cached_property
    def setting(self) -> Any:
        """A setting's name → its value, or None: the providers' keys."""
        from rushes.aws.secrets import Secrets

        return Secrets(self.settings.secret, lambda: self.client("secretsmanager"))

    @cached_property
    def catalog(self) -> Catalog:
        return Catalog(entries(self.settings.catalog), self.setting)

    @cached_property
    def table(self) -> Any:
        from rushes.aws.table import Table

        return Table(self.client("dynamodb"), self.settings.table)

    @cached_property
    def bucket(self) -> Any:
        from rushes.aws.bucket import Bucket

        return Bucket(self.client("s3"), self.settings.bucket)

    @cached_property
    def callbacks(self) -> Any:
        from rushes.aws.callbacks import Callbacks

        return Callbacks(self.client("stepfunctions"))

    @cached_property
    def executions(self) -> Any:
        from rushes.aws.executions import Executions

        return Executions(self.client("stepfunctions"), self.settings.state_machines)

    @cached_property
    def functions(self) -> Any:
        from rushes.aws.functions import Functions

        return Functions(self.client("lambda"), self.settings.functions)

    @cached_property
    def productions(self) -> Productions:
        return Productions(self.table, self.now)

    @cached_property
    def renders(self) -> Renders:
        return Renders(self.table, self.clock, stamp, _LEASE)

    @cached_property
    def asks(self) -> Asks:
        return Asks(self.table)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.table)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self.table, self.clock)

    @cached_property
    def door(self) -> Any:
        from rushes.rendering.books import Books
        from rushes.rendering.delivery import Delivery
        from rushes.rendering.door import Door
        from rushes.rendering.jobs import Jobs
        from rushes.rendering.outcome import Outcome

        books = Books(self.table, self.productions, self.renders, self.asks, self.accounts, self.now)
        parts: dict[str, Any] = {
            "productions": self.productions,
            "renders": self.renders,
            "asks": self.asks,
            "books": books,
            "delivery": Delivery(
                self.productions, self.renders, books, self.bucket, self.callbacks, self.now
            ),
            "jobs": Jobs(self.productions, self.renders, self.bucket, self.catalog, self.webhook),
            "catalog": self.catalog,
            "clock": self.clock,
            "stamp": stamp,
        }
        return Door(**parts, outcome=Outcome(**parts), callbacks=self.callbacks)

    def webhook(self, provider: str, ask_id: str) -> str | None:
        """Where a provider is to tell of a job's end; None when nobody outside can call us."""
        url = self.settings.public_url
        return f"{url.rstrip('/')}/v1/webhooks/{provider}/{ask_id}" if url else None


@cache
def services() -> Services:
    """The services of this process, made from its environment on the first call."""
    return Services(Settings.from_environment(), cache(_client))


def _client(service: str) -> Any:
    import boto3
    from botocore.config import Config

    # boto3 still signs links of us-east-1 the old way, which S3 refuses for buckets made since June 2020.
    return boto3.client(service, config=Config(signature_version="s3v4") if service == "s3" else None)

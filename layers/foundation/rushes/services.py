"""The composition root: the only file that knows every adapter."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property, partial
from typing import Any

from rushes.aws.clock import Clock, stamp, utc_now
from rushes.aws.settings import Settings
from rushes.errors import Refused
from rushes.providers.catalog import Catalog, catalog
from rushes.providers.port import Provider
from rushes.records.productions import Productions
from rushes.records.renders import Renders

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

    @property
    def catalog(self) -> Catalog:
        return catalog()

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
    def productions(self) -> Productions:
        return Productions(self.table, self.now)

    @cached_property
    def renders(self) -> Renders:
        return Renders(self.table, self.clock, stamp, _LEASE)

    @cached_property
    def door(self) -> Any:
        from rushes.rendering.door import Door

        return Door(
            self.productions,
            self.renders,
            self.bucket,
            self.callbacks,
            provider=provider,
            provider_of=lambda model: self.catalog.get(model).provider,
            now=self.now,
        )


def provider(name: str) -> Provider:
    """The adapter by its name in the catalog; imported only here, only when asked for."""
    if name == "sketch":
        from rushes.providers.sketch.artist import Sketch

        return Sketch()
    if name == "cutting_room":
        from rushes.providers.cutting_room import CuttingRoom

        return CuttingRoom()
    raise Refused(f"no adapter for the provider {name!r}")


@cache
def services() -> Services:
    """The services of this process, made from its environment on the first call."""
    import boto3

    return Services(Settings.from_environment(), cache(partial(boto3.client)))

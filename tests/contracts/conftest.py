from typing import Any

import pytest
from rushes.aws.table import Table

from tests.conftest import TABLE


@pytest.fixture(params=["moto"])
def table(request: pytest.FixtureRequest, aws: Any) -> Table:
    return Table(aws("dynamodb"), TABLE)

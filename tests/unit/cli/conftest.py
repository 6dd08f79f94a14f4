from collections.abc import Iterator

import pytest

from tests.unit.cli.studio import Studio, serving


@pytest.fixture
def studio() -> Iterator[Studio]:
    with serving() as started:
        yield started

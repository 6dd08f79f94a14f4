"""Parameters the routes share. A wrong shape is refused before anything is looked up."""

from typing import Annotated

from fastapi import Header, Path, Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

Absent = SkipJsonSchema[None]
"""A parameter may be left out; but in a URL or a header there is no null, so the document shows none."""

_PRODUCTION = r"^prod_[0-9a-z]{26}$"

ProductionId = Annotated[
    str,
    Path(
        pattern=_PRODUCTION,
        description="A production's id.",
        examples=["prod_06edj3p5w3r8t0z6m8rkq2k9aa"],
    ),
]
CheckpointId = Annotated[
    str,
    Path(
        pattern=r"^cp_[0-9a-f]{24}$",
        description="A checkpoint's id.",
        examples=["cp_0f1e2d3c4b5a69788796a5b4"],
    ),
]
ArtifactName = Annotated[
    str, Path(pattern=r"^[a-z][a-z0-9_]{0,40}$", description="An artifact's name.", examples=["beat_00"])
]
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[
    Annotated[str, Field(pattern=_PRODUCTION)] | Absent,
    Query(description="`next_cursor` of the page before."),
]
Version = Annotated[
    Annotated[int, Field(ge=1, le=99999)] | Absent, Query(description="The newest, if you do not say.")
]
IdempotencyKey = Annotated[
    Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")] | Absent,
    Header(description="The same key with the same request makes one thing, however often it is sent."),
]
LastEventId = Annotated[
    Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] | Absent,
    Header(description="The number of the last event you have."),
]

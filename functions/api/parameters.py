"""Parameters the routes share. A wrong shape is refused before anything is looked up."""

from typing import Annotated

from fastapi import Header, Path, Query

ProductionId = Annotated[
    str,
    Path(
        pattern=r"^prod_[0-9a-z]{26}$",
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
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same request makes one thing, however often it is sent.",
    ),
]
